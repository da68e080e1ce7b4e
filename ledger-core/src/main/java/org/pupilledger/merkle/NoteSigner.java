package org.pupilledger.merkle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/** Signs note texts with an Ed25519 key. Safe for several threads; tells nothing about the private key. */
public final class NoteSigner {
    private static final String PROBE = "a signer signs this once, to see that its two keys are a pair\n";

    private final VerifierKey key;
    private final PrivateKey privateKey;

    /**
     * A signer.
     *
     * @throws IllegalArgumentException where the two keys are no pair, or the private key is not for Ed25519
     */
    public NoteSigner(VerifierKey key, PrivateKey privateKey) {
        this.key = key;
        this.privateKey = privateKey;
        if (!key.verifies(PROBE, new NoteSignature(key.name(), key.keyId(), signature(PROBE)))) {
            throw new IllegalArgumentException("the private key does not belong to the verifier key");
        }
    }

    /** The key that verifies what this signs. */
    public VerifierKey verifierKey() {
        return key;
    }

    /**
     * Signs a text. The same text always gets the same signature (RFC 8032, 5.1.6).
     *
     * @param text ends in a newline; well-formed Unicode without control characters below U+0020 but newline
     * @throws IllegalArgumentException where the text is not as described
     */
    public NoteSignature sign(String text) {
        if (!Spelling.isText(text)) {
            throw new IllegalArgumentException("a text ends in a newline and has no other control characters");
        }
        return new NoteSignature(key.name(), key.keyId(), signature(text));
    }

    private byte[] signature(String text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(privateKey);
            ed25519.update(text.getBytes(StandardCharsets.UTF_8));
            return ed25519.sign();
        } catch (GeneralSecurityException noSuchKey) {
            throw new IllegalArgumentException("the private key cannot sign with Ed25519", noSuchKey);
        }
    }
}
