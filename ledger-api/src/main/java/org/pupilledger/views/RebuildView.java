package org.pupilledger.views;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pupilledger.rebuild.Outcome;
import org.pupilledger.rebuild.Phase;
import org.pupilledger.rebuild.Rebuilds;

/**
 * A rebuild of this server.
 *
 * @param position         newest entry folded into the new copy, -1 before the first
 * @param head             newest entry folded into the copy that serves
 * @param percent          0 to 100; 100 only of one that is done
 * @param entriesPerSecond folded since it was begun or resumed
 * @param outcome          null unless it is done
 * @param reason           why it failed, as the class of the failure; null unless it did
 */
@Schema(name = "Rebuild")
public record RebuildView(
        String id,
        String projection,
        Phase phase,
        Instant startedAt,
        long position,
        long head,
        int percent,
        long entriesPerSecond,
        @Nullable Outcome outcome,
        @Nullable String reason) {
    public static RebuildView of(Rebuilds.State state) {
        return new RebuildView(
                state.id(),
                state.projection(),
                state.progress().phase(),
                state.startedAt(),
                state.progress().position(),
                state.progress().head(),
                state.progress().percent(),
                Math.round(state.progress().entriesPerSecond()),
                state.outcome(),
                state.reason());
    }
}
