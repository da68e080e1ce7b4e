package org.pupilledger.verification;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.catalogue.DerivedRows;
import org.pupilledger.catalogue.SchemaComparison;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.diagnosis.Breaks;
import org.pupilledger.diagnosis.Breaks.Part;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.diagnosis.RootChecks;
import org.pupilledger.diagnosis.RootChecks.Expected;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.seal.Journal;
import org.pupilledger.seal.LogReader;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.tlog.Sql;
import org.pupilledger.verdict.BelievedKeys;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verdict.HeldCheckpoint;
import org.pupilledger.verdict.KeyHistory;
import org.pupilledger.verdict.LogVerdict;
import org.pupilledger.verdict.VerificationStopped;

/**
 * Verifies everything in a database that the log vouches for, in one snapshot, beside a ledger in operation: every entry
 * and its event column by column, every tile and the edge of the tree, every checkpoint and its signature, the journal,
 * and events without an entry; and what else there is in the schema with what the migrations made. Memory stays constant whatever the size. Immutable.
 *
 * <p>What is left aside is in {@link NotChecked}. Besides, a time in {@code public_checkpoint} that is moved by less than an
 * hour is not noticed, nor a snapshot of the sequencer that is older or gone. The global index and the xid of an event are in
 * no entry's bytes; they are noticed unless they are changed in {@code event} and {@code ledger_entry} alike.
 *
 * @param pinned    origin and keys, from elsewhere than the database; keys that the log introduced are believed as
 *                  far as one of these vouches for them
 * @param journal   null where it is not at hand
 * @param eventKeys tell which events were appended by a holder of the ledger's key; null where that cannot be told
 * @param owner     see {@link #ownedBy}, and the same for those that follow
 */
