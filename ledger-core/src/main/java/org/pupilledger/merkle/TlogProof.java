package org.pupilledger.merkle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A proof that travels alone: extra data, the place of an entry, its inclusion proof and the checkpoint that this leads to.
 * In this ledger the extra data is the entry itself, and the proof a receipt. Nothing is verified: see
 * {@link LogVerifier#openReceipt}. Equal by content.
 *
 * @param extra      any bytes; null where there are none
 * @param index      0-based place of the entry, at least 0
 * @param hashes     from the leaf's sibling to the child of the root, 32 bytes each, at most {@value #MAX_HASHES}
 * @param checkpoint the signed note, verbatim, at most {@value SignedNote#MAX_BYTES} bytes
 * @see <a href="https://c2sp.org/tlog-proof">C2SP tlog-proof, Format</a>
 */
@SuppressWarnings("ArrayRecordComponent") // equal by content, see below; copied in and out
public record TlogProof(byte @Nullable [] extra, long index, List<byte[]> hashes, byte[] checkpoint) {
    /** Hashes of the longest inclusion proof: what a tree of {@code 2^63 - 1} leaves needs. */
    public static final int MAX_HASHES = Long.SIZE - 1;

    /** Bytes of the longest proof. */
    public static final int MAX_BYTES = 2_000_000;

    private static final String VERSION = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    /**
     * Written out, because a compact constructor does not tell other modules that {@code extra} may be null.
     *
     * @throws IllegalArgumentException where a part is not as described, or the proof too long
     */
    public TlogProof(byte @Nullable [] extra, long index, List<byte[]> hashes, byte[] checkpoint) {
        if (index < 0) {
            throw new IllegalArgumentException("an index is at least 0");
        }
        if (hashes.size() > MAX_HASHES) {
            throw new IllegalArgumentException("a proof has at most " + MAX_HASHES + " hashes");
        }
        this.extra = extra == null ? null : extra.clone();
        this.index = index;
        this.hashes = copy(hashes);
        this.checkpoint = checkpoint.clone();
        if (checkpoint.length > SignedNote.MAX_BYTES || bytes().length > MAX_BYTES) {
            throw new IllegalArgumentException("a proof has at most " + MAX_BYTES + " bytes");
        }
    }

    /** A copy. */
    @Override
    public byte @Nullable [] extra() {
        return extra == null ? null : extra.clone();
    }

    /** Copies. */
    @Override
    public List<byte[]> hashes() {
        return copy(hashes);
    }

    /** A copy. */
    @Override
    public byte[] checkpoint() {
        return checkpoint.clone();
    }

    /** The proof as text in UTF-8; {@link #parse} reads it back. */
    public byte[] bytes() {
        StringBuilder head = new StringBuilder(VERSION).append('\n');
        if (extra != null) {
            head.append(EXTRA).append(Spelling.base64(extra)).append('\n');
        }
        head.append(INDEX).append(index).append('\n');
        hashes.forEach(hash -> head.append(Spelling.base64(hash)).append('\n'));
        byte[] ascii = head.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
        byte[] proof = Arrays.copyOf(ascii, ascii.length + checkpoint.length);
        System.arraycopy(checkpoint, 0, proof, ascii.length, checkpoint.length);
        return proof;
    }

    /**
     * Reads what {@link #bytes} writes.
     *
     * @return empty for any other bytes; never throws. Whether the checkpoint is one is not looked at.
     */
    public static Optional<TlogProof> parse(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        // before the first blank line all is ASCII: what is not, equals none of what is expected
        String proof = new String(bytes, StandardCharsets.ISO_8859_1);
        int blank = proof.indexOf("\n\n");
        if (blank < 0 || bytes.length - blank - 2 > SignedNote.MAX_BYTES) {
            return Optional.empty();
        }
        List<String> lines = List.of(proof.substring(0, blank).split("\n", -1));
        if (!lines.getFirst().equals(VERSION)) {
            return Optional.empty();
        }
        int at = 1;
        byte[] extra = null;
        if (at < lines.size() && lines.get(at).startsWith(EXTRA)) {
            Optional<byte[]> data = Spelling.bytes(lines.get(at).substring(EXTRA.length()));
            if (data.isEmpty()) {
                return Optional.empty();
            }
            extra = data.get();
            at++;
        }
        if (at == lines.size() || !lines.get(at).startsWith(INDEX)) {
            return Optional.empty();
        }
        OptionalLong index = Spelling.number(lines.get(at).substring(INDEX.length()));
        at++;
        if (index.isEmpty() || lines.size() - at > MAX_HASHES) {
            return Optional.empty();
        }
        List<byte[]> hashes = new ArrayList<>();
        for (String line : lines.subList(at, lines.size())) {
            Optional<byte[]> hash = Spelling.hash(line);
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            hashes.add(hash.get());
        }
        byte[] checkpoint = Arrays.copyOfRange(bytes, blank + 2, bytes.length);
        return Optional.of(new TlogProof(extra, index.getAsLong(), hashes, checkpoint));
    }

    private static List<byte[]> copy(List<byte[]> hashes) {
        return hashes.stream().map(hash -> TreeHash.requireHash(hash).clone()).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TlogProof that
                && Arrays.equals(extra, that.extra)
                && index == that.index
                && Arrays.deepEquals(hashes.toArray(), that.hashes.toArray())
                && Arrays.equals(checkpoint, that.checkpoint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                Arrays.hashCode(extra), index, Arrays.deepHashCode(hashes.toArray()), Arrays.hashCode(checkpoint));
    }
}
