package org.pupilledger.merkle;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The definitions of RFC 9162, 2.1, as they stand there: recursive and slow, sharing nothing with the code under test. */
final class ReferenceTree {
    private final List<byte[]> leaves;
    private final Map<Long, byte[]> known = new HashMap<>();

    ReferenceTree(List<byte[]> leaves) {
        this.leaves = leaves;
    }

    /** A tree of entries that all differ: their numbers. */
    static ReferenceTree ofSize(int size) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(ByteBuffer.allocate(Integer.BYTES).putInt(i).array());
        }
        return new ReferenceTree(leaves);
    }

    /** 2.1.1, MTH(D[0:size]). */
    byte[] root(int size) {
        return hash(0, size);
    }

    byte[] leafHash(int index) {
        return hash(index, index + 1);
    }

    private byte[] hash(int from, int to) {
        long range = ((long) from << Integer.SIZE) | to;
        byte[] hash = known.get(range);
        if (hash == null) {
            hash = switch (to - from) {
                case 0 -> sha256();
                case 1 -> sha256(new byte[] {0}, leaves.get(from));
                default -> {
                    int k = from + split(to - from);
                    yield sha256(new byte[] {1}, hash(from, k), hash(k, to));
                }
            };
            known.put(range, hash);
        }
        return hash;
    }

    /** 2.1.3.1, PATH(m, D_n). */
    List<byte[]> inclusionProof(int index, int size) {
        List<byte[]> path = new ArrayList<>();
        path(index, 0, size, path);
        return path;
    }

    private void path(int m, int from, int to, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        int k = split(to - from);
        if (m < k) {
            path(m, from, from + k, path);
            path.add(hash(from + k, to));
        } else {
            path(m - k, from + k, to, path);
            path.add(hash(from, from + k));
        }
    }

    /** 2.1.4.1, PROOF(m, D_n). */
    List<byte[]> consistencyProof(int m, int size) {
        List<byte[]> proof = new ArrayList<>();
        if (m > 0 && m < size) {
            subproof(m, 0, size, true, proof);
        }
        return proof;
    }

    private void subproof(int m, int from, int to, boolean whole, List<byte[]> proof) {
        if (m == to - from) {
            if (!whole) {
                proof.add(hash(from, to));
            }
            return;
        }
        int k = split(to - from);
        if (m <= k) {
            subproof(m, from, from + k, whole, proof);
            proof.add(hash(from + k, to));
        } else {
            subproof(m - k, from + k, to, false, proof);
            proof.add(hash(from, from + k));
        }
    }

    /** On which side each hash of an inclusion proof stands: proofs of one shape cannot be told apart by their sizes. */
    static String shape(long index, long size) {
        StringBuilder shape = new StringBuilder();
        long m = index;
        long n = size;
        while (n > 1) {
            long k = Long.highestOneBit(n - 1);
            shape.append(m < k ? 'R' : 'L');
            n = m < k ? k : n - k;
            m = m < k ? m : m - k;
        }
        return shape.reverse().toString();
    }

    /** The same for a consistency proof, and whether it starts with a hash that both trees have or with the older root. */
    static String consistencyShape(long from, long size) {
        StringBuilder shape = new StringBuilder();
        boolean whole = true;
        long m = from;
        long n = size;
        while (m != n) {
            long k = Long.highestOneBit(n - 1);
            shape.append(m <= k ? 'R' : 'L');
            whole &= m <= k;
            n = m <= k ? k : n - k;
            m = m <= k ? m : m - k;
        }
        return (whole ? "older root " : "hash ") + shape.reverse();
    }

    /** The largest power of two that is smaller than n. */
    private static int split(int n) {
        int k = 1;
        while (2 * k < n) {
            k *= 2;
        }
        return k;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
