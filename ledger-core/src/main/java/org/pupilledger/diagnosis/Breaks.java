package org.pupilledger.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.pupilledger.verdict.Break;

/** The breaks with the lowest positions, in order; of one part and position the one that was found first. */
public final class Breaks {
    /** What a break is in. */
    public enum Part {
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

    /** A place where something was found, of which still has to be said what. */
    @FunctionalInterface
    public interface Place {
        void say(String sentence);
    }

    /** Where something is not as it was signed, and what became of it. */
    public Place at(Part part, Break.Kind kind, long position) {
        return sentence -> add(part, kind, position, sentence);
    }

    /** Whether a break at this position would be kept: to find out its kind may be expensive. */
    public boolean want(long position) {
        return found.size() < Report.MAX_BREAKS
                || position < found.getLast().found().position();
    }

    private void add(Part part, Break.Kind kind, long position, String sentence) {
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
    public void addAll(List<Break> earlier) {
        earlier.forEach(it -> at(Part.ENTRY, it.kind(), it.position()).say(it.sentence()));
    }

    /**
     * Says that all agree with each other, and not with what was signed.
     *
     * @param position of the first entry that may be another
     * @param size     that the checkpoint covers whose root is another
     * @param where    completes "the checkpoint of 600 entries ..."
     */
    public void addForged(long position, long size, String where) {
        at(Part.TREE, Break.Kind.FORGED, position)
                .say("Entries, tiles and events agree with each other, but somewhere from position " + position
                        + " to position " + (size - 1) + " they are not what was signed: the checkpoint of " + size
                        + " entries " + where + " has another root.");
    }

    private boolean has(Part part, long position) {
        return found.stream().anyMatch(it -> it.part() == part && it.found().position() == position);
    }

    public List<Break> inOrder() {
        return found.stream().map(Found::found).toList();
    }
}
