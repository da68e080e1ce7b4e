package org.pupilledger.verdict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TileSource;
import org.pupilledger.merkle.TreeHash;

/**
 * Whether a log is what a checkpoint says. It is where each entry that is given has the hash that the tile of its place
 * gives, where each tile is the one over those below it, and where the root over all of them is the one that was signed.
 * Whose signature it is, has to be asked before; what was done to a log that is something else, afterwards.
 *
 * <p>Goes through the log once. Parts of it are read side by side; what they give is put together in their order.
 */
public final class LogVerdict {
    /** Entries in a part, but for the last one: those of 16 tiles. */
    public static final int PART = 16 * Tile.WIDTH;

    private static final int AHEAD = 4;

    /** As many tiles missing, and the verdict is no without looking further: a size alone costs nothing to claim. */
    private static final int MAX_MISSING = 1_000;

    private final Checkpoint checkpoint;
    private final TileComparison ofEntries;
    private final TileComparison ofTiles;
    private final List<Tile> missing = new ArrayList<>();
    private boolean isDifferent;

    /**
     * What else is made of the entries.
     *
     * @param <P> takes the entries of one part
     */
    public interface Reading<P extends LogSource.EntryReader> {
        /** Begins a part, on the thread that reads it. */
        P begin();

        /** Takes the parts in their order. */
        void end(P part, int entries);
    }

    /** Nothing is made of the entries; it is only told how many were gone through. */
    public static Reading<LogSource.EntryReader> counting(LongConsumer done) {
        return new Reading<>() {
            private long count;

            @Override
            public LogSource.EntryReader begin() {
                return (position, entry) -> {};
            }

            @Override
            public void end(LogSource.EntryReader part, int entries) {
                count += entries;
                done.accept(count);
            }
        };
    }

    /**
     * Is told the entries one after the other, where they are read once and something else is found out about them as well.
     *
     * @param tiles      no hashes for one that is missing or has another length
     * @param checkpoint opened by who asks; of no fewer entries than were judged before
     * @param before     entries that were judged before
     * @param begun      what {@link GrowingTree#partials} gave for their tree
     */
    public LogVerdict(TileSource tiles, Checkpoint checkpoint, long before, List<byte[]> begun) {
        this(tiles, 0, checkpoint, before, begun);
    }

    private LogVerdict(TileSource tiles, int lowest, Checkpoint checkpoint, long before, List<byte[]> begun) {
        this.checkpoint = checkpoint;
        this.ofEntries = new TileComparison(tiles, lowest, before, begun);
        this.ofTiles = new TileComparison(tiles, lowest, before, begun);
    }

    /**
     * Takes the next entry; what the checkpoint does not cover changes nothing.
     *
     * @return its hash
     */
    public byte[] add(long position, byte[] entry) {
        byte[] hash = TreeHash.ofLeaf(entry);
        if (position < checkpoint.size() && !isDifferent) {
            GrowingTree tree = ofEntries.tree();
            isDifferent = position != tree.size();
            tree.append(hash);
            if (tree.size() == checkpoint.size()) {
                ofEntries.finish();
            }
        }
        return hash;
    }

