package org.pupilledger;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

/**
 * What anybody can write from RFC 9162, RFC 8032 and the C2SP pages alone, to check a log that they do not trust. Shares
 * no code with the ledger.
 */
final class FromScratch {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte ED25519 = 1;

    /** What stands before the 32 bytes of an Ed25519 key in X.509 (RFC 8410). */
    private static final byte[] X509 = HEX.parseHex("302a300506032b6570032100");

    private FromScratch() {}

    /** A checkpoint whose signature holds. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Opened(String origin, long size, byte[] root) {}

    /** An entry that a receipt proves to be in the log. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Proven(long index, byte[] entry, Opened checkpoint) {}

    /** Opens a signed note of a checkpoint; fails where no line holds the key's signature. */
    static Opened open(byte[] note, String verifierKey) throws GeneralSecurityException {
        String[] key = verifierKey.split("\\+", 3);
        byte[] typed = Base64.getDecoder().decode(key[2]);
        require(typed.length == 33 && typed[0] == ED25519, "an Ed25519 key");
        byte[] hash = sha256((key[0] + "\n").getBytes(StandardCharsets.UTF_8), typed);
        require(HEX.formatHex(hash, 0, 4).equals(key[1]), "the key's own id");

        String all = new String(note, StandardCharsets.UTF_8);
        int blank = all.lastIndexOf("\n\n");
        String text = all.substring(0, blank + 1);
        boolean isSigned = false;
        for (String line : all.substring(blank + 2).lines().toList()) {
            String[] parts = line.split(" ", -1);
            require(parts.length == 3 && parts[0].equals("\u2014"), "a signature line");
            byte[] signed = Base64.getDecoder().decode(parts[2]);
            if (parts[1].equals(key[0]) && HEX.formatHex(signed, 0, 4).equals(key[1])) {
                require(verifies(typed, text, Arrays.copyOfRange(signed, 4, signed.length)), "a good signature");
                isSigned = true;
            }
        }
        require(isSigned, "a signature by the key");
        List<String> lines = text.lines().toList();
        require(lines.get(0).equals(key[0]), "the key's name as origin");
        return new Opened(
                lines.get(0), Long.parseLong(lines.get(1)), Base64.getDecoder().decode(lines.get(2)));
    }

    private static boolean verifies(byte[] typed, String text, byte[] signature) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(X509, X509.length + 32);
        System.arraycopy(typed, 1, encoded, X509.length, 32);
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        ed25519.update(text.getBytes(StandardCharsets.UTF_8));
        return ed25519.verify(signature);
    }

    /** Opens a receipt: a C2SP tlog-proof whose extra line is the entry. */
    static Proven openReceipt(byte[] receipt, String verifierKey) throws GeneralSecurityException {
        String all = new String(receipt, StandardCharsets.UTF_8);
        int blank = all.indexOf("\n\n");
        Iterator<String> lines = all.substring(0, blank).lines().iterator();
        require(lines.next().equals("c2sp.org/tlog-proof@v1"), "the first line");
        byte[] entry = Base64.getDecoder().decode(after("extra ", lines.next()));
        long index = Long.parseLong(after("index ", lines.next()));
        byte[][] path = new byte[63][];
        int length = 0;
        while (lines.hasNext()) {
            path[length++] = Base64.getDecoder().decode(lines.next());
        }
        Opened checkpoint = open(all.substring(blank + 2).getBytes(StandardCharsets.UTF_8), verifierKey);
        byte[] root = rootOf(
                leafHash(entry), index, checkpoint.size(), Arrays.asList(path).subList(0, length));
        require(Arrays.equals(root, checkpoint.root()), "the root that was signed");
        return new Proven(index, entry, checkpoint);
    }

    private static String after(String prefix, String line) {
        require(line.startsWith(prefix), prefix);
        return line.substring(prefix.length());
    }

    /** The root that an inclusion proof leads to (RFC 9162, 2.1.3.2). */
    static byte[] rootOf(byte[] leafHash, long index, long size, List<byte[]> path) {
        require(index >= 0 && index < size, "an index below the size");
        long fn = index;
        long sn = size - 1;
        byte[] r = leafHash;
        for (byte[] p : path) {
            require(sn != 0, "a path no longer than the tree is high");
            if ((fn & 1) == 1 || fn == sn) {
                r = nodeHash(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = nodeHash(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        require(sn == 0, "a path as long as the tree is high");
        return r;
    }

    /** Tells whether a consistency proof holds (RFC 9162, 2.1.4.2). */
    static boolean isConsistent(Opened older, Opened newer, List<byte[]> proof) {
        long first = older.size();
        if (first == newer.size()) {
            return proof.isEmpty() && Arrays.equals(older.root(), newer.root());
        }
        List<byte[]> path = new ArrayList<>(proof);
        if (Long.bitCount(first) == 1) {
            path.addFirst(older.root());
        }
        long fn = first - 1;
        long sn = newer.size() - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        byte[] fr = path.getFirst();
        byte[] sr = path.getFirst();
        for (byte[] c : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = nodeHash(c, fr);
                sr = nodeHash(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = nodeHash(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(fr, older.root()) && Arrays.equals(sr, newer.root());
    }

    /** The root over hashes (RFC 9162, 2.1.1): those of leaves, or those of full subtrees of one size. */
    static byte[] root(List<byte[]> hashes) {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        int split = BigInteger.ONE
                .shiftLeft(BigInteger.valueOf(hashes.size() - 1L).bitLength() - 1)
                .intValueExact();
        return nodeHash(root(hashes.subList(0, split)), root(hashes.subList(split, hashes.size())));
    }

    static byte[] leafHash(byte[] entry) {
        return sha256(new byte[] {0}, entry);
    }

    private static byte[] nodeHash(byte[] left, byte[] right) {
        return sha256(new byte[] {1}, left, right);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha256.update(part);
            }
            return sha256.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code x001/x234/067} for 1,234,067 (C2SP tlog-tiles), and {@code .p/} and the width where it is below 256. */
    static String tilePath(long number, int width) {
        StringBuilder path = new StringBuilder("%03d".formatted(number % 1000));
        for (long rest = number / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return width == 256 ? path.toString() : path + ".p/" + width;
    }

    /** The entries of a bundle (C2SP tlog-tiles). */
    static List<byte[]> entries(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        while (rest.hasRemaining()) {
            byte[] entry = new byte[Short.toUnsignedInt(rest.getShort())];
            rest.get(entry);
            entries.add(entry);
        }
        return entries;
    }

    private static void require(boolean isSo, String what) {
        if (!isSo) {
            throw new IllegalArgumentException("expected " + what);
        }
    }
}
