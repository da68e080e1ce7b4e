package org.pupilledger.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.ReturnLevel;

/**
 * All of one request that the published figures depend on.
 *
 * @param match      null where nothing was matched yet
 * @param disclosure null where nothing was answered yet
 */
public record Figures(
        RequestHeader header,
        Outcome outcome,
        Individuals submitted,
        @Nullable MatchFigures match,
        @Nullable DisclosureFigures disclosure) {
    public record MatchFigures(Individuals matched, Individuals ambiguous) {}

    public record DisclosureFigures(
            Individuals answered,
            Individuals returned,
            @Nullable List<Item> items) {
        public DisclosureFigures {
            items = items == null ? null : List.copyOf(items);
        }

        public @Nullable ReturnLevel level() {
            return Stage.Disclosure.levelOf(returned, items);
        }
    }
}
