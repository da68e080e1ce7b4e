package org.pupilledger.diagnosis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.diagnosis.Breaks.Part;
import org.pupilledger.verdict.Break.Kind;

/**
 * Compares the roots that were signed, wherever they are kept, with those of the tree as it grows.
 *
 * <p>A root that disagrees says only that something is different in what it covers. Where a later one agrees, the entries are
 * what they were and that one checkpoint is a forgery; where none does, the entries are, from the last one that agreed on.
 */
public final class RootChecks {
    private final Breaks breaks;
    private final Deque<Expected> others;
    private final Deque<Expected> given;
    private final List<Expected> disagreeing = new ArrayList<>();
    private final Supplier<@Nullable Expected> rows;
    private @Nullable Expected nextRow;
    private long agreed;
    private long givenAgreed;
    private @Nullable Expected givenDisagreeing;

    /**
     * A root that was signed.
     *
     * @param where completes "the checkpoint of 600 entries ..."
     */
    @SuppressWarnings("ArrayRecordComponent") // on its way, never compared as a record
    public record Expected(long size, byte[] root, String where) {}

    /**
     * @param rows   signed and published, in order of size, all of more entries than {@code from}; null after the last
     * @param others signed, but in no row
     * @param given  by whoever wants to know
     * @param from   entries that are not looked at
     * @param agreed size of a checkpoint that agreed before
     */
    public RootChecks(
            Supplier<@Nullable Expected> rows,
            List<Expected> others,
            List<Expected> given,
            long from,
            long agreed,
            Breaks breaks) {
        this.breaks = breaks;
        this.rows = rows;
        this.others = sorted(others, from);
        this.given = sorted(given, from);
        this.agreed = agreed;
        this.nextRow = rows.get();
    }

    private static Deque<Expected> sorted(List<Expected> expected, long from) {
        return expected.stream()
                .filter(it -> it.size() > from)
                .sorted(Comparator.comparingLong(Expected::size))
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    /** The size at which there is something to compare next. */
    public long nextSize() {
        Expected row = nextRow;
        long size = row == null ? Long.MAX_VALUE : row.size();
        for (Expected other : new Expected[] {others.peek(), given.peek()}) {
            size = other == null ? size : Math.min(size, other.size());
        }
        return size;
    }

    /** Takes note of the root of the tree of {@link #nextSize} leaves. */
    public void check(long size, byte[] root) {
        Expected row = nextRow;
        while (row != null && row.size() <= size) {
            check(row, size, root);
            nextRow = rows.get();
            row = nextRow;
        }
        for (Expected other = others.peek(); other != null && other.size() <= size; other = others.peek()) {
            check(others.remove(), size, root);
        }
        for (Expected next = given.peek(); next != null && next.size() <= size; next = given.peek()) {
            checkGiven(given.remove(), size, root);
        }
    }

    private void checkGiven(Expected expected, long size, byte[] root) {
        if (expected.size() == size && Arrays.equals(expected.root(), root)) {
            givenAgreed = givenDisagreeing == null ? size : givenAgreed;
        } else if (expected.size() == size && givenDisagreeing == null) {
            givenDisagreeing = expected;
        }
    }

    private void check(Expected expected, long size, byte[] root) {
        if (expected.size() != size) {
            return;
        }
        if (!Arrays.equals(expected.root(), root)) {
            if (disagreeing.size() < Report.MAX_BREAKS) {
                disagreeing.add(expected);
            }
            return;
        }
        for (Expected forged : disagreeing) {
            breaks.at(Part.CHECKPOINT, Kind.FORGED, forged.size() - 1)
                    .say("The checkpoint of " + forged.size() + " entries " + forged.where()
                            + " has a root that is not the one of the entries up to position " + (forged.size() - 1)
                            + ", while a later checkpoint agrees with them.");
        }
        disagreeing.clear();
        agreed = size;
    }

    /** Size of the last that agreed, 0 before the first. */
    public long agreed() {
        return agreed;
    }

    /** Says what no later checkpoint can make good, and which ones cover more than there is. */
    public void finish(long entries) {
        if (nextSize() != Long.MAX_VALUE) {
            breaks.at(Part.TREE, Kind.ROLLED_BACK, entries)
                    .say("The tree ends before position " + entries + ", but there is a checkpoint of " + nextSize()
                            + " entries.");
        }
        if (!disagreeing.isEmpty()) {
            addForged(agreed, disagreeing.getFirst());
        }
        Expected held = givenDisagreeing;
        if (held != null) {
            // what the log itself signed may have been signed anew
            boolean isCloser = !disagreeing.isEmpty() && agreed < held.size();
            addForged(isCloser ? Math.max(agreed, givenAgreed) : givenAgreed, held);
        }
    }

    private void addForged(long position, Expected expected) {
        breaks.addForged(position, expected.size(), expected.where());
    }
}
