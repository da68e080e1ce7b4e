package org.pupilledger.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.NoteSigner;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.verdict.Break;

/** Logs at places that lie: what was signed decides, whatever is shown at which time. */
class LogVerificationTest {
    private static final String ORIGIN = "example.org/log";
    private static final int KEY_BYTES = 32;

    private final VerifierKey key;
    private final NoteSigner signer;

    LogVerificationTest() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        key = VerifierKey.of(ORIGIN, Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
        signer = new NoteSigner(key, pair.getPrivate());
    }

    /** What is shown at the first look, and at every later one. */
    private record Place(Map<String, byte[]> first, Map<String, byte[]> later, Set<String> seen) implements TiledLog {
        @Override
        public synchronized byte @Nullable [] read(String path, int maxBytes) {
            return (seen.add(path) ? first : later).get(path);
        }

        @Override
        public boolean has(String path) {
            return first.containsKey(path);
        }

        @Override
        public boolean hasEntries() {
            return false;
        }

        @Override
        public String what() {
            return "log";
        }
    }

    private byte[] checkpoint(long size, byte[] root) {
        String text = new Checkpoint(ORIGIN, size, root, List.of()).text();
        return new SignedNote(text, List.of(signer.sign(text))).bytes();
    }

    private Map<String, byte[]> log(String story, int size) {
        Map<String, byte[]> files = new HashMap<>();
        GrowingTree tree = new GrowingTree((level, number, hashes) ->
                files.put("tile/" + new Tile(level, number, Tile.WIDTH).path(), hashes.clone()));
        for (int i = 0; i < size; i++) {
            tree.append(TreeHash.ofLeaf((story + i).getBytes(UTF_8)));
        }
        for (int level = 0; level < Tile.levels(size); level++) {
            if (Tile.edgeWidth(level, size) > 0) {
                Tile edge = Tile.of(level, Tile.full(level, size), size);
                files.put("tile/" + edge.path(), tree.partial(level));
            }
        }
        files.put("checkpoint", checkpoint(size, tree.root()));
        return files;
    }

    private static byte[] file(Map<String, byte[]> files, String name) {
        return requireNonNull(files.get(name));
    }

    /** The hashes of one tile, begun with those of another. */
    private static byte[] begun(byte[] tile, byte[] beginning) {
        byte[] begun = tile.clone();
        System.arraycopy(beginning, 0, begun, 0, beginning.length);
        return begun;
    }

    private Report verified(Map<String, byte[]> first, Map<String, byte[]> later, byte[]... held) {
        return new LogVerification(new Place(first, later, new HashSet<>()), new LogVerifier(ORIGIN, List.of(key)))
                .holding(List.of(held))
                .run((done, of) -> {});
    }

    @Test
    void aLogThatGrewIsTheOneThatAnOldCheckpointKnows() {
        Map<String, byte[]> grown = log("true", 600);

        assertThat(verified(grown, grown, file(log("true", 300), "checkpoint")).breaks())
                .isEmpty();
    }

    @Test
    void anotherHistoryIsForged() {
        Map<String, byte[]> other = log("false", 600);

        assertThat(verified(other, other, file(log("true", 300), "checkpoint")).breaks())
                .extracting(Break::kind)
                .containsExactly(Break.Kind.FORGED);
    }

    /** Whoever publishes two histories cannot show one to the signature and the other to the old checkpoint. */
    @Test
    void whatIsReadAgainIsVouchedForByWhatWasSigned() {
        Map<String, byte[]> other = log("false", 600);
        Map<String, byte[]> known = log("true", 300);
        Map<String, byte[]> later = new HashMap<>(other);
        later.put("tile/0/000", file(known, "tile/0/000"));
        later.put("tile/0/001", begun(file(other, "tile/0/001"), file(known, "tile/0/001.p/44")));

        assertThat(verified(other, later, file(known, "checkpoint")).breaks()).isNotEmpty();

        later.put("tile/1/000.p/2", begun(file(other, "tile/1/000.p/2"), file(known, "tile/1/000.p/1")));

        assertThat(verified(other, later, file(known, "checkpoint")).breaks()).isNotEmpty();
    }

    @Test
    void aTreeWhoseTilesAreFullIsDiagnosedAsAnyOther() {
        Map<String, byte[]> full = log("true", 512);
        full.put("tile/0/001", file(full, "tile/0/000"));

        assertThat(verified(full, full).breaks())
                .extracting(Break::kind, Break::position)
                .containsExactly(tuple(Break.Kind.CHANGED, 256L));
    }

    /** A size costs nothing to claim, and nothing to refuse. */
    @Test
    @Timeout(20)
    void aClaimedSizeIsNotGoneThroughToItsEnd() {
        Map<String, byte[]> empty = Map.of("checkpoint", checkpoint(1L << 50, new byte[TreeHash.BYTES]));

        assertThat(verified(empty, empty).breaks()).extracting(Break::kind).contains(Break.Kind.MISSING);
        assertThat(verified(empty, empty, file(log("true", 300), "checkpoint")).breaks())
                .isNotEmpty();
    }
}
