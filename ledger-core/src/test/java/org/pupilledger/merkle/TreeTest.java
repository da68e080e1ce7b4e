package org.pupilledger.merkle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9162, 2.1: roots, ranges and proofs against the definitions and against published values. */
class TreeTest {
    private static final int SIZES = 300;
    private static final ReferenceTree REFERENCE = ReferenceTree.ofSize(SIZES);

    /** The leaves and roots with which implementations of Certificate Transparency are tested. */
    @Test
    void theRootsOfTheKnownLeavesAreThePublishedOnes() {
        CompactRange range = new CompactRange();
        List<String> roots = new ArrayList<>(List.of(hex(range.root())));
        Stream.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
                .map(HexFormat.of()::parseHex)
                .forEach(leaf -> {
                    range.append(TreeHash.ofLeaf(leaf));
                    roots.add(hex(range.root()));
                });

        assertThat(roots)
                .containsExactly(
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    @Test
    void everyRootIsTheOneOfTheDefinitionHoweverTheTreeWasReached() {
        CompactRange range = new CompactRange();
        for (int size = 0; size <= SIZES; size++) {
            assertThat(range.size()).isEqualTo(size);
            assertThat(range.root()).isEqualTo(REFERENCE.root(size));
            assertThat(new CompactRange(size, range.hashes()).root()).isEqualTo(REFERENCE.root(size));
            TileTree tree = tree(size);
            assertThat(tree.root()).isEqualTo(REFERENCE.root(size));
            assertThat(tree.range().hashes()).containsExactlyElementsOf(range.hashes());
            if (size < SIZES) {
                range = new CompactRange(size, range.hashes());
                range.append(REFERENCE.leafHash(size));
            }
        }
    }

    @Test
    void aGrowingTreeHasTheRootsOfTheRangeAndHandsOutEachTileThatBecomesFull() {
        Map<Tile, byte[]> tiles = new HashMap<>();
        GrowingTree.FullTiles full =
                (level, number, hashes) -> assertThat(tiles.put(new Tile(level, number, Tile.WIDTH), hashes.clone()))
                        .isNull();
        CompactRange range = new CompactRange();
        GrowingTree one = new GrowingTree(full);
        GrowingTree byTiles = new GrowingTree((level, number, hashes) -> {});
        byte[] tile = new byte[Tile.BYTES];
        while (range.size() < Tile.WIDTH * Tile.WIDTH + 300) {
            byte[] leaf = TreeHash.ofLeaf(Long.toString(range.size()).getBytes(StandardCharsets.US_ASCII));
            System.arraycopy(leaf, 0, tile, (int) (range.size() % Tile.WIDTH) * TreeHash.BYTES, TreeHash.BYTES);
            range.append(leaf);
            one.append(leaf);
            if (range.size() % Tile.WIDTH == 0) {
                byTiles.appendTile(tile, TreeHash.ofTile(tile));
                assertThat(byTiles.root()).isEqualTo(range.root());
                assertThat(byTiles.partials()).containsExactlyElementsOf(one.partials());
            }
            if (range.size() % 97 == 0) {
                assertThat(one.root()).isEqualTo(range.root());
                one = new GrowingTree(one.size(), one.partials(), full);
                assertThat(one.root()).isEqualTo(range.root());
            }
        }
        long size = one.size();
        for (int level = 0; level < Tile.levels(size); level++) {
            tiles.put(Tile.of(level, Tile.full(level, size), size), one.partial(level));
        }
        assertThat(tiles.keySet())
                .containsExactlyInAnyOrderElementsOf(Tile.ofTree(size).toList());
        TileTree tree = new TileTree(size, it -> requireNonNull(tiles.get(it)));
        assertThat(tree.root()).isEqualTo(range.root());
        assertThat(tree.first(70).root())
                .isEqualTo(new TileTree(
                                70,
                                it -> Arrays.copyOf(
                                        tiles.get(new Tile(it.level(), it.number(), Tile.WIDTH)), 70 * TreeHash.BYTES))
                        .root());
    }

    @Test
    void everyInclusionProofOfTheDefinitionHoldsAndTilesGiveTheSame() {
        for (int size = 1; size <= SIZES; size++) {
            TileTree tree = tree(size);
            byte[] root = REFERENCE.root(size);
            for (int index = 0; index < size; index++) {
                List<byte[]> proof = REFERENCE.inclusionProof(index, size);
                if (!Proofs.isIncluded(REFERENCE.leafHash(index), index, size, proof, root)
                        || (isReadThroughTiles(index, size) && !isSame(tree.inclusionProof(index), proof))) {
                    throw new AssertionError("leaf " + index + " of " + size);
                }
            }
        }
    }

    @Test
    void everyConsistencyProofOfTheDefinitionHoldsAndTilesGiveTheSame() {
        for (int size = 0; size <= SIZES; size++) {
            TileTree tree = tree(size);
            byte[] root = REFERENCE.root(size);
            for (int from = 0; from <= size; from++) {
                List<byte[]> proof = REFERENCE.consistencyProof(from, size);
                if (!Proofs.isConsistent(from, REFERENCE.root(from), size, root, proof)
                        || (isReadThroughTiles(from, size) && !isSame(tree.consistencyProof(from), proof))) {
                    throw new AssertionError("from " + from + " to " + size);
                }
            }
        }
    }

    /** A proof costs as many hashes as its tiles have: all where trees are small or begin a tile, then one in eleven. */
    private static boolean isReadThroughTiles(int index, int size) {
        return size <= 130 || (size > 254 && size < 259) || size == SIZES || (index + size) % 11 == 0;
    }

    /** Where tiles and their levels begin and end. */
    @Test
    void proofsOfTreesOfManyTilesHoldAndReadOnlyTilesOfTheTreeAndEachOnce() {
        int[] sizes = {1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 65_792, 70_000};
        List<byte[]> leafHashes = IntStream.range(0, 70_000)
                .mapToObj(i -> TreeHash.ofLeaf(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)}))
                .toList();
        MemoryTiles tiles = new MemoryTiles(leafHashes, sizes);
        byte[][] roots = new byte[sizes.length][];
        CompactRange range = new CompactRange();
        for (int s = 0; s < sizes.length; s++) {
            leafHashes.subList((int) range.size(), sizes[s]).forEach(range::append);
            roots[s] = range.root();
        }
        for (int s = 0; s < sizes.length; s++) {
            int size = sizes[s];
            assertThat(new TileTree(size, tiles.at(size)).root()).isEqualTo(roots[s]);
            for (int index : Stream.of(
                            0, 1, 254, 255, 256, 257, 65_279, 65_535, 65_536, 69_887, 69_888, size / 3, size - 1)
                    .filter(index -> index < size)
                    .toList()) {
                byte[] leafHash = new TileTree(size, tiles.at(size)).leafHash(index);
                assertThat(leafHash).isEqualTo(leafHashes.get(index));
                List<byte[]> proof = new TileTree(size, tiles.at(size)).inclusionProof(index);
                assertThat(Proofs.isIncluded(leafHash, index, size, proof, roots[s]))
                        .isTrue();
            }
            for (int older = 0; older <= s; older++) {
                List<byte[]> proof = new TileTree(size, tiles.at(size)).consistencyProof(sizes[older]);
                assertThat(Proofs.isConsistent(sizes[older], roots[older], size, roots[s], proof))
                        .isTrue();
            }
        }
    }

