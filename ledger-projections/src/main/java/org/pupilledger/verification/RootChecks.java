package org.pupilledger.verification;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verification.Breaks.Part;

/**
 * Compares the roots that were signed, wherever they are kept, with those of the tree as it grows.
 *
 * <p>A root that disagrees says only that something is different in what it covers. Where a later one agrees, the entries are
 * what they were and that one checkpoint is a forgery; where none does, the entries are, from the last one that agreed on.
 */
final class RootChecks implements AutoCloseable {
    private static final String ROWS = "select size, note from checkpoint where size > ? order by size";
    private static final int FETCH = 200;

    private final Breaks breaks;
    private final Set<Long> unsound;
    private final Deque<Expected> others;
    private final Deque<Expected> given;
    private final List<Expected> disagreeing = new ArrayList<>();
    private final @Nullable PreparedStatement statement;
    private final @Nullable ResultSet rows;
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
    record Expected(long size, byte[] root, String where) {}

    /** @param given by whoever wants to know */
    RootChecks(List<Expected> given, Breaks breaks) {
        this.breaks = breaks;
        this.unsound = Set.of();
        this.others = new ArrayDeque<>();
        this.given = sorted(given, 0);
        this.statement = null;
        this.rows = null;
    }

    /**
     * @param others  signed, but in no row
     * @param given   by whoever wants to know
     * @param unsound sizes of rows that do not count
     * @param from    entries that are not looked at
     * @param agreed  size of a checkpoint that agreed before
     */
    RootChecks(
            Snapshot snapshot,
            List<Expected> others,
            List<Expected> given,
            Set<Long> unsound,
            long from,
            long agreed,
            Breaks breaks)
            throws SQLException {
        this.breaks = breaks;
        this.unsound = unsound;
        this.others = sorted(others, from);
        this.given = sorted(given, from);
        this.agreed = agreed;
        PreparedStatement query = snapshot.connection().prepareStatement(ROWS);
        this.statement = query;
        query.setLong(1, from);
        query.setFetchSize(FETCH);
        this.rows = query.executeQuery();
        advance();
    }

    private static Deque<Expected> sorted(List<Expected> expected, long from) {
        return expected.stream()
                .filter(it -> it.size() > from)
                .sorted(Comparator.comparingLong(Expected::size))
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    private void advance() throws SQLException {
        nextRow = null;
        while (nextRow == null && rows != null && rows.next()) {
            long size = rows.getLong(1);
            if (!unsound.contains(size)) {
                Optional<Checkpoint> checkpoint =
                        SignedNote.parse(rows.getBytes(2)).flatMap(note -> Checkpoint.parse(note.text()));
                if (checkpoint.isPresent() && checkpoint.get().size() == size) {
                    nextRow = new Expected(size, checkpoint.get().root(), "in table checkpoint");
                }
            }
        }
    }

    /** The size at which there is something to compare next. */
    long nextSize() {
        Expected row = nextRow;
        long size = row == null ? Long.MAX_VALUE : row.size();
        for (Expected other : new Expected[] {others.peek(), given.peek()}) {
            size = other == null ? size : Math.min(size, other.size());
        }
        return size;
    }

    /** Takes note of the root of the tree of {@link #nextSize} leaves. */
    void check(long size, byte[] root) throws SQLException {
        Expected row = nextRow;
        while (row != null && row.size() <= size) {
            check(row, size, root);
            advance();
            row = nextRow;
        }
        for (Expected other = others.peek(); other != null && other.size() <= size; other = others.peek()) {
            check(others.remove(), size, root);
        }
        checkGiven(size, root);
    }

    /**
     * Takes note of the root of a tree, where only such checkpoints are compared that were given.
     *
     * @param root null where it is not known
     */
    void checkGiven(long size, byte @Nullable [] root) {
        for (Expected next = given.peek(); next != null && next.size() <= size; next = given.peek()) {
            given.remove();
            if (root != null) {
                checkGiven(next, size, root);
            }
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
            breaks.add(
                    Part.CHECKPOINT,
                    Kind.FORGED,
                    forged.size() - 1,
                    "The checkpoint of " + forged.size() + " entries " + forged.where()
                            + " has a root that is not the one of the entries up to position " + (forged.size() - 1)
                            + ", while a later checkpoint agrees with them.");
        }
        disagreeing.clear();
        agreed = size;
    }

    /** Size of the last that agreed, 0 before the first. */
    long agreed() {
        return agreed;
    }

    /** Says what no later checkpoint can make good, and which ones cover more than there is. */
    void finish(long entries) {
        if (nextSize() != Long.MAX_VALUE) {
            breaks.add(
                    Part.TREE,
                    Kind.ROLLED_BACK,
                    entries,
                    "The tree ends before position " + entries + ", but there is a checkpoint of " + nextSize()
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
        breaks.add(
                Part.TREE,
                Kind.FORGED,
                position,
                "Entries, tiles and events agree with each other, but somewhere from position " + position
                        + " to position " + (expected.size() - 1) + " they are not what was signed: the checkpoint of "
                        + expected.size() + " entries " + expected.where() + " has another root.");
    }

    @Override
    public void close() throws SQLException {
        if (statement != null) {
            statement.close();
        }
    }
}
