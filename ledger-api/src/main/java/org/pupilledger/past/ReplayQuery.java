package org.pupilledger.past;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.Queries;
import org.pupilledger.register.States;
import org.pupilledger.replay.Comparisons;
import org.pupilledger.replay.Comparisons.Outcome;
import org.pupilledger.replay.ReplayJobs;
import org.pupilledger.replay.ReplayListener;
import org.pupilledger.replay.Until;

/**
 * A replay as it was asked for in a URL or on a command line.
 *
 * @param asked the instant as it was asked for; null where a position or nothing was
 * @param with  what it is compared with
 */
public record ReplayQuery(
        FiguresQuery figures, Until until, @Nullable String asked, With with) {
    private static final String LIVE = "live";

    /** What a replay is compared with. */
    public sealed interface With {
        record Nothing() implements With {}

        /** The totals that are kept up to date. */
        record Live() implements With {}

        record OfEdition(EditionState edition, Revision revision) implements With {}

        @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
        record Csv(byte[] csv) implements With {}
    }

    /**
     * Until when.
     *
     * @param zone of dates
     */
    public static Until until(@Nullable String asAt, @Nullable String atPosition, ZoneId zone) {
        if (asAt != null && atPosition != null) {
            throw new InvalidInput("asAt", "malformed", "Give asAt or atPosition, not both.");
        }
        if (asAt != null) {
            return new Until.Moment(Queries.instant(asAt, zone));
        }
        return atPosition == null ? new Until.Moment(Instant.MAX) : new Until.Position(Queries.position(atPosition));
    }

    /**
     * What {@code compare} means: {@code live}, an edition or a revision of one.
     *
     * @throws InvalidInput it is neither, or was not released
     */
    public static With with(@Nullable String compare, States<EditionEvent, EditionState> editions) {
        if (compare == null) {
            return new With.Nothing();
        }
        if (compare.equals(LIVE)) {
            return new With.Live();
        }
        NamedEdition.Found found = NamedEdition.parse(compare)
                .flatMap(named -> named.find(editions))
                .orElseThrow(() -> new InvalidInput(
                        "compare",
                        "unknown-code",
                        "This is live, a released edition, 2023-Q3, or a revision of it, 2023-Q3.1."));
        return new With.OfEdition(found.edition().state(), found.revision());
    }

    /** Replays, and compares. */
    public ReplayJobs.Answer run(Comparisons comparisons, ReplayListener listener) {
        Outcome outcome = outcome(comparisons, listener);
        return new ReplayJobs.Answer(comparisons.table(outcome, figures, until, asked), outcome.comparison());
    }

    private Outcome outcome(Comparisons comparisons, ReplayListener listener) {
        return switch (with) {
            case With.Nothing nothing -> comparisons.none(until, listener);
            case With.Live live -> comparisons.withLive(figures, until, listener);
            case With.OfEdition(var edition, var revision) ->
                comparisons.withEdition(edition, revision, until, listener);
            case With.Csv(byte[] csv) -> comparisons.withCsv(csv, figures, until, listener);
        };
    }
}