    /**
     * Goes through a log.
     *
     * @param checkpoint opened by who asks
     * @throws VerificationStopped where this thread is interrupted
     */
    public static <P extends LogSource.EntryReader> LogVerdict of(
            LogSource source, Checkpoint checkpoint, Reading<P> reading) {
        LogVerdict verdict = new LogVerdict(source.tiles(), 1, checkpoint, 0, List.of());
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                run -> Thread.ofPlatform().daemon().name("verdict").unstarted(run));
        try {
            verdict.run(source, checkpoint.size(), reading, threads);
        } finally {
            threads.shutdownNow();
        }
        return verdict;
    }

    private <P extends LogSource.EntryReader> void run(
            LogSource source, long size, Reading<P> reading, ExecutorService threads) {
        Deque<Future<Part<P>>> ahead = new ArrayDeque<>();
        long next = 0;
        while (next < size || !ahead.isEmpty()) {
            if (missing.size() > MAX_MISSING) {
                return;
            }
            while (next < size && ahead.size() < AHEAD) {
                long first = next;
                ahead.add(threads.submit(() -> new Part<>(source, first, size, reading.begin()).read()));
                next += Math.min(PART, size - first);
            }
            Part<P> part = finished(ahead.remove());
            part.addTo(this);
            reading.end(part.reader, part.count);
        }
        ofEntries.finish();
        ofTiles.finish();
    }

    private static <T> T finished(Future<T> part) {
        try {
            return part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerificationStopped();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("entries cannot be read", e);
        }
    }

    /** Some entries with the tiles of their hashes. */
    private static final class Part<P extends LogSource.EntryReader> {
        private final LogSource source;
        private final long first;
        private final long size;
        private final P reader;
        private final int count;
        private final byte[] hashes;
        private final byte[] tiles;
        private final List<byte[]> roots = new ArrayList<>();
        private final List<byte[]> tileRoots = new ArrayList<>();
        private final List<Tile> missing = new ArrayList<>();
        private boolean isDifferent;

        Part(LogSource source, long first, long size, P reader) {
            this.source = source;
            this.first = first;
            this.size = size;
            this.reader = reader;
            this.count = (int) Math.min(PART, size - first);
            this.hashes = new byte[count * TreeHash.BYTES];
            this.tiles = new byte[count * TreeHash.BYTES];
        }

        /** Hashes too, since that is most of the work. */
        Part<P> read() {
            for (int at = 0; at < count; at += Tile.WIDTH) {
                Tile tile = Tile.of(0, (first + at) / Tile.WIDTH, size);
                byte[] there = source.hashes(tile);
                if (there == null) {
                    missing.add(tile);
                } else {
                    System.arraycopy(there, 0, tiles, at * TreeHash.BYTES, there.length);
                }
            }
            if (!source.hasEntries()) {
                System.arraycopy(tiles, 0, hashes, 0, tiles.length);
            } else if (!source.entries(first, count, this::add)) {
                isDifferent = true;
            }
            for (int at = 0; at + Tile.WIDTH <= count; at += Tile.WIDTH) {
                byte[] ofEntries = slice(hashes, at, Tile.WIDTH);
                byte[] ofTile = slice(tiles, at, Tile.WIDTH);
                roots.add(TreeHash.ofTile(ofEntries));
                tileRoots.add(Arrays.equals(ofEntries, ofTile) ? roots.getLast() : TreeHash.ofTile(ofTile));
            }
            return this;
        }

        private void add(long position, byte @Nullable [] entry) {
            int at = (int) (position - first) * TreeHash.BYTES;
            byte[] hash = entry == null ? Arrays.copyOfRange(tiles, at, at + TreeHash.BYTES) : TreeHash.ofLeaf(entry);
            System.arraycopy(hash, 0, hashes, at, TreeHash.BYTES);
            isDifferent |= !Arrays.equals(hash, 0, TreeHash.BYTES, tiles, at, at + TreeHash.BYTES);
            reader.add(position, entry);
        }

        private static byte[] slice(byte[] hashes, int from, int length) {
            return Arrays.copyOfRange(hashes, from * TreeHash.BYTES, (from + length) * TreeHash.BYTES);
        }

        void addTo(LogVerdict verdict) {
            verdict.missing.addAll(missing);
            verdict.isDifferent |= isDifferent;
            addTo(verdict.ofEntries.tree(), hashes, roots);
            addTo(verdict.ofTiles.tree(), tiles, tileRoots);
        }

        private void addTo(GrowingTree tree, byte[] leaves, List<byte[]> known) {
            for (int i = 0; i < known.size(); i++) {
                tree.appendTile(slice(leaves, i * Tile.WIDTH, Tile.WIDTH), known.get(i));
            }
            for (int i = known.size() * Tile.WIDTH; i < count; i++) {
                tree.append(slice(leaves, i, 1));
            }
        }
    }

    /** Whether all is as it was signed. */
    public boolean isSound() {
        return !isDifferent && missing.isEmpty() && ofEntries.others().isEmpty() && areEntriesRight();
    }

    /** Whether the entries give the root that was signed, whatever the tiles are. */
    public boolean areEntriesRight() {
        return Arrays.equals(ofEntries.root(), checkpoint.root());
    }

    /** Whether the tiles of level 0 give the root that was signed, whatever the entries are. */
    public boolean areTilesRight() {
        return missing.isEmpty() && Arrays.equals(ofTiles.root(), checkpoint.root());
    }

    /** Whether an entry has not the hash that the tile of its place gives, or there are more or fewer of them. */
    public boolean isDifferent() {
        return isDifferent;
    }

    /** Tiles of level 0 that are missing or have another length; after some thousand no more were looked for. */
    public List<Tile> missing() {
        return missing;
    }

    /** The tree over the entries; of a hidden one the hash in the tile counts. */
    public TileComparison ofEntries() {
        return ofEntries;
    }

    /** The tree over the tiles of level 0. */
    public TileComparison ofTiles() {
        return ofTiles;
    }
}
