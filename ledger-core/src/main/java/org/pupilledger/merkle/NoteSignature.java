package org.pupilledger.merkle;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One signature line of a note. Nothing is verified: see {@link VerifierKey#verifies}. Equal by content.
 *
 * @param name      of the key; not empty, without Unicode spaces and {@code +}
 * @param keyId     of the key, 32 bits without a sign
 * @param signature what follows the key id, at least 1 byte; 64 bytes for Ed25519
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note, Signatures</a>
 */
@SuppressWarnings("ArrayRecordComponent") // equal by content, see below; copied in and out
public record NoteSignature(String name, int keyId, byte[] signature) {
    /** @throws IllegalArgumentException where a part is not as described */
    public NoteSignature {
        if (!Spelling.isName(name)) {
            throw new IllegalArgumentException("a key's name has no spaces and no plus");
        }
        if (signature.length == 0) {
            throw new IllegalArgumentException("a signature has at least 1 byte");
        }
        signature = signature.clone();
    }

    /** A copy. */
    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoteSignature that
                && name.equals(that.name)
                && keyId == that.keyId
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, keyId, Arrays.hashCode(signature));
    }
}
