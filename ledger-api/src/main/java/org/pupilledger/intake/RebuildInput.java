package org.pupilledger.intake;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.request.Refused;

/** What is to be made anew from the entries. */
@Schema(name = "RebuildInput")
public record RebuildInput(
        @Schema(description = "totals, register, claims or files", example = "totals") @Nullable
        String projection) {

    /**
     * The projection that is meant.
     *
     * @param known names of projections
     * @throws InvalidInput       none is named
     * @throws Refused.RuleBroken there is none of this name
     */
    public String projection(List<String> known) {
        InputGuard.check(this);
        Form form = new Form();
        if (projection == null) {
            form.flaw("/projection", Form.REQUIRED, "This is required.");
        } else if (!known.contains(projection)) {
            form.unknown("/projection");
        }
        form.fail();
        return String.valueOf(projection);
    }
}
