package org.pupilledger.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.bundle.BundleVerification.Verified;
import org.pupilledger.editions.EditionTables;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.organisation.Placements;
import org.pupilledger.period.By;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.publication.EditionState;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.tables.Table;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;

/**
 * What a later bundle says about an earlier one: whether the log still begins with the same entries, and whether the
 * earlier edition follows from all that has been disclosed since below its position, so that nothing was kept back.
 *
 * @param disclosed   entries up to the earlier edition's position that only the later bundle gives
 * @param stillHidden entries up to that position of which the later bundle has the hashes only
 */
public record Completeness(long disclosed, long stillHidden, List<Break> breaks) {
    public Completeness {
        breaks = breaks.stream().limit(BundleReport.MAX_BREAKS).toList();
    }

    /**
     * Compares two bundles, each of them verified under the same keys with no break. The one of the smaller tree is the earlier
     * one, whatever its edition: an older quarter may be revised later.
     */
    public static Completeness of(BundleVerification one, BundleVerification other) {
        boolean isInOrder =
                one.verified().head().entries() <= other.verified().head().entries();
        return isInOrder
                ? new Comparison(one.verified(), other.verified()).run()
                : new Comparison(other.verified(), one.verified()).run();
    }

    /** In a sentence or two. */
    public String text() {
        return disclosed + " entries below its position were disclosed since, and "
                + (stillHidden == 0
                        ? "nothing below it is hidden any more"
                        : stillHidden + " below it are hashes only, still");
    }

    private static final class Comparison {
        private final Verified earlier;
        private final Verified later;
        private final EventTypes types = EventTypes.current();
        private final Map<FiguresTable.Key, Long> keptBack = new HashMap<>();
        private final Placements placements;
        private long disclosed;
        private long stillHidden;

        Comparison(Verified earlier, Verified later) {
            this.earlier = earlier;
            this.later = later;
            this.placements = later.scan().totals().placements();
        }

        Completeness run() {
            List<Break> breaks = new ArrayList<>();
            long size = earlier.head().entries();
            long different = firstDifferent(size);
            if (different >= 0) {
                breaks.add(new Break(
                        Kind.FORGED,
                        different,
                        "The two bundles have different entries at position " + different
                                + ", each of them signed: keep both, they are the evidence."));
                return new Completeness(0, 0, breaks);
            }
            compareLines();
            breaks.addAll(recompute());
            return new Completeness(disclosed, stillHidden, breaks);
        }

        private long firstDifferent(long size) {
            for (long number = 0; number * Tile.WIDTH < size; number++) {
                byte[] was = hashes(earlier, number);
                byte[] now = hashes(later, number);
                for (int at = 0; at < was.length; at += TreeHash.BYTES) {
                    if (at + TreeHash.BYTES > now.length
                            || !Arrays.equals(was, at, at + TreeHash.BYTES, now, at, at + TreeHash.BYTES)) {
                        return number * Tile.WIDTH + at / TreeHash.BYTES;
                    }
                }
            }
            return -1;
        }

        private static byte[] hashes(Verified of, long number) {
            long rest = of.head().entries() - number * Tile.WIDTH;
            Tile tile = new Tile(0, number, (int) Math.min(Tile.WIDTH, rest));
            byte[] hashes = of.bundle().read(BundleLayout.tile(tile), (long) tile.width() * TreeHash.BYTES);
            return hashes == null ? new byte[0] : hashes;
        }

        private void compareLines() {
            long last = earlier.head().position();
            for (long first = 0; first <= last; first += BundleLayout.LINES) {
                String name = BundleLayout.entries(first / BundleLayout.LINES);
                try (EntryLines was = new EntryLines(earlier.bundle().stream(name));
                        EntryLines now = new EntryLines(later.bundle().stream(name))) {
                    for (long position = first;
                            position <= last && position < first + BundleLayout.LINES && was.next() && now.next();
                            position++) {
                        compare(position, was.entry(), now.entry());
                    }
                } catch (IOException e) {
                    throw new Bundle.Unreadable("The bundle cannot be read any more.");
                }
            }
        }

        private void compare(long position, byte @Nullable [] was, byte @Nullable [] now) {
            if (now == null) {
                stillHidden++;
            } else if (was == null) {
                disclosed++;
                for (Delta.Row row : Delta.of(Leaf.parse(now).event(types)).rows()) {
                    for (By by : List.of(By.MONTH, By.QUARTER)) {
                        row.key()
                                .period()
                                .split(by)
                                .forEach(period -> placements
                                        .chain(row.key().organisation())
                                        .forEach(organisation -> keptBack.putIfAbsent(
                                                new FiguresTable.Key(period, organisation), position)));
                    }
                }
            }
        }

        private List<Break> recompute() {
            EditionState edition = later.sources()
                    .edition(earlier.head().edition())
                    .map(State::state)
                    .orElseThrow(() -> new IllegalStateException("an entry that both bundles give"));
            EditionTables.Made made = later.sources()
                    .make(
                            edition,
                            earlier.revision(),
                            EditionRules.of(earlier.revision().content().rules())
                                    .orElseThrow());
            List<Break> breaks = new ArrayList<>();
            for (Table table : made.document().tables()) {
                TableBreaks comparison = new TableBreaks(
                        table, earlier.head().position(), "the earlier bundle's " + BundleLayout.EDITION, keptBack);
                comparison.compare(earlier.bundle());
                breaks.addAll(comparison.breaks());
            }
            return breaks;
        }
    }
}
