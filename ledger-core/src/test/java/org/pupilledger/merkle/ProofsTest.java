package org.pupilledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A proof that is not exactly the one is refused, whatever is wrong with it. */
class ProofsTest {
    private static final int SIZES = 40;
    private static final int MUTATIONS = 500_000;
    private static final ReferenceTree REFERENCE = ReferenceTree.ofSize(SIZES);
    private static final byte[] EMPTY = TreeHash.ofEmptyTree();

    @Test
    void noneOfHalfAMillionMutationsOfInclusionProofsHolds() {
        Random random = new Random(9162);
        for (int i = 0; i < MUTATIONS; i++) {
            int size = 1 + random.nextInt(SIZES);
            int index = random.nextInt(size);
            byte[] leafHash = REFERENCE.leafHash(index);
            byte[] root = REFERENCE.root(size);
            List<byte[]> proof = REFERENCE.inclusionProof(index, size);
            int kind = random.nextInt(5);
            boolean holds = switch (kind) {
                case 0 -> Proofs.isIncluded(flipped(leafHash, random), index, size, proof, root);
                case 1 -> Proofs.isIncluded(leafHash, index, size, proof, flipped(root, random));
                case 2 -> Proofs.isIncluded(leafHash, index, size, mutated(proof, random), root);
                case 3 -> Proofs.isIncluded(leafHash, other(index, random), size, proof, root);
                default -> {
                    long another = other(size, random);
                    // the root does not tell the size; the checkpoint, which is signed, tells both
                    yield Proofs.isIncluded(leafHash, index, another, proof, root)
                            && !(index < another
                                    && ReferenceTree.shape(index, another).equals(ReferenceTree.shape(index, size)));
                }
            };
            if (holds) {
                throw new AssertionError("mutation " + kind + " of leaf " + index + " of " + size);
            }
        }
    }

    @Test
    void noneOfHalfAMillionMutationsOfConsistencyProofsHolds() {
        Random random = new Random(6962);
        for (int i = 0; i < MUTATIONS; i++) {
            int to = 2 + random.nextInt(SIZES - 1);
            int from = 1 + random.nextInt(to - 1);
            byte[] fromRoot = REFERENCE.root(from);
            byte[] toRoot = REFERENCE.root(to);
            List<byte[]> proof = REFERENCE.consistencyProof(from, to);
            int kind = random.nextInt(6);
            boolean holds = switch (kind) {
                case 0 -> Proofs.isConsistent(from, flipped(fromRoot, random), to, toRoot, proof);
                case 1 -> Proofs.isConsistent(from, fromRoot, to, flipped(toRoot, random), proof);
                case 2 -> Proofs.isConsistent(from, fromRoot, to, toRoot, mutated(proof, random));
                case 3 -> Proofs.isConsistent(from, toRoot, to, fromRoot, proof);
                case 4 -> {
                    long another = other(from, random);
                    yield Proofs.isConsistent(another, fromRoot, to, toRoot, proof)
                            && !sameShape(another, to, from, to);
                }
                default -> {
                    long another = other(to, random);
                    yield Proofs.isConsistent(from, fromRoot, another, toRoot, proof)
                            && !sameShape(from, another, from, to);
                }
            };
            if (holds) {
                throw new AssertionError("mutation " + kind + " from " + from + " to " + to);
            }
        }
    }

    private static boolean sameShape(long from, long to, long otherFrom, long otherTo) {
        return from > 0
                && from < to
                && ReferenceTree.consistencyShape(from, to).equals(ReferenceTree.consistencyShape(otherFrom, otherTo));
    }

    /** A list of hashes that is not this one. */
    private static List<byte[]> mutated(List<byte[]> proof, Random random) {
        List<byte[]> mutated = new ArrayList<>(proof);
        byte[] any = new byte[TreeHash.BYTES];
        random.nextBytes(any);
        int at = random.nextInt(proof.size() + 1);
        int kind = random.nextInt(5);
        if (kind == 0 || at == proof.size()) {
            mutated.add(at, any);
        } else if (kind == 1) {
            mutated.remove(at);
        } else if (kind == 2) {
            mutated.set(at, flipped(proof.get(at), random));
        } else if (kind == 3) {
            mutated.set(at, Arrays.copyOf(proof.get(at), random.nextInt(TreeHash.BYTES)));
        } else if (proof.size() > 1) {
            Collections.swap(mutated, at, (at + 1) % proof.size());
        } else {
            mutated.add(proof.get(at));
        }
        return mutated;
    }