public record DatabaseVerification(
        DataSource dataSource,
        LogVerifier pinned,
        @Nullable Journal journal,
        @Nullable EventKeys eventKeys,
        @Nullable String owner,
        List<byte[]> held,
        @Nullable Checkpoint lastSigned,
        @Nullable VerificationState begun,
        Duration patience) {
    /** More entries than there can be: a row may claim any position. */
    static final long MAX_ENTRIES = 1L << 48;

    private static final String ENTRIES =
            "select coalesce(max(position), -1) + 1 from ledger_entry where position < " + MAX_ENTRIES;
    private static final String OUT_OF_RANGE = "select position from ledger_entry where position < 0 or position >= "
            + MAX_ENTRIES + " order by position limit 1";

    /** Whether the last line of the journal is published, and a public checkpoint chosen. */
    private static final String IS_SETTLED = """
            select (? = 0 or exists (select from checkpoint where size = ?))
                and (exists (select from public_checkpoint) or not exists (select from checkpoint))
            """;

    private static final String NEWEST_FIRST = "select note from checkpoint order by size desc";

    private static final int FETCH = 50;

    /** Journal, checkpoint and public checkpoint are written one after the other, within milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final long POLL_MS = 20;
    private static final long REPORT_EVERY = 8_192;

    public DatabaseVerification {
        held = List.copyOf(held);
    }

    public DatabaseVerification(
            DataSource dataSource, LogVerifier pinned, @Nullable Journal journal, @Nullable EventKeys eventKeys) {
        this(dataSource, pinned, journal, eventKeys, null, List.of(), null, null, PATIENCE);
    }

    /** Whom the schema has to belong to; else to whoever owns the table of events. */
    public DatabaseVerification ownedBy(String role) {
        return new DatabaseVerification(
                dataSource, pinned, journal, eventKeys, role, held, lastSigned, begun, patience);
    }

    /** Compares old checkpoints too, signed notes that the caller kept. */
    public DatabaseVerification holding(List<byte[]> notes) {
        return new DatabaseVerification(
                dataSource, pinned, journal, eventKeys, owner, notes, lastSigned, begun, patience);
    }

    /** Compares what was signed last too; it has to be read before this is run. */
    public DatabaseVerification lastSigned(Checkpoint checkpoint) {
        return new DatabaseVerification(
                dataSource, pinned, journal, eventKeys, owner, held, checkpoint, begun, patience);
    }

    /**
     * Goes on where an earlier run was. Entries, events and tiles before that are not looked at again, except that the stored
     * tree must still lead to what was computed then: if not, all is verified anew. Checkpoints and the journal are looked
     * at as a whole, but roots only of those that cover more.
     */
    public DatabaseVerification resuming(VerificationState state) {
        return new DatabaseVerification(
                dataSource, pinned, journal, eventKeys, owner, held, lastSigned, state, patience);
    }

    /** How long to wait for a signature to be published that the journal has already. */
    DatabaseVerification patient(Duration atMost) {
        return new DatabaseVerification(dataSource, pinned, journal, eventKeys, owner, held, lastSigned, begun, atMost);
    }

    /**
     * Verifies.
     *
     * @throws VerificationStopped where this thread is interrupted
     * @throws LogUnavailable      the database or the journal could not be read
     */
    public Report run(ProgressListener listener) {
        try {
            Breaks breaks = new Breaks();
            Journal lines = journal;
            boolean hasJournal = lines != null && lines.exists();
            if (lines != null && !hasJournal) {
                breaks.at(Part.CHECKPOINT, Kind.MISSING, 0)
                        .say("The checkpoint journal is missing, from position 0 on: there is no such file.");
            }
            if (lines != null && hasJournal && !JournalEnd.isOf(pinned.origin(), lines)) {
                breaks.at(Part.CHECKPOINT, Kind.FORGED, 0)
                        .say("The checkpoint journal, from position 0 on, is damaged or that of another log.");
            }
            // before the snapshot: whatever was signed by then is published in it
            JournalEnd end = lines != null && hasJournal ? JournalEnd.of(lines) : new JournalEnd(0, 0);
            settle(end);
            List<String> differences = new ArrayList<>(new SchemaComparison(dataSource, owner).differences());
            try (Snapshot snapshot = Snapshot.take(dataSource)) {
                return run(snapshot, hasJournal ? lines : null, end, breaks, differences, listener);
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    /** Waits for what is just being published. */
    private void settle(JournalEnd end) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isSettled(end) && System.nanoTime() < deadline) {
            try {
                Thread.sleep(POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new VerificationStopped();
            }
        }
    }

    private boolean isSettled(JournalEnd end) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.is(connection, IS_SETTLED, end.size(), end.size());
        }
    }

    private Report run(
            Snapshot snapshot,
            @Nullable Journal lines,
            JournalEnd end,
            Breaks breaks,
            List<String> differences,
            ProgressListener listener)
            throws SQLException {
        long entries = snapshot.number(ENTRIES).orElse(0);
        snapshot.number(OUT_OF_RANGE)
                .ifPresent(position -> breaks.at(Part.ENTRY, Kind.INSERTED, position)
                        .say("ledger_entry has a row for position " + position + ", where no entry can be."));
        Singletons singletons = new Singletons(snapshot, breaks);
        BelievedKeys keys = believed(snapshot);
        DatabaseTiles tiles = new DatabaseTiles(snapshot, entries);
        // whichever of the two lost its end, the other one tells
        long size = Math.max(entries, tiles.size());
        CheckpointRows checkpoints = new CheckpointRows(snapshot, keys, size, singletons.publicSize(), breaks);
        if (lines == null) {
            checkpoints.verify();
        } else {
            checkpoints.verify(lines, end.lines());
        }
        singletons.verifyPublic(checkpoints, lines != null);
        List<Expected> given = held(keys, size, breaks);
        VerificationState.Content state = usable(tiles);
        breaks.addAll(state.breaks());
        long from = state.entries();
        Checkpoint newest = checkpoints.newest();
        LogVerdict verdict = new LogVerdict(
                tiles,
                newest == null || newest.size() < from
                        ? new Checkpoint(pinned.origin(), from, state.root(), List.of())
                        : newest,
                from,
                state.tree());
        try (CheckpointCursor rows = new CheckpointCursor(snapshot, from + 1)) {
            RootChecks roots = new RootChecks(
                    () -> rows.root(checkpoints.unsound()),
                    checkpoints.inJournalOnly(),
                    given,
                    from,
                    state.agreed(),
                    breaks);
            EventComparison events = new EventComparison(snapshot, breaks);
            long completeFrom =
                    eventKeys == null ? Long.MAX_VALUE : eventKeys.completeFrom(keys.history(), keys.vouched());
            EntryWalk walk = new EntryWalk(snapshot, tiles, roots, events, breaks, newest, completeFrom, state);
            try (EntryRows pages = new EntryRows(
                    snapshot, tiles, from - state.shift(), eventKeys == null ? null : eventKeys.authenticity())) {
                walk(pages, verdict, walk, entries, listener);
            }
            walk.finish();
            if (!verdict.isSound() && breaks.inOrder().isEmpty()) {
                // the verdict stands, whatever was found out about it
                breaks.at(Part.TREE, Kind.CHANGED, from)
                        .say("Somewhere from position " + from + " on, entries and tiles are not what was signed.");
            }
            singletons.verifySequencer(walk.tree().size());
            long waiting = new EventsWithoutEntry(snapshot, walk, events, eventKeys, breaks).verify();
            new DerivedRows(snapshot, completeFrom == 0 ? eventKeys : null, differences).verify();
            return new Report(
                    walk.tree().size(),
                    newest == null ? 0 : newest.size(),
                    waiting,
                    lines != null,
                    Math.min(completeFrom, walk.tree().size()),
                    breaks.inOrder(),
                    differences.subList(0, Math.min(differences.size(), Report.MAX_DIFFERENCES)));
        }
    }

    /** Begins with what the newest checkpoint vouches for that a pinned key signed. */
    private BelievedKeys believed(Snapshot snapshot) throws SQLException {
        KeyHistory history = new KeyHistory();
        try {
            history = LogReader.keyHistory(snapshot.connection());
        } catch (RuntimeException e) {
            // an entry about keys is damaged: what follows will find that
        }
        BelievedKeys keys = new BelievedKeys(pinned, history);
        try (ResultSet row = snapshot.cursor(FETCH, NEWEST_FIRST)) {
            boolean isOpen = false;
            while (!isOpen && row.next()) {
                isOpen = keys.open(row.getBytes(1)).isPresent();
            }
        }
        return keys;
    }

    private List<Expected> held(BelievedKeys keys, long entries, Breaks breaks) {
        List<Expected> opened = new ArrayList<>();
        for (byte[] note : held) {
            switch (HeldCheckpoint.of(note, keys::open, entries)) {
                case HeldCheckpoint.Unsigned(long said) -> {
                    long position = Math.max(0, said - 1);
                    breaks.at(Part.CHECKPOINT, Kind.FORGED, position)
                            .say("A checkpoint that was given, up to position " + position
                                    + ", is not signed by a key of this log under its origin.");
                }
                case HeldCheckpoint.Beyond(Checkpoint beyond) ->
                    breaks.at(Part.CHECKPOINT, Kind.ROLLED_BACK, entries)
                            .say("ledger_entry ends before position " + entries + ", but a checkpoint of "
                                    + beyond.size() + " entries was given.");
                case HeldCheckpoint.Within(Checkpoint older) ->
                    opened.add(new Expected(older.size(), older.root(), "which was given"));
            }
        }
        Checkpoint last = lastSigned;
        if (last != null && last.size() > entries) {
            breaks.at(Part.CHECKPOINT, Kind.ROLLED_BACK, entries)
                    .say("ledger_entry ends before position " + entries + ", but " + last.size()
                            + " entries were signed, says the last signed state.");
        } else if (last != null && last.size() > 0) {
            opened.add(new Expected(last.size(), last.root(), "which is the last signed state"));
        }
        return opened;
    }

    private void walk(EntryRows rows, LogVerdict verdict, EntryWalk walk, long entries, ProgressListener listener)
            throws SQLException {
        long[] reported = {walk.tree().size()};
        rows.read(page -> {
            for (EntryRow row : page) {
                walk.add(row, verdict.add(row.position(), row.leaf()));
            }
            if (walk.tree().size() - reported[0] >= REPORT_EVERY) {
                reported[0] = walk.tree().size();
                listener.at(reported[0], entries, walk::state);
            }
        });
        listener.at(walk.tree().size(), entries, walk::state);
    }

    /** The state, where the stored tree still leads to it. */
    private VerificationState.Content usable(DatabaseTiles tiles) {
        VerificationState.Content state = begun == null ? VerificationState.Content.NOTHING : begun.content();
        return Arrays.equals(state.root(), tiles.root(state.entries())) ? state : VerificationState.Content.NOTHING;
    }
}
