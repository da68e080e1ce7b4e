package org.pupilledger.bundle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.Entry;
import org.pupilledger.figures.Totals;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.verdict.Break;

/**
 * Goes through all entries of a bundle once: hashes them, compares them with the tiles and the tiles with the root that
 * was signed, and adds up what they mean. Files of entries are looked at side by side; what they give is put together in
 * their order.
 */
final class EntryScan {
    private static final int AHEAD = 4;

    private final Bundle bundle;
    private final long size;
    private final EventTypes types = EventTypes.current();
    private final Above ofEntries = new Above();
    private final Above ofTiles = new Above();
    private final List<Tile> badTiles = new ArrayList<>();
    private final Totals totals = new Totals();
    private final List<Entry> seldom = new ArrayList<>();
    private long given;
    private boolean isDifferent;
    private @Nullable Long unreadable;
    private @Nullable Long hidden;

    private EntryScan(Bundle bundle, long size) {
        this.bundle = bundle;
        this.size = size;
    }

    static EntryScan of(Bundle bundle, long size) {
        EntryScan scan = new EntryScan(bundle, size);
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                run -> Thread.ofPlatform().daemon().name("bundle").unstarted(run));
        try {
            scan.run(threads);
        } finally {
            threads.shutdownNow();
        }
        return scan;
    }

    private void run(ExecutorService threads) {
        Deque<Future<EntryPart>> ahead = new ArrayDeque<>();
        long next = 0;
        long parts = BundleLayout.parts(size);
        while (next < parts || !ahead.isEmpty()) {
            while (next < parts && ahead.size() < AHEAD) {
                long part = next++;
                ahead.add(threads.submit(() -> EntryPart.read(bundle, part, size)));
            }
            add(finished(ahead.remove()));
        }
    }

    private static EntryPart finished(Future<EntryPart> part) {
        try {
            return part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                throw new Bundle.Unreadable(Bundle.Unreadable.NO_MEMORY);
            }
            throw new IllegalStateException("entries cannot be read", e.getCause());
        }
    }

    private void add(EntryPart part) {
        part.addTo(ofEntries.tree, ofTiles.tree);
        badTiles.addAll(part.badTiles());
        part.totals().months().forEach(totals::add);
        for (Entry entry : part.seldom()) {
            if (entry.leaf().event(types) instanceof OrganisationEvent event) {
                totals.add(event);
            }
            seldom.add(entry);
        }
        given += part.given();
        isDifferent |= part.isDifferent();
        unreadable = unreadable == null ? part.unreadable() : unreadable;
        hidden = hidden == null ? part.hidden() : hidden;
    }

    /** Of all entries that are given. */
    Totals totals() {
        return totals;
    }

    /** Entries of all but requests, in order. */
    List<Entry> seldom() {
        return seldom;
    }

    long given() {
        return given;
    }

    /** Position of the first entry of which only the hash is given; null for none. */
    @Nullable
    Long hidden() {
        return hidden;
    }

    /**
     * What is not as it was signed.
     *
     * @param root of the checkpoint
     */
    List<Break> breaks(byte[] root) {
        boolean areEntriesRight = !isDifferent && Arrays.equals(ofEntries.tree.root(), root);
        boolean areTilesRight = badTiles.isEmpty() && Arrays.equals(ofTiles.tree.root(), root);
        List<Break> breaks = new ArrayList<>();
        if (isDifferent && (areTilesRight || !Arrays.equals(ofEntries.tree.root(), root))) {
            breaks.addAll(new EntryDifference(bundle, size).find());
        }
        if (!areTilesRight || !areEntriesRight) {
            breaks.addAll(ofTiles(root));
        }
        if (breaks.isEmpty()) {
            ofEntries.others().forEach(other -> breaks.add(changed(other.tile())));
        }
        if (breaks.isEmpty() && !areEntriesRight) {
            breaks.add(new Break(
                    Break.Kind.FORGED,
                    size - 1,
                    "The entries and tiles give another root hash than the checkpoint of " + size + " entries."));
        }
        if (breaks.isEmpty() && unreadable != null) {
            breaks.add(new Break(
                    Break.Kind.CHANGED,
                    unreadable,
                    "The entry at position " + unreadable + " is none that this version of the verifier can read."));
        }
        return breaks;
    }

    /** Tiles of level 0 that do not belong to the root, as far as they can be told from entries that do. */
    private List<Break> ofTiles(byte[] root) {
        List<Break> breaks = new ArrayList<>();
        for (Tile tile : badTiles) {
            breaks.add(changed(tile));
        }
        boolean isProved = Arrays.equals(ofEntries.tree.root(), root);
        if (breaks.isEmpty() && isProved && isDifferent) {
            new EntryDifference(bundle, size).tiles().forEach(tile -> breaks.add(changed(tile)));
        }
        if (breaks.isEmpty() && !isProved && !isDifferent) {
            // an entry and its hash were changed together, or a hash of which no entry is given
            breaks.addAll(under(ofTiles));
        }
        return breaks;
    }

    /** A tree that is computed, beside the tiles above level 0. */
    private final class Above {
        private final GrowingTree tree = new GrowingTree((level, number, hashes) -> {
            if (level > 0) {
                compare(new Tile(level, number, Tile.WIDTH), hashes);
            }
        });
        private final List<Other> others = new ArrayList<>();

        private void compare(Tile tile, byte[] hashes) {
            byte[] content = bundle.read(BundleLayout.tile(tile), hashes.length);
            if (!Arrays.equals(hashes, content) && others.size() < BundleReport.MAX_BREAKS) {
                others.add(new Other(tile, hashes.clone(), content));
            }
        }

        /** All that are not what the tree says, the lower ones first. */
        List<Other> others() {
            for (int level = 1; level < Tile.levels(size); level++) {
                if (Tile.edgeWidth(level, size) > 0) {
                    compare(Tile.of(level, Tile.full(level, size), size), tree.partial(level));
                }
            }
            others.sort(Comparator.comparingInt(other -> other.tile().level()));
            return others;
        }
    }

    /** A tile as it should be and as it is; null where it is missing or longer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Other(Tile tile, byte[] computed, byte @Nullable [] content) {
        /** Of each of its hashes that is another, the first position that it is about. */
        LongStream different() {
            byte[] there = content == null ? new byte[0] : content;
            return IntStream.range(0, Math.min(there.length, computed.length) / TreeHash.BYTES)
                    .filter(i -> !Arrays.equals(
                            computed,
                            i * TreeHash.BYTES,
                            (i + 1) * TreeHash.BYTES,
                            there,
                            i * TreeHash.BYTES,
                            (i + 1) * TreeHash.BYTES))
                    .mapToLong(i -> (tile.number() * Tile.WIDTH + i) * Tile.WIDTH);
        }
    }

    /** Tiles of level 0 whose root is not what the tile above says. */
    private static List<Break> under(Above computed) {
        return computed.others().stream()
                .filter(other -> other.tile().level() == 1)
                .flatMapToLong(Other::different)
                .mapToObj(first -> new Break(
                        Break.Kind.CHANGED,
                        first,
                        "A hash at one of the positions " + first + " to " + (first + Tile.WIDTH - 1)
                                + " is not what was signed: an entry was changed and its hash with it."))
                .toList();
    }

    private static Break changed(Tile tile) {
        long first = tile.firstPosition();
        return new Break(
                Break.Kind.CHANGED,
                first,
                BundleLayout.tile(tile) + ", from position " + first + " on, is not what was signed.");
    }
}
