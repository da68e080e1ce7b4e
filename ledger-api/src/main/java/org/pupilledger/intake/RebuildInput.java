package org.pupilledger.intake;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.reading.Form;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.refusal.Refused;

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
        form.require(projection, "/projection");
        form.known(projection, name -> Optional.of(name).filter(known::contains), "/projection");
        form.fail();
        return String.valueOf(projection);
    }
}
