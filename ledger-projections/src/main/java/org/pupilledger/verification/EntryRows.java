package org.pupilledger.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.verdict.VerificationStopped;

/**
 * Entries with their events and the tiles that cover them, page by page in order of position. Pages are fetched by one
 * thread while another verifies them, and only a few ahead.
 */
final class EntryRows implements AutoCloseable {
    static final String BY_POSITION = "select " + EntryRow.COLUMNS
            + " from ledger_entry l left join event e on e.global_index = l.global_index"
            + " where l.position >= ? and l.position < " + DatabaseVerification.MAX_ENTRIES + " order by l.position";

    private static final int FETCH = 1_000;
    private static final int PAGES_AHEAD = 3;

    private final Snapshot snapshot;
    private final DatabaseTiles tiles;
    private final @Nullable Authenticity authenticity;
    private final BlockingQueue<Page> pages = new ArrayBlockingQueue<>(PAGES_AHEAD);
    private final Thread fetcher;

    /** @param failure why there are no more; null where there are, or these are the last */
    private record Page(
            List<EntryRow> rows,
            List<DatabaseTiles.Stored> tiles,
            boolean isLast,
            @Nullable RuntimeException failure) {}

    /** @param authenticity null where it is not asked who appended an event */
    EntryRows(Snapshot snapshot, DatabaseTiles tiles, long from, @Nullable Authenticity authenticity) {
        this.snapshot = snapshot;
        this.authenticity = authenticity;
        this.tiles = tiles;
        this.fetcher = Thread.ofPlatform().daemon().name("verification-rows").start(() -> fetch(from));
    }

    /** Takes rows. */
    @FunctionalInterface
    interface Pages {
        void add(List<EntryRow> rows) throws SQLException;
    }

    /** @throws VerificationStopped where this thread is interrupted */
    void read(Pages reader) throws SQLException {
        try {
            boolean isLast = false;
            while (!isLast) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Page page = pages.take();
                if (page.failure() != null) {
                    throw page.failure();
                }
                tiles.remember(page.tiles());
                reader.add(page.rows());
                isLast = page.isLast();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerificationStopped();
        }
    }

    private void fetch(long from) {
        try {
            try (ResultSet row = snapshot.cursor(FETCH, BY_POSITION, from)) {
                fetch(row);
            } catch (SQLException e) {
                pages.put(new Page(List.of(), List.of(), true, new LogUnavailable(e)));
            } catch (RuntimeException e) {
                pages.put(new Page(List.of(), List.of(), true, e));
            } catch (Error e) {
                // out of memory, say: the reader must not wait for ever
                pages.put(new Page(List.of(), List.of(), true, new LogUnavailable(e)));
            }
        } catch (InterruptedException e) {
            // nobody reads on
            Thread.currentThread().interrupt();
        }
    }

    private void fetch(ResultSet row) throws SQLException, InterruptedException {
        List<EntryRow> rows = new ArrayList<>(FETCH);
        while (row.next()) {
            rows.add(EntryRow.read(row, authenticity));
            if (rows.size() == FETCH) {
                pages.put(page(rows, false));
                rows = new ArrayList<>(FETCH);
            }
        }
        pages.put(page(rows, true));
    }

    private Page page(List<EntryRow> rows, boolean isLast) throws SQLException {
        return new Page(rows, tiles.fetch(rows), isLast, null);
    }

    /** Returns when nothing is fetched any more. */
    @Override
    public void close() {
        fetcher.interrupt();
        boolean wasInterrupted = Thread.interrupted();
        boolean isAlive = true;
        while (isAlive) {
            try {
                fetcher.join();
                isAlive = false;
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
