package org.pupilledger.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pupilledger.failure.Damaged;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.NoteSigner;
import org.pupilledger.merkle.Proofs;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.TreeHash;

/**
 * Signs checkpoints, but none that contradicts what it signed before. It keeps the newest in a file of its own, as the
 * text of a checkpoint, and writes it there before it hands out the signature: whoever signs a fork must have broken
 * into this file too.
 */
final class SigningGuard {
    private final Path file;
    private final DurableWrites writes;

    SigningGuard(Path file, DurableWrites writes) {
        this.file = file;
        this.writes = writes;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Begins with the empty tree. */
    void create(String origin) throws IOException {
        writes.replace(file, bytes(new Checkpoint(origin, 0, TreeHash.ofEmptyTree(), List.of())));
    }

    /** Begins with what was signed elsewhere. */
    void restore(Checkpoint lastSigned) throws IOException {
        writes.replace(file, bytes(lastSigned));
    }

    /** @throws LogRefused where the file does not hold a checkpoint */
    Checkpoint last() throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        Optional<Checkpoint> last = Checkpoint.parse(text);
        return last.orElseThrow(() -> new LogRefused("The last signed state in " + file
                + " is damaged. Restore it from a backup that is as new as the journal."));
    }

    /**
     * Signs a checkpoint that contains all that was signed before.
     *
     * @param proof of consistency, from the last one to this (RFC 9162, 2.1.4); empty where they are the same
     * @throws Damaged where the proof does not hold
     */
    SignedNote sign(Checkpoint next, List<byte[]> proof, List<NoteSigner> signers) throws IOException {
        Checkpoint last = last();
        if (!next.origin().equals(last.origin()) || !isConsistent(last, next, proof)) {
            throw new Damaged("the tree of " + next.size() + " entries does not contain the tree of " + last.size()
                    + " entries that was signed before");
        }
        if (!next.equals(last)) {
            writes.replace(file, bytes(next));
        }
        return new SignedNote(
                next.text(),
                signers.stream().map(signer -> signer.sign(next.text())).toList());
    }

    private static boolean isConsistent(Checkpoint last, Checkpoint next, List<byte[]> proof) {
        return Proofs.isConsistent(last.size(), last.root(), next.size(), next.root(), proof);
    }

    private static byte[] bytes(Checkpoint checkpoint) {
        return checkpoint.text().getBytes(StandardCharsets.UTF_8);
    }
}