    /** All leaves are equal, so every complete subtree of a height is. */
    @ParameterizedTest
    @ValueSource(longs = {1L << 40, (1L << 40) - 1, (1L << 40) + 12_345, 987_654_321_987L, 1L << 62, Long.MAX_VALUE})
    void treesFarLargerThanAnyMemoryAreReadAsWell(long size) {
        byte[][] ofHeight = new byte[Long.SIZE][];
        ofHeight[0] = TreeHash.ofLeaf(new byte[] {7});
        for (int height = 1; height < Long.SIZE; height++) {
            ofHeight[height] = TreeHash.ofNode(ofHeight[height - 1], ofHeight[height - 1]);
        }
        TileSource source = tile -> {
            long hashes = size >> (Tile.HEIGHT * tile.level());
            long width = Math.min(Tile.WIDTH, hashes - tile.number() * Tile.WIDTH);
            assertThat((long) tile.width()).isEqualTo(width);
            byte[] hash = ofHeight[Tile.HEIGHT * tile.level()];
            return MemoryTiles.concat(Collections.nCopies(tile.width(), hash));
        };
        Random random = new Random(size);
        TileTree tree = new TileTree(size, source);
        byte[] root = range(size, ofHeight).root();

        assertThat(tree.root()).isEqualTo(root);
        for (long index : new long[] {0, size / 2, size - 2, size - 1, random.nextLong(size), random.nextLong(size)}) {
            assertThat(Proofs.isIncluded(ofHeight[0], index, size, tree.inclusionProof(index), root))
                    .isTrue();
            long from = index + 1;
            assertThat(Proofs.isConsistent(from, range(from, ofHeight).root(), size, root, tree.consistencyProof(from)))
                    .isTrue();
        }
    }

