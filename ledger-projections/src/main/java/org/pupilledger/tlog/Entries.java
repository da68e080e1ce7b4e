package org.pupilledger.tlog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.Entry;
import org.pupilledger.entries.EntrySequence;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.schema.Leaf;

/** Reads sealed entries by position. */
public final class Entries implements EntrySequence {
    private static final int FETCH = 2_000;
    private static final byte[] NOT_HASHED = {};
    private static final int PAGES_AHEAD = 4;
    private static final String PAGE =
            "select position, leaf_bytes from ledger_entry where position > ? and position < ? order by position limit ?";
    private static final String ALL =
            "select position, leaf_bytes from ledger_entry where position between ? and ? order by position";

    private final DataSource dataSource;
    private final LongSupplier sealedSize;

    /** @param sealedSize how many entries are sealed, whatever the database says */
    public Entries(DataSource dataSource, LongSupplier sealedSize) {
        this.dataSource = dataSource;
        this.sealedSize = sealedSize;
    }

    /** The newest sealed position, -1 where there is none. */
    public long head() {
        return sealedSize.getAsLong() - 1;
    }

    /** At most {@code limit} entries after {@code position}, in order. */
    List<StoredEntry> after(long position, int limit) {
        long sealed = sealedSize.getAsLong();
        return Sql.read(
                dataSource,
                connection -> Sql.list(
                        connection,
                        PAGE,
                        row -> new StoredEntry(row.getLong(1), row.getBytes(2)),
                        position,
                        sealed,
                        limit));
    }

    /** The entries from 0 to {@code last}; see {@link #read(long, long, Predicate)}. */
    public long read(long last, Predicate<Entry> reader) {
        return read(0, last, reader);
    }

    /**
     * Hands over the entries from {@code first} to {@code last} in order, for as long as {@code reader} says true. Pages
     * are fetched by one thread while another folds them in, so that the database need not wait for either; memory stays
     * constant whatever the number.
     *
     * @return the position of the last entry for which {@code reader} said true, {@code first - 1} where there is none
     * @throws IllegalStateException where a position is missing
     */
    @Override
    public long read(long first, long last, Predicate<Entry> reader) {
        return read(first, last, false, (position, leaf, hash) -> reader.test(new Entry(position, Leaf.parse(leaf))));
    }

    /** Is handed one entry after the other. */
    @FunctionalInterface
    public interface LeafReader {
        /**
         * @param leaf the entry's bytes
         * @param hash of the leaf, 32 bytes, computed from its bytes
         * @return whether to go on
         */
        boolean read(long position, byte[] leaf, byte[] hash);
    }

    /**
     * The same as {@link #read(long, long, Predicate)}, with the entries as they are stored, and their hashes. The thread that
     * fetches has time to hash.
     */
    public long readLeaves(long first, long last, LeafReader reader) {
        return read(first, last, true, reader);
    }

    private long read(long first, long last, boolean isHashed, LeafReader reader) {
        BlockingQueue<Page> pages = new ArrayBlockingQueue<>(PAGES_AHEAD);
        Thread fetcher = Thread.ofPlatform().daemon().name("entries").start(() -> fetch(first, last, isHashed, pages));
        try {
            long position = first - 1;
            while (true) {
                Page page = pages.take();
                if (page.failure() != null) {
                    throw page.failure();
                }
                for (int i = 0; i < page.leaves().size(); i++) {
                    byte[] hash = isHashed ? page.hashes().get(i) : NOT_HASHED;
                    if (!reader.read(position + 1, page.leaves().get(i), hash)) {
                        return position;
                    }
                    position++;
                }
                if (page.isLast()) {
                    return position;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailable(e);
        } finally {
            // whether or not all was wanted
            fetcher.interrupt();
        }
    }

    /** @param hashes of the leaves, or none */
    private record Page(
            List<byte[]> leaves,
            List<byte[]> hashes,
            boolean isLast,
            @Nullable RuntimeException failure) {
        static Page of(List<byte[]> leaves, boolean isHashed, boolean isLast) {
            List<byte[]> hashes =
                    isHashed ? leaves.stream().map(TreeHash::ofLeaf).toList() : List.of();
            return new Page(leaves, hashes, isLast, null);
        }

        static Page failed(RuntimeException failure) {
            return new Page(List.of(), List.of(), true, failure);
        }
    }

    private void fetch(long first, long last, boolean isHashed, BlockingQueue<Page> pages) {
        try {
            try (Connection connection = dataSource.getConnection()) {
                long _ = Sql.reading(connection, reading -> {
                    try (ResultSet row = Sql.cursor(reading, FETCH, ALL, first, last)) {
                        return fetch(first, row, isHashed, pages);
                    }
                });
            } catch (SQLException e) {
                pages.put(Page.failed(new LogUnavailable(e)));
            } catch (RuntimeException e) {
                pages.put(Page.failed(e));
            } catch (Error e) {
                // out of memory, say: the reader must not wait for ever
                pages.put(Page.failed(new LogUnavailable(e)));
            }
        } catch (InterruptedException e) {
            // nobody reads on
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the position after the last. */
    private static long fetch(long first, ResultSet row, boolean isHashed, BlockingQueue<Page> pages)
            throws SQLException, InterruptedException {
        List<byte[]> leaves = new ArrayList<>(FETCH);
        long next = first;
        while (row.next()) {
            if (row.getLong(1) != next) {
                throw new IllegalStateException("position " + next + " is missing");
            }
            next++;
            leaves.add(row.getBytes(2));
            if (leaves.size() == FETCH) {
                pages.put(Page.of(leaves, isHashed, false));
                leaves = new ArrayList<>(FETCH);
            }
        }
        pages.put(Page.of(leaves, isHashed, true));
        return next;
    }
}
