package org.pupilledger.verification;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.diagnosis.Breaks;
import org.pupilledger.diagnosis.Breaks.Part;
import org.pupilledger.verdict.Break.Kind;

/** The two tables of one row: which checkpoint is public, and how far the sequencer has come. */
final class Singletons {
    private static final String PUBLIC =
            "select id, size, since, now(), exists (select from checkpoint c where c.size = p.size)"
                    + " from public_checkpoint p order by id desc limit 2";
    private static final String SEQUENCER = """
            select s.id, s.cluster = c.system_identifier and pg_snapshot_xmax(s.snapshot) > pg_snapshot_xmax(pg_current_snapshot())
            from sequencer s, pg_control_system() c order by s.id desc limit 2
            """;

    /** Clocks are set and differ; who moves a time by less than this gains nothing. */
    private static final Duration TOLERANCE = Duration.ofHours(1);

    private final Breaks breaks;
    private final List<PublicRow> publicRows;
    private final List<SequencerRow> sequencerRows;

    private record PublicRow(boolean id, long size, Instant since, Instant now, boolean isThere) {}

    private record SequencerRow(boolean id, boolean isAhead) {}

    Singletons(Snapshot snapshot, Breaks breaks) throws SQLException {
        this.breaks = breaks;
        this.publicRows = snapshot.rows(
                PUBLIC,
                row -> new PublicRow(
                        row.getBoolean(1),
                        row.getLong(2),
                        row.getTimestamp(3).toInstant(),
                        row.getTimestamp(4).toInstant(),
                        row.getBoolean(5)));
        this.sequencerRows = snapshot.rows(SEQUENCER, row -> new SequencerRow(row.getBoolean(1), row.getBoolean(2)));
    }

    /** Of the public checkpoint, 0 where there is none. */
    long publicSize() {
        return publicRows.isEmpty() ? 0 : publicRows.getFirst().size();
    }

    /**
     * Looks at the public checkpoint.
     *
     * @param hasJournal whether the journal was compared
     */
    void verifyPublic(CheckpointRows checkpoints, boolean hasJournal) {
        if (publicRows.isEmpty()) {
            if (checkpoints.count() > 0) {
                add(
                        Kind.MISSING,
                        checkpoints.newest() == null ? 0 : checkpoints.newest().size() - 1,
                        "public_checkpoint has no row, though position "
                                + (checkpoints.newest() == null
                                        ? 0
                                        : checkpoints.newest().size() - 1)
                                + " is covered by a checkpoint.");
            }
            return;
        }
        PublicRow row = publicRows.getFirst();
        long position = Math.max(0, row.size() - 1);
        if (publicRows.size() > 1) {
            add(
                    Kind.INSERTED,
                    position,
                    "public_checkpoint has more than one row, one of them for position " + position + ".");
        } else if (!row.id()) {
            add(Kind.CHANGED, position, "public_checkpoint.id, for position " + position + ", was changed.");
        } else if (!row.isThere()) {
            boolean wasThere = hasJournal ? checkpoints.journalHasPublic() : true;
            add(
                    wasThere ? Kind.MISSING : Kind.CHANGED,
                    position,
                    "public_checkpoint.size names a checkpoint up to position " + position + " that is not there.");
        } else if (!isTime(row, checkpoints.publicSigned())) {
            add(
                    Kind.CHANGED,
                    position,
                    "public_checkpoint.since, for position " + position
                            + ", is not a time at which that checkpoint was the newest.");
        }
    }

    private static boolean isTime(PublicRow row, List<Instant> signed) {
        Instant latest = row.now();
        if (signed.isEmpty()) {
            return !row.since().isAfter(latest.plus(TOLERANCE));
        }
        Instant first = signed.getFirst();
        Instant next = signed.size() > 1 ? signed.get(1) : latest;
        // whichever way the clock was set in between
        Instant from = first.isBefore(next) ? first : next;
        Instant to = first.isBefore(next) ? next : first;
        return !row.since().isBefore(from.minus(TOLERANCE)) && !row.since().isAfter(to.plus(TOLERANCE));
    }

    /** Looks at how far the sequencer says it has come. One that is older or gone costs it time and nothing else. */
    void verifySequencer(long entries) {
        if (sequencerRows.size() > 1) {
            breaks.at(Part.SEQUENCER, Kind.INSERTED, entries)
                    .say("sequencer has more than one row, before position " + entries + ".");
        } else if (!sequencerRows.isEmpty()) {
            SequencerRow row = sequencerRows.getFirst();
            if (!row.id() || row.isAhead()) {
                breaks.at(Part.SEQUENCER, Kind.CHANGED, entries)
                        .say(
                                row.id()
                                        ? "sequencer.snapshot, before position " + entries
                                                + ", is beyond all transactions that there were."
                                        : "sequencer.id, before position " + entries + ", was changed.");
            }
        }
    }

    private void add(Kind kind, long position, String sentence) {
        breaks.at(Part.PUBLIC_CHECKPOINT, kind, position).say(sentence);
    }
}
