package org.pupilledger.verification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.diagnosis.Breaks;
import org.pupilledger.diagnosis.Breaks.Part;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.diagnosis.RootChecks.Expected;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.seal.Journal;
import org.pupilledger.seal.LogRefused;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.verdict.BelievedKeys;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verdict.VerificationStopped;
import org.pupilledger.verification.CheckpointCursor.Row;

/** The published checkpoints beside the journal: what each of them is by itself, and what one has and the other has not. */
final class CheckpointRows {
    private static final String OF_SIZE = "select note from checkpoint where size = ?";
    private static final String OF_NOTE = "select size from checkpoint where note = ? order by size limit 1";

    /** So many sizes of unsound checkpoints are kept in mind; nobody wants to hear of more. */
    private static final int MAX_UNSOUND = 10_000;

    private final Snapshot snapshot;
    private final BelievedKeys keys;
    private final long entries;
    private final long publicSize;
    private final Breaks breaks;
    private final Set<Long> unsound = new HashSet<>();
    private final List<Expected> inJournalOnly = new ArrayList<>();
    private final List<Instant> signed = new ArrayList<>();
    private @Nullable Checkpoint newest;
    private long count;
    private boolean journalHasPublic;

    /** What the journal says of a row. */
    private enum InJournal {
        YES,
        NO,
        /** It ends before. */
        BEYOND,
        NOT_COMPARED
    }

    /**
     * @param entries    up to the newest position
     * @param publicSize of the public checkpoint, 0 where there is none
     */
    CheckpointRows(Snapshot snapshot, BelievedKeys keys, long entries, long publicSize, Breaks breaks) {
        this.snapshot = snapshot;
        this.keys = keys;
        this.entries = entries;
        this.publicSize = publicSize;
        this.breaks = breaks;
    }

    /** The newest one that counts; null where there is none. */
    @Nullable
    Checkpoint newest() {
        return newest;
    }

    /** How many rows there are. */
    long count() {
        return count;
    }

    /** Sizes of rows that are not what the ledger published. */
    Set<Long> unsound() {
        return unsound;
    }

    /** What was signed and is missing in the table. */
    List<Expected> inJournalOnly() {
        return inJournalOnly;
    }

    boolean journalHasPublic() {
        return journalHasPublic;
    }

    /** When, as the journal says, the public checkpoint and the next larger one were signed first. */
    List<Instant> publicSigned() {
        return signed;
    }

    void verify() throws SQLException {
        try (CheckpointCursor rows = new CheckpointCursor(snapshot)) {
            for (Row row = rows.peek(); row != null; row = rows.next()) {
                judge(row, InJournal.NOT_COMPARED, 0);
            }
        }
    }

