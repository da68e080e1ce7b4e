package org.pupilledger.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.values.Individuals;

/**
 * All of one request that the published figures depend on.
 *
 * @param match      null where nothing was matched yet
 * @param disclosure null where nothing was answered yet
 * @param refused    references that were refused while the rest went on, beside those of the header, 0 or more
 */
public record Figures(
        RequestHeader header,
        Outcome outcome,
        Individuals submitted,
        @Nullable MatchFigures match,
        @Nullable DisclosureFigures disclosure,
        int refused) {
    /** Of a request none of whose references was refused alone. */
    public Figures(
            RequestHeader header,
            Outcome outcome,
            Individuals submitted,
            @Nullable MatchFigures match,
            @Nullable DisclosureFigures disclosure) {
        this(header, outcome, submitted, match, disclosure, 0);
    }

    public record MatchFigures(Individuals matched, Individuals ambiguous, Individuals unmatched) {
        /** One that does not tell the unmatched. */
        public MatchFigures(Individuals matched, Individuals ambiguous) {
            this(matched, ambiguous, Individuals.notStated());
        }

        public static MatchFigures of(Stage.Match match) {
            return new MatchFigures(match.matched(), match.ambiguous(), match.unmatched());
        }
    }

    public record DisclosureFigures(
            Individuals answered,
            Individuals returned,
            @Nullable List<Item> items,
            @Nullable List<Stage.Return> returns,
            @Nullable List<Stage.OfReference> references) {
        public DisclosureFigures {
            items = items == null ? null : List.copyOf(items);
            returns = returns == null ? null : List.copyOf(returns);
            references = references == null ? null : List.copyOf(references);
        }

        /** One that is told as a whole. */
        public DisclosureFigures(Individuals answered, Individuals returned, @Nullable List<Item> items) {
            this(answered, returned, items, null, null);
        }

        public static DisclosureFigures of(Stage.Disclosure told) {
            return new DisclosureFigures(
                    told.answered(), told.returned(), told.items(), told.returns(), told.references());
        }

        public @Nullable ReturnLevel level() {
            return Stage.Disclosure.levelOf(returned, items, returns);
        }
    }
}
