package org.pupilledger.verification;

import java.util.ArrayList;
import java.util.List;
import org.pupilledger.verdict.Break;

/** The breaks with the lowest positions, in order; of one part and position the one that was found first. */
final class Breaks {
    /** What a break is in. */
    enum Part {
        ENTRY,
        EVENT,
        TILE,
        CHECKPOINT,
        TREE,
        PUBLIC_CHECKPOINT,
        SEQUENCER
    }

    private record Found(Part part, Break found) {}

    private final List<Found> found = new ArrayList<>();

    /** Whether a break at this position would be kept: to find out its kind may be expensive. */
    boolean want(long position) {
        return found.size() < Report.MAX_BREAKS
                || position < found.getLast().found().position();
    }

    void add(Part part, Break.Kind kind, long position, String sentence) {
        if (!want(position) || has(part, position)) {
            return;
        }
        int at = found.size();
        while (at > 0 && found.get(at - 1).found().position() > position) {
            at--;
        }
        found.add(at, new Found(part, new Break(kind, position, sentence)));
        if (found.size() > Report.MAX_BREAKS) {
            found.removeLast();
        }
    }

    /** What an earlier part of the run found. */
    void addAll(List<Break> earlier) {
        earlier.forEach(it -> add(Part.ENTRY, it.kind(), it.position(), it.sentence()));
    }

    private boolean has(Part part, long position) {
        return found.stream().anyMatch(it -> it.part() == part && it.found().position() == position);
    }

    List<Break> inOrder() {
        return found.stream().map(Found::found).toList();
    }
}