    /** @param linesBefore of the journal, that were there before the snapshot was taken */
    void verify(Journal journal, long linesBefore) throws SQLException {
        try (CheckpointCursor rows = new CheckpointCursor(snapshot)) {
            Merge merge = new Merge(rows, linesBefore);
            try {
                journal.read(merge::add);
            } catch (LogRefused e) {
                breaks.at(Part.CHECKPOINT, Kind.CHANGED, Math.max(0, merge.lastSize - 1))
                        .say(
                                "The checkpoint journal holds something that is no checkpoint, after its line for position "
                                        + Math.max(0, merge.lastSize - 1) + ".");
                merge.leaveRowsUpTo(Long.MAX_VALUE, InJournal.NOT_COMPARED);
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            merge.leaveRowsUpTo(Long.MAX_VALUE, InJournal.BEYOND);
        }
    }

    /** Both in order of size. */
    private final class Merge {
        private final CheckpointCursor rows;
        private final long linesBefore;
        private long line;
        private long lastSize;
        private boolean isJudged;

        Merge(CheckpointCursor rows, long linesBefore) {
            this.rows = rows;
            this.linesBefore = linesBefore;
        }

        void add(Journal.Line next) {
            if (Thread.currentThread().isInterrupted()) {
                throw new VerificationStopped();
            }
            try {
                add(next.note(), next.signedAt());
            } catch (SQLException e) {
                throw new LogUnavailable(e);
            }
        }

        private void add(byte[] note, String signedAt) throws SQLException {
            boolean wasBefore = line++ < linesBefore;
            long size = Checkpoint.saidIn(note).map(Checkpoint::size).orElse(0L);
            if (size < 1 || size < lastSize) {
                breaks.at(
                                Part.CHECKPOINT,
                                size < 1 ? Kind.CHANGED : Kind.REORDERED,
                                Math.max(0, size < 1 ? lastSize - 1 : size - 1))
                        .say("The checkpoint journal is not in order at position " + Math.max(0, Math.max(size, 1) - 1)
                                + ".");
                return;
            }
            if (size >= publicSize && (signed.isEmpty() || (size > publicSize && lastSize <= publicSize))) {
                takeTime(size, signedAt);
            }
            leaveRowsUpTo(size - 1, InJournal.NO);
            lastSize = size;
            Row row = rows.peek();
            if (row != null && row.size() == size) {
                if (!isJudged) {
                    judge(row, InJournal.YES, size);
                    isJudged = true;
                }
                if (!Arrays.equals(row.note(), note)) {
                    judgeOther(size, note);
                }
            } else if (wasBefore) {
                judgeLine(size, note);
            }
        }

        private void takeTime(long size, String signedAt) {
            journalHasPublic |= size == publicSize;
            try {
                signed.add(Instant.parse(signedAt));
            } catch (DateTimeException e) {
                // says nothing about when
            }
        }

        /** Goes on to the first row of more than a size, and judges those before it. */
        private void leaveRowsUpTo(long size, InJournal left) throws SQLException {
            for (Row row = rows.peek(); row != null && row.size() <= size; row = rows.next()) {
                if (!isJudged) {
                    judge(row, left, lastSize);
                }
                isJudged = false;
            }
        }
    }

    private void judge(Row row, InJournal inJournal, long lastSize) throws SQLException {
        count++;
        if (Thread.currentThread().isInterrupted()) {
            throw new VerificationStopped();
        }
        long position = row.size() - 1;
        Checkpoint checkpoint = keys.open(row.note()).orElse(null);
        if (checkpoint == null) {
            reject(
                    row.size(),
                    Kind.FORGED,
                    position,
                    "checkpoint.note of the checkpoint of " + row.size() + " entries, up to position " + position
                            + ", is not signed by a key of this log under its origin.");
        } else if (checkpoint.size() != row.size()) {
            judgeMisplaced(row, checkpoint.size(), inJournal);
        } else if (row.size() > entries) {
            reject(row.size(), Kind.ROLLED_BACK, entries, endsBefore(row.size(), "was published"));
        } else {
            newest = checkpoint;
            judgeSound(row.size(), inJournal, lastSize);
        }
    }

    private String endsBefore(long size, String what) {
        return "ledger_entry ends before position " + entries + ", but a checkpoint of " + size + " entries " + what
                + ".";
    }

    private void judgeSound(long size, InJournal inJournal, long lastSize) {
        switch (inJournal) {
            case YES, NOT_COMPARED -> {}
            case NO ->
                breaks.at(Part.CHECKPOINT, Kind.MISSING, size - 1)
                        .say("The checkpoint journal has no line for the checkpoint of " + size
                                + " entries, up to position " + (size - 1) + ", which was published.");
            case BEYOND ->
                breaks.at(Part.CHECKPOINT, Kind.ROLLED_BACK, lastSize)
                        .say("The checkpoint journal ends before position " + lastSize + ", but a checkpoint of " + size
                                + " entries was published. Unless another server went on with other files, it was put back"
                                + " to an older state; in both cases see the command log catch-up.");
        }
    }

    /** A signed checkpoint of another size than its row says. */
    private void judgeMisplaced(Row row, long size, InJournal inJournal) throws SQLException {
        List<byte[]> other = snapshot.rows(OF_SIZE, found -> found.getBytes(1), size);
        String sentence = "checkpoint.size is " + row.size() + " where the note, up to position " + (size - 1)
                + ", says " + size + ".";
        if (other.isEmpty()) {
            reject(row.size(), Kind.CHANGED, size - 1, sentence);
        } else if (!Arrays.equals(other.getFirst(), row.note())) {
            reject(
                    row.size(),
                    Kind.REORDERED,
                    row.size() - 1,
                    "checkpoint holds the note of another size in the row of the checkpoint up to position "
                            + (row.size() - 1) + ".");
        } else {
            reject(
                    row.size(),
                    inJournal == InJournal.NO || inJournal == InJournal.BEYOND ? Kind.INSERTED : Kind.CHANGED,
                    row.size() - 1,
                    "checkpoint has a row for position " + (row.size() - 1)
                            + " that holds a copy of another one's note.");
        }
    }

    private void reject(long size, Kind kind, long position, String sentence) {
        if (unsound.size() < MAX_UNSOUND) {
            unsound.add(size);
        }
        breaks.at(Part.CHECKPOINT, kind, position).say(sentence);
    }

    /** Another note of the same size. */
    private void judgeOther(long size, byte[] note) {
        boolean isSigned = keys.open(note).isPresent();
        breaks.at(Part.CHECKPOINT, Kind.FORGED, size - 1)
                .say(
                        isSigned
                                ? "checkpoint and the checkpoint journal hold different checkpoints up to position "
                                        + (size - 1) + "."
                                : "The checkpoint journal's line for position " + (size - 1)
                                        + " is not signed by a key of this log under its origin.");
    }

    private void judgeLine(long size, byte[] note) throws SQLException {
        Optional<Checkpoint> checkpoint = keys.open(note);
        if (checkpoint.isEmpty()) {
            judgeOther(size, note);
        } else if (size > entries) {
            breaks.at(Part.CHECKPOINT, Kind.ROLLED_BACK, entries).say(endsBefore(size, "is in the checkpoint journal"));
        } else {
            OptionalLong elsewhere = snapshot.number(OF_NOTE, note);
            breaks.at(Part.CHECKPOINT, elsewhere.isPresent() ? Kind.CHANGED : Kind.MISSING, size - 1)
                    .say(
                            elsewhere.isPresent()
                                    ? "checkpoint.size is " + elsewhere.getAsLong() + " where the note, up to position "
                                            + (size - 1) + ", says " + size + "."
                                    : "checkpoint has no row for the checkpoint of " + size
                                            + " entries, up to position " + (size - 1)
                                            + ", which is in the checkpoint journal.");
            if (inJournalOnly.size() < Report.MAX_BREAKS) {
                inJournalOnly.add(new Expected(size, checkpoint.get().root(), "in the checkpoint journal"));
            }
        }
    }
}
