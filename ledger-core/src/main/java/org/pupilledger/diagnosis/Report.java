package org.pupilledger.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pupilledger.verdict.Break;

/**
 * What a verification found.
 *
 * @param entries         entries there are
 * @param sealed          of them covered by the newest checkpoint that counts
 * @param waiting         events that have no position yet
 * @param journalCompared false where no journal was given: then a loss of the newest checkpoints may go unnoticed
 * @param notAuthenticated entries from the first one on of whose events it could not be told who appended them, since the
 *                        keys of that time are not at hand
 * @param breaks          those with the lowest positions, in order, at most {@value #MAX_BREAKS}
 * @param differences     what of the database is not as the migrations made it, or not as the entries say, a sentence each
 */
public record Report(
        long entries,
        long sealed,
        long waiting,
        boolean journalCompared,
        long notAuthenticated,
        List<Break> breaks,
        List<String> differences) {
    /** What follows the first break often follows from it, so no more are listed. */
    public static final int MAX_BREAKS = 20;

    /** Differences that are listed. */
    public static final int MAX_DIFFERENCES = 40;

    public Report {
        breaks = List.copyOf(breaks);
        differences = List.copyOf(differences);
    }

    /** What was verified with all the keys there were, and where nothing differs. */
    public Report(long entries, long sealed, long waiting, boolean journalCompared, List<Break> breaks) {
        this(entries, sealed, waiting, journalCompared, 0, breaks, List.of());
    }

    /** With what else was found. */
    public Report and(List<Break> others) {
        List<Break> all = new ArrayList<>(breaks);
        all.addAll(others);
        return new Report(
                entries,
                sealed,
                waiting,
                journalCompared,
                notAuthenticated,
                all.stream()
                        .sorted(Comparator.comparingLong(Break::position))
                        .limit(MAX_BREAKS)
                        .toList(),
                differences);
    }

    /** The first thing found, as a sentence; empty where nothing was. */
    public Optional<String> first() {
        return Stream.concat(breaks.stream().map(Break::sentence), differences.stream())
                .findFirst();
    }

    public boolean isClean() {
        return breaks.isEmpty() && differences.isEmpty();
    }
}
