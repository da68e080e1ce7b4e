package org.pupilledger.seal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.TileSource;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.tlog.TreeDamaged;

/**
 * Compares what the database, the journal and the last signed state say. They are written in this order: database,
 * last signed state, journal, published checkpoint; so a crash leaves a later one at most one step behind, and anything
 * else means that one of them was restored from a backup, exchanged or changed. Takes a few tiles, whatever the size of
 * the ledger.
 */
final class Comparison {
    private final long entries;
    private final TileSource tiles;
    private final Checkpoint lastSigned;
    private final @Nullable Recorded lastRecorded;
    private final @Nullable Recorded recordedBefore;
    private final @Nullable Sealed published;

    /** A line of the journal and what it says. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    private record Recorded(byte[] note, Checkpoint checkpoint) {}

    /** @param lines the last two of the journal */
    Comparison(
            long entries,
            TileSource tiles,
            Checkpoint lastSigned,
            List<Journal.Line> lines,
            Optional<Sealed> published,
            LogVerifier verifier) {
        this.entries = entries;
        this.tiles = tiles;
        this.lastSigned = lastSigned;
        this.lastRecorded = lines.isEmpty() ? null : recorded(lines.getLast(), verifier);
        this.recordedBefore = lines.size() < 2 ? null : recorded(lines.getFirst(), verifier);
        this.published = published.orElse(null);
    }

    private static Recorded recorded(Journal.Line line, LogVerifier verifier) {
        byte[] note = line.note();
        return new Recorded(
                note,
                verifier.open(note)
                        .orElseThrow(() -> new LogRefused("The checkpoint journal ends with a checkpoint that none of"
                                + " this log's keys signed under its origin. Either the journal or the key belongs to"
                                + " another ledger, or the journal was changed. Put the journal and the key of this"
                                + " ledger back.")));
    }

    /** @throws LogRefused naming what is behind or different, and what to do */
    void check() {
        checkLastSigned();
        checkJournal();
        checkPublished();
    }

    private void checkLastSigned() {
        long size = lastSigned.size();
        if (entries < size) {
            throw behind(size);
        }
        if (size > 0 && !isRoot(lastSigned)) {
            throw different("the last signed state", size);
        }
    }

    private void checkJournal() {
        Recorded last = lastRecorded;
        if (last == null) {
            return;
        }
        long size = last.checkpoint().size();
        if (size > lastSigned.size()) {
            throw new LogRefused("The last signed state is behind: it knows " + lastSigned.size()
                    + " entries, the checkpoint journal " + size
                    + ". It was probably restored from an older backup, or copied while the server was at work. Put back the"
                    + " newest copy of it; where there is none, and the database is the newest, run the command log"
                    + " catch-up.");
        }
        if (!isRoot(last.checkpoint())) {
            throw different("the checkpoint journal", size);
        }
    }

    private void checkPublished() {
        long inDatabase = published == null ? 0 : published.size();
        long inJournal = lastRecorded == null ? 0 : lastRecorded.checkpoint().size();
        if (inDatabase > inJournal) {
            throw new LogRefused("The checkpoint journal is behind: it ends with a checkpoint of " + inJournal
                    + " entries, but one of " + inDatabase
                    + " was published. It was restored from an older backup, or is"
                    + " a copy while another server went on with another one. Put back the newest copy of it; where there is"
                    + " none, and the database is the newest, run the command log catch-up.");
        }
        if (!isPublished(lastRecorded) && !isPublished(recordedBefore)) {
            throw new LogRefused("The checkpoints in the database are not those of the checkpoint journal: the newest"
                    + " in the database covers " + inDatabase + " entries, the newest in the journal " + inJournal
                    + ". The database was probably restored from an older backup or changed. Restore the newest backup"
                    + " of the database.");
        }
    }

    private boolean isPublished(@Nullable Recorded recorded) {
        return recorded == null
                ? published == null
                : published != null && Arrays.equals(published.note(), recorded.note());
    }

    private boolean isRoot(Checkpoint checkpoint) {
        try {
            return Arrays.equals(new TileTree(checkpoint.size(), tiles).root(), checkpoint.root());
        } catch (TreeDamaged e) {
            return false;
        }
    }

    private LogRefused behind(long size) {
        return new LogRefused("The database is behind: it holds " + entries + " entries, but a checkpoint of " + size
                + " entries was signed. It was probably restored from an older backup. Restore one that is as new as"
                + " the checkpoint journal; until then nothing is served or signed.");
    }

    private static LogRefused different(String where, long size) {
        return new LogRefused("The database is different from what was signed: the root over its first " + size
                + " entries is not the one in " + where
                + ". Entries were changed, or this is the database of another ledger. Run the command verify to see"
                + " where, and restore a backup from before the change.");
    }
}
