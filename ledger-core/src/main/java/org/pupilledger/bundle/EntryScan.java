package org.pupilledger.bundle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.Entry;
import org.pupilledger.figures.Totals;
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
    private final HashTree ofEntries = new HashTree();
    private final HashTree ofTiles = new HashTree();
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
        part.addTo(ofEntries, ofTiles);
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
        boolean areEntriesRight = !isDifferent && Arrays.equals(ofEntries.root(), root);
        boolean areTilesRight = badTiles.isEmpty() && Arrays.equals(ofTiles.root(), root);
        List<Break> breaks = new ArrayList<>();
        if (isDifferent && (areTilesRight || !Arrays.equals(ofEntries.root(), root))) {
            breaks.addAll(new EntryDifference(bundle, size).find());
        }
        if (!areTilesRight || !areEntriesRight) {
            breaks.addAll(ofTiles(root));
        }
        if (breaks.isEmpty()) {
            breaks.addAll(aboveTheFirst(ofEntries));
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
        boolean isProved = Arrays.equals(ofEntries.root(), root);
        if (breaks.isEmpty() && isProved && isDifferent) {
            new EntryDifference(bundle, size).tiles().forEach(tile -> breaks.add(changed(tile)));
        }
        if (breaks.isEmpty() && !isProved && !isDifferent) {
            // an entry and its hash were changed together, or a hash of which no entry is given
            breaks.addAll(under(ofTiles));
        }
        return breaks;
    }

    /** Tiles of level 0 whose root is not what the tile above says. */
    private List<Break> under(HashTree computed) {
        List<Break> breaks = new ArrayList<>();
        byte[] level = computed.level(1);
        for (Tile tile : Tile.ofTree(size).filter(one -> one.level() == 1).toList()) {
            byte[] content = bundle.read(BundleLayout.tile(tile), (long) tile.width() * TreeHash.BYTES);
            for (int i = 0; content != null && i < content.length / TreeHash.BYTES; i++) {
                long number = tile.number() * Tile.WIDTH + i;
                int at = (int) number * TreeHash.BYTES;
                if (!Arrays.equals(
                        level, at, at + TreeHash.BYTES, content, i * TreeHash.BYTES, (i + 1) * TreeHash.BYTES)) {
                    long first = number * Tile.WIDTH;
                    breaks.add(new Break(
                            Break.Kind.CHANGED,
                            first,
                            "A hash at one of the positions " + first + " to " + (first + Tile.WIDTH - 1)
                                    + " is not what was signed: an entry was changed and its hash with it."));
                }
            }
        }
        return breaks;
    }

    /** Tiles above level 0 that are not what the leaves give. */
    private List<Break> aboveTheFirst(HashTree computed) {
        List<Break> breaks = new ArrayList<>();
        byte[] expected = {};
        int level = 0;
        for (Tile tile : Tile.ofTree(size).filter(one -> one.level() > 0).toList()) {
            if (tile.level() != level) {
                level = tile.level();
                expected = computed.level(level);
            }
            int from = (int) tile.number() * Tile.WIDTH * TreeHash.BYTES;
            int length = tile.width() * TreeHash.BYTES;
            byte[] content = bundle.read(BundleLayout.tile(tile), length);
            if (content == null || !Arrays.equals(content, Arrays.copyOfRange(expected, from, from + length))) {
                breaks.add(changed(tile));
            }
        }
        return breaks;
    }

    private static Break changed(Tile tile) {
        long first = (tile.number() * Tile.WIDTH) << (Byte.SIZE * tile.level());
        return new Break(
                Break.Kind.CHANGED,
                first,
                BundleLayout.tile(tile) + ", from position " + first + " on, is not what was signed.");
    }
}
