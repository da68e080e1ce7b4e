package org.pupilledger.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pupilledger.failure.Hindered;
import org.pupilledger.keys.LogKey;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.ledger.IntroduceKey;
import org.pupilledger.ledger.KeyRefused;
import org.pupilledger.ledger.RetireKey;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.LogReader;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;

/**
 * Has another key take over from the one that signs the log, in two steps with time between them, in which checkpoints have
 * a line of both: so whoever pinned the old key can get used to the new one. Each step may be taken again.
 *
 * @param log reads whatever key signs it
 */
public record KeyRotation(
        Commands commands, Author author, Sealing sealing, Path keyFile, Waiting waiting, LogReader log) {
    private static final Duration AT_MOST = Duration.ofMinutes(1);

    /**
     * Introduces the key that is kept beside the one in the key file.
     *
     * @return the keys that sign from now on
     * @throws KeyRefused it was retired before
     * @throws Hindered   another program serves or signs the ledger, there is none any more, or it is not sealed
     */
    public List<VerifierKey> introduceNext() {
        String origin = origin();
        if (!Files.exists(LogKeys.next(keyFile))) {
            throw new Hindered("The start just finished an earlier change of keys, which had been interrupted. Run this"
                    + " again to change them once more.");
        }
        commands.send(new IntroduceKey(keyIn(LogKeys.next(keyFile), origin).toString()), author);
        return sealed();
    }

    /**
     * Retires the key in the key file, and gives the one beside it its name.
     *
     * @return the keys that sign from now on
     * @throws KeyRefused no other key was introduced
     * @throws Hindered   another program serves or signs the ledger, it is not sealed, or the files stay as they are; then the next start goes on
     */
    public List<VerifierKey> retireFirst() {
        String origin = origin();
        if (!Files.exists(LogKeys.next(keyFile))) {
            // the start of this program finished what an earlier run began
            return log.signingKeys();
        }
        commands.send(new RetireKey(keyIn(keyFile, origin).toString()), author);
        List<VerifierKey> active = sealed();
        try {
            LogKeys.finishChange(keyFile, active);
        } catch (IOException e) {
            throw new Hindered(
                    "The key is retired, but its file keeps its name, since " + LogKeys.next(keyFile)
                            + " cannot be moved (" + e + "). Run this again, or start the server, once that is mended.",
                    e);
        }
        return active;
    }

    private String origin() {
        LogIdentity identity = sealing.identity();
        if (identity == null || sealing.isOthers()) {
            throw new Hindered("Another program works on the ledger. Keys are changed while none does: stop the"
                    + " server, run this again, and start the server.");
        }
        return identity.origin();
    }

    private static VerifierKey keyIn(Path file, String origin) {
        return VerifierKey.of(origin, LogKey.load(file).publicKey());
    }

    private List<VerifierKey> sealed() {
        if (!waiting.awaitAllSealed(AT_MOST)) {
            throw new Hindered(
                    "It is recorded, but not everything is sealed yet. Start the server to see in its log and"
                            + " health what holds that up, then run this again.");
        }
        return log.signingKeys();
    }
}
