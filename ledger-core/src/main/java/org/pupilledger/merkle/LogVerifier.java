package org.pupilledger.merkle;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One who knows a log's origin and its keys, and believes nothing else: opens its checkpoints, checks its receipts.
 * Several keys are needed while one takes over from another. Immutable.
 */
public final class LogVerifier {
    private final String origin;
    private final Map<KeyName, VerifierKey> keys = new HashMap<>();

    /** What a signature line says about its key. */
    private record KeyName(String name, int keyId) {}

    /**
     * Pins a log.
     *
     * @param origin the first line of its checkpoints
     * @param keys   got from elsewhere than the log; any of them suffices
     * @throws IllegalArgumentException where the origin is not a line of text, or two different keys have the same name and key id
     */
    public LogVerifier(String origin, Collection<VerifierKey> keys) {
        if (!Spelling.isLine(origin)) {
            throw new IllegalArgumentException("an origin is a line of text, not blank");
        }
        this.origin = origin;
        for (VerifierKey key : keys) {
            VerifierKey other = this.keys.put(new KeyName(key.name(), key.keyId()), key);
            if (other != null && !other.equals(key)) {
                throw new IllegalArgumentException("two keys cannot be told apart");
            }
        }
    }

    /** The same log with more keys; one that cannot be told from another that is there is passed over. */
    public LogVerifier and(Collection<VerifierKey> more) {
        LogVerifier all = new LogVerifier(origin, keys.values());
        more.forEach(key -> all.keys.putIfAbsent(new KeyName(key.name(), key.keyId()), key));
        return all;
    }

    /** The pinned origin. */
    public String origin() {
        return origin;
    }

    /**
     * Opens a signed checkpoint. At least one pinned key must have signed it; a bad signature in the name of a pinned key
     * refuses the note, wherever it stands and whatever else the note holds. Go's {@code sumdb/note} looks at the first line
     * of a key only. Signatures of unknown keys are passed over.
     *
     * @return the checkpoint; empty where the bytes are no signed note, the signatures do not suffice, the text is no
     *     checkpoint, or its origin is another; never throws
     */
    public Optional<Checkpoint> open(byte @Nullable [] note) {
        return SignedNote.parse(note)
                .filter(this::isSigned)
                .flatMap(signed -> Checkpoint.parse(signed.text()))
                .filter(checkpoint -> checkpoint.origin().equals(origin));
    }

    private boolean isSigned(SignedNote note) {
        boolean isSigned = false;
        for (NoteSignature signature : note.signatures()) {
            VerifierKey key = keys.get(new KeyName(signature.name(), signature.keyId()));
            if (key != null) {
                if (!key.verifies(note.text(), signature)) {
                    return false;
                }
                isSigned = true;
            }
        }
        return isSigned;
    }

    /**
     * Checks a receipt: a C2SP tlog-proof whose extra data is the entry.
     *
     * @return the entry and its place, where the checkpoint opens and the entry's hash is in its tree at that place; empty
     *     otherwise; never throws
     */
    public Optional<VerifiedEntry> openReceipt(byte @Nullable [] proof) {
        return TlogProof.parse(proof).flatMap(this::verify);
    }

    private Optional<VerifiedEntry> verify(TlogProof proof) {
        byte[] entry = proof.extra();
        if (entry == null) {
            return Optional.empty();
        }
        byte[] leafHash = TreeHash.ofLeaf(entry);
        return open(proof.checkpoint())
                .filter(checkpoint -> Proofs.isIncluded(
                        leafHash, proof.index(), checkpoint.size(), proof.hashes(), checkpoint.root()))
                .map(checkpoint -> new VerifiedEntry(proof.index(), entry, checkpoint));
    }

    /**
     * Tells whether the log of a newer checkpoint begins with all of an older one's.
     *
     * @param older opened before, by this verifier
     * @param newer opened by this verifier, at least as large
     * @param proof see {@link TileTree#consistencyProof}
     * @return false also where one has another origin; never throws. False for two opened checkpoints and the log's own
     *     proof means that the log has taken something back: keep both, they are the evidence.
     */
    public boolean isConsistent(Checkpoint older, Checkpoint newer, @Nullable List<byte[]> proof) {
        return older.origin().equals(origin)
                && newer.origin().equals(origin)
                && Proofs.isConsistent(older.size(), older.root(), newer.size(), newer.root(), proof);
    }
}