    private static CompactRange range(long size, byte[][] ofHeight) {
        List<byte[]> hashes = new ArrayList<>();
        for (int height = Long.SIZE - 2; height >= 0; height--) {
            if ((size >> height & 1) == 1) {
                hashes.add(ofHeight[height]);
            }
        }
        return new CompactRange(size, hashes);
    }

    @Test
    void whatIsOutsideTheTreeIsRefused() {
        TileTree tree = tree(5);

        for (long index : new long[] {-1, 5, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tree.inclusionProof(index));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tree.leafHash(index));
        }
        for (long from : new long[] {-1, 6, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tree.consistencyProof(from));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new TileTree(-1, tile -> new byte[0]));
    }

    @Test
    void aTileOfAnotherLengthIsNotReadAndAFailingSourceIsHeard() {
        assertThatIllegalStateException().isThrownBy(() -> new TileTree(5, tile -> new byte[6 * 32]).root());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> new TileTree(5, tile -> {
                            throw new UnsupportedOperationException();
                        })
                        .root());
    }

    @Test
    void aRangeThatDoesNotFitItsSizeIsRefused() {
        byte[] hash = new byte[TreeHash.BYTES];
        List<Runnable> misfits = List.of(
                () -> new CompactRange(-1, List.of()),
                () -> new CompactRange(0, List.of(hash)),
                () -> new CompactRange(5, List.of(hash)),
                () -> new CompactRange(5, List.of(hash, hash, hash)),
                () -> new CompactRange(5, List.of(hash, new byte[31])),
                () -> new CompactRange().append(new byte[33]),
                () -> TreeHash.ofNode(hash, new byte[31]),
                () -> TreeHash.ofNode(new byte[0], hash));

        for (Runnable misfit : misfits) {
            assertThatIllegalArgumentException().isThrownBy(misfit::run);
        }
        CompactRange full = new CompactRange(Long.MAX_VALUE, Collections.nCopies(63, hash));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> full.append(hash));
        assertThat(full.size()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aRangeKeepsNoArrayThatOthersHold() {
        byte[] leafHash = TreeHash.ofLeaf(new byte[0]);
        CompactRange range = new CompactRange();
        range.append(leafHash);
        byte[] root = range.root();
        leafHash[0] ^= 1;
        range.root()[1] ^= 1;
        range.hashes().getFirst()[2] ^= 1;

        assertThat(range.root()).isEqualTo(root).isEqualTo(TreeHash.ofLeaf(new byte[0]));
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what a caller without checks may do
    void aHashThatFailedDoesNotSpoilTheNext() {
        byte[] before = TreeHash.ofLeaf(new byte[] {1});
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> TreeHash.ofLeaf(null));

        assertThat(TreeHash.ofLeaf(new byte[] {1})).isEqualTo(before);
    }

    private static TileTree tree(int size) {
        Map<Tile, byte[]> tiles = tiles(size);
        return new TileTree(size, tile -> requireNonNull(tiles.get(tile)));
    }

    private static Map<Tile, byte[]> tiles(int size) {
        return Tile.ofTree(size).collect(Collectors.toMap(tile -> tile, tile -> {
            List<byte[]> hashes = new ArrayList<>();
            for (int i = 0; i < tile.width(); i++) {
                int from = (int) (tile.number() * Tile.WIDTH) + i;
                hashes.add(tile.level() == 0 ? REFERENCE.leafHash(from) : REFERENCE.root(Tile.WIDTH));
            }
            return MemoryTiles.concat(hashes);
        }));
    }

    private static boolean isSame(List<byte[]> some, List<byte[]> others) {
        return Arrays.deepEquals(some.toArray(), others.toArray());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
