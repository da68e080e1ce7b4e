package org.pupilledger.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A log in memory with fresh keys: three entries, their receipts, its checkpoints. */
final class SampleLog {
    static final String ORIGIN = "ledger.example/pupils";
    static final List<byte[]> ENTRIES =
            List.of("{\"first\":1}".getBytes(UTF_8), "{\"second\":2}".getBytes(UTF_8), "{\"third\":3}".getBytes(UTF_8));
    static final NoteSigner SIGNER = signer(ORIGIN);
    static final LogVerifier VERIFIER = new LogVerifier(ORIGIN, List.of(SIGNER.verifierKey()));

    private SampleLog() {}

    static NoteSigner signer(String name) {
        KeyPair pair = keyPair("Ed25519");
        byte[] x509 = pair.getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(x509, x509.length - VerifierKey.PUBLIC_KEY_BYTES, x509.length);
        return new NoteSigner(VerifierKey.of(name, key), pair.getPrivate());
    }

    static KeyPair keyPair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static TileTree tree(int size) {
        List<byte[]> hashes =
                ENTRIES.subList(0, size).stream().map(TreeHash::ofLeaf).toList();
        return new TileTree(size, tile -> MemoryTiles.concat(hashes));
    }

    static Checkpoint checkpoint(int size) {
        return new Checkpoint(ORIGIN, size, tree(size).root(), List.of());
    }

    static byte[] signed(String text, NoteSigner... signers) {
        List<NoteSignature> signatures = new ArrayList<>();
        for (NoteSigner signer : signers) {
            signatures.add(signer.sign(text));
        }
        return new SignedNote(text, signatures).bytes();
    }

    static TlogProof proof(int index) {
        return new TlogProof(
                ENTRIES.get(index),
                index,
                tree(ENTRIES.size()).inclusionProof(index),
                signed(checkpoint(ENTRIES.size()).text(), SIGNER));
    }
}
