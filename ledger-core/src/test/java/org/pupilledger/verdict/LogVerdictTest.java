package org.pupilledger.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;

/** The verdict on a log whose entries are told one after the other. */
class LogVerdictTest {
    private static final int SIZE = 600;
    private static final int[] POSITIONS = {0, 1, 255, 256, 511, 512, SIZE - 1};

    private final Map<Tile, byte[]> tiles = new HashMap<>();
    private final Checkpoint signed =
            new Checkpoint("example.org/log", SIZE, tree(SIZE).root(), List.of());

    /** Leaves its tiles behind. */
    private GrowingTree tree(int size) {
        GrowingTree tree = new GrowingTree(
                (level, number, hashes) -> tiles.put(new Tile(level, number, Tile.WIDTH), hashes.clone()));
        entries(size).forEach(entry -> tree.append(TreeHash.ofLeaf(entry)));
        for (int level = 0; level < Tile.levels(size); level++) {
            if (Tile.edgeWidth(level, size) > 0) {
                tiles.put(Tile.of(level, Tile.full(level, size), size), tree.partial(level));
            }
        }
        return tree;
    }

    private static List<byte[]> entries(int count) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(("entry " + i).getBytes(UTF_8));
        }
        return entries;
    }

    private LogVerdict begun(int before, List<byte[]> partials) {
        return new LogVerdict(tile -> tiles.getOrDefault(tile, new byte[0]), signed, before, partials);
    }

    private boolean isSound(List<byte[]> entries) {
        LogVerdict verdict = begun(0, List.of());
        for (int i = 0; i < entries.size(); i++) {
            assertThat(verdict.add(i, entries.get(i))).isEqualTo(TreeHash.ofLeaf(entries.get(i)));
        }
        return verdict.isSound();
    }

    @Test
    void whatFollowsTheLastSignedEntryChangesNothing() {
        assertThat(isSound(entries(SIZE))).isTrue();
        assertThat(isSound(entries(SIZE + 1))).isTrue();
        assertThat(isSound(entries(SIZE - 1))).isFalse();
    }

    @Test
    void anEntryThatIsAnotherOrMissingOrTooManyIsNotWhatWasSigned() {
        for (int position : POSITIONS) {
            List<byte[]> changed = entries(SIZE);
            changed.set(position, "another".getBytes(UTF_8));
            assertThat(isSound(changed)).as("changed %s", position).isFalse();
            List<byte[]> without = entries(SIZE + 1);
            without.remove(position);
            assertThat(isSound(without)).as("without %s", position).isFalse();
            List<byte[]> more = entries(SIZE);
            more.add(position, "another".getBytes(UTF_8));
            assertThat(isSound(more)).as("more at %s", position).isFalse();
        }
    }

    @Test
    void aPositionThatIsPassedOverOrToldTwiceIsNotWhatWasSigned() {
        for (int step : new int[] {-1, 1}) {
            LogVerdict verdict = begun(0, List.of());
            List<byte[]> entries = entries(SIZE);
            for (int i = 0; i < SIZE; i++) {
                verdict.add(i < SIZE / 2 ? i : i + step, entries.get(i));
            }
            assertThat(verdict.isSound()).isFalse();
        }
    }

    @Test
    void aTileOfAnyLevelThatIsAnotherOrMissingIsNotWhatWasSigned() {
        for (Tile tile : List.copyOf(tiles.keySet())) {
            byte[] right = requireNonNull(tiles.remove(tile));
            assertThat(isSound(entries(SIZE))).as("without %s", tile).isFalse();
            byte[] wrong = right.clone();
            wrong[wrong.length - 1] ^= 1;
            tiles.put(tile, wrong);
            assertThat(isSound(entries(SIZE))).as("another %s", tile).isFalse();
            tiles.put(tile, right);
        }
        assertThat(isSound(entries(SIZE))).isTrue();
    }

    @Test
    void whoWasAtSomeEntryGoesOnFromThere() {
        for (int before : POSITIONS) {
            LogVerdict verdict = begun(before, tree(before).partials());
            List<byte[]> entries = entries(SIZE);
            for (int i = before; i < SIZE; i++) {
                verdict.add(i, entries.get(i));
            }
            assertThat(verdict.isSound()).as("from %s on", before).isTrue();
        }
    }
}