    private static byte[] flipped(byte[] hash, Random random) {
        byte[] flipped = hash.clone();
        flipped[random.nextInt(hash.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return flipped;
    }

    private static long other(long number, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> number - 1 - random.nextInt(SIZES);
            case 1 -> number + 1 + random.nextInt(SIZES);
            case 2 -> number ^ (1L << random.nextInt(Long.SIZE));
            default -> ~number;
        };
    }

    @Test
    void atTheEdgesOfTheNumbersNothingHoldsAndNothingThrows() {
        byte[] hash = REFERENCE.leafHash(0);
        long[] numbers = {Long.MIN_VALUE, -1, 0, 1, 2, 3, 1L << 62, Long.MAX_VALUE - 1, Long.MAX_VALUE};
        for (long first : numbers) {
            for (long second : numbers) {
                for (int hashes : new int[] {0, 1, 2, 61, 62, 63, 64, 65, 1000}) {
                    List<byte[]> proof = Collections.nCopies(hashes, hash);
                    assertThat(Proofs.isIncluded(hash, first, second, proof, hash))
                            .isEqualTo(first == 0 && second == 1 && hashes == 0);
                    assertThat(Proofs.isConsistent(first, hash, second, hash, proof))
                            .isEqualTo(first > 0 && first == second && hashes == 0);
                }
            }
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without checks may hand in
    void whatIsNullOrOfAnotherLengthProvesNothing() {
        byte[] root = REFERENCE.root(2);
        byte[] leaf = REFERENCE.leafHash(0);
        List<byte[]> proof = REFERENCE.inclusionProof(0, 2);
        List<byte[]> withNull = new ArrayList<>();
        withNull.add(null);

        assertThat(Proofs.isIncluded(leaf, 0, 2, proof, root)).isTrue();
        assertThat(Proofs.isIncluded(null, 0, 2, proof, root)).isFalse();
        assertThat(Proofs.isIncluded(leaf, 0, 2, null, root)).isFalse();
        assertThat(Proofs.isIncluded(leaf, 0, 2, proof, null)).isFalse();
        assertThat(Proofs.isIncluded(leaf, 0, 2, withNull, root)).isFalse();
        assertThat(Proofs.isConsistent(1, leaf, 2, root, proof)).isTrue();
        assertThat(Proofs.isConsistent(1, null, 2, root, proof)).isFalse();
        assertThat(Proofs.isConsistent(1, leaf, 2, null, proof)).isFalse();
        assertThat(Proofs.isConsistent(1, leaf, 2, root, null)).isFalse();
        assertThat(Proofs.isConsistent(1, leaf, 2, root, withNull)).isFalse();
        for (byte[] other : List.of(new byte[0], new byte[31], new byte[33])) {
            assertThat(Proofs.isIncluded(other, 0, 1, List.of(), other)).isFalse();
            assertThat(Proofs.isConsistent(1, other, 2, root, proof)).isFalse();
            assertThat(Proofs.isConsistent(1, leaf, 2, other, proof)).isFalse();
            assertThat(Proofs.isConsistent(0, EMPTY, 2, other, List.of())).isFalse();
            assertThat(Proofs.isConsistent(1, other, 1, leaf, List.of())).isFalse();
        }
    }

    /** As in published vectors, where it need not even be a root. */
    @Test
    void ofOneSizeAndOneRootIsConsistent() {
        byte[] any = "any".getBytes(StandardCharsets.US_ASCII);

        assertThat(Proofs.isConsistent(1, any, 1, any.clone(), List.of())).isTrue();
        assertThat(Proofs.isConsistent(1, any, 1, any, List.of(EMPTY))).isFalse();
    }

    /** There is one empty tree, and every tree begins with it. */
    @Test
    void fromTheEmptyTreeOnlyItsRootLeadsOnAndOnlyWithoutHashes() {
        byte[] root = REFERENCE.root(3);

        assertThat(Proofs.isConsistent(0, EMPTY, 0, EMPTY, List.of())).isTrue();
        assertThat(Proofs.isConsistent(0, EMPTY, 3, root, List.of())).isTrue();
        assertThat(Proofs.isConsistent(0, EMPTY, 3, root, List.of(root))).isFalse();
        assertThat(Proofs.isConsistent(0, root, 3, root, List.of())).isFalse();
        assertThat(Proofs.isConsistent(0, root, 0, root, List.of())).isFalse();
        assertThat(Proofs.isConsistent(0, EMPTY, 0, root, List.of())).isFalse();
    }
}
