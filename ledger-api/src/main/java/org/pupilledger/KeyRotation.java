package org.pupilledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.pupilledger.ledger.IntroduceKey;
import org.pupilledger.ledger.KeyRefused;
import org.pupilledger.ledger.RetireKey;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.seal.LogKey;
import org.pupilledger.seal.LogKeys;
import org.pupilledger.seal.LogReader;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;

/**
 * Has another key take over from the one that signs the log, in two steps with time between them, in which checkpoints have
 * a line of both: so whoever pinned the old key can get used to the new one. Each step may be taken again.
 */
public final class KeyRotation {
    private static final Duration AT_MOST = Duration.ofMinutes(1);

    private final Commands commands;
    private final Author author;
    private final String origin;
    private final Path keyFile;
    private final LogReader log;
    private final Predicate<Duration> awaitAllSealed;

    KeyRotation(
            Commands commands,
            Author author,
            String origin,
            Path keyFile,
            LogReader log,
            Predicate<Duration> awaitAllSealed) {
        this.commands = commands;
        this.author = author;
        this.origin = origin;
        this.keyFile = keyFile;
        this.log = log;
        this.awaitAllSealed = awaitAllSealed;
    }

    /**
     * Introduces the key that is kept beside the one in the key file.
     *
     * @return the keys that sign from now on
     * @throws KeyRefused it was retired before
     * @throws Stopped    there is none any more, or it is not sealed
     */
    public List<VerifierKey> introduceNext() {
        if (!Files.exists(LogKeys.next(keyFile))) {
            throw new Stopped("The start just finished an earlier change of keys, which had been interrupted. Run this"
                    + " again to change them once more.");
        }
        commands.send(new IntroduceKey(keyIn(LogKeys.next(keyFile)).toString()), author);
        return sealed();
    }

    /**
     * Retires the key in the key file, and gives the one beside it its name.
     *
     * @return the keys that sign from now on
     * @throws KeyRefused no other key was introduced
     * @throws Stopped    it is not sealed, or the files stay as they are; then the next start goes on
     */
    public List<VerifierKey> retireFirst() {
        if (!Files.exists(LogKeys.next(keyFile))) {
            // the start of this program finished what an earlier run began
            return log.signingKeys();
        }
        commands.send(new RetireKey(keyIn(keyFile).toString()), author);
        List<VerifierKey> active = sealed();
        try {
            LogKeys.finishChange(keyFile, active);
        } catch (IOException e) {
            throw new Stopped(
                    "The key is retired, but its file keeps its name, since " + LogKeys.next(keyFile)
                            + " cannot be moved (" + e + "). Run this again, or start the server, once that is mended.",
                    e);
        }
        return active;
    }

    private VerifierKey keyIn(Path file) {
        return VerifierKey.of(origin, LogKey.load(file).publicKey());
    }

    private List<VerifierKey> sealed() {
        if (!awaitAllSealed.test(AT_MOST)) {
            throw new Stopped("It is recorded, but not everything is sealed yet. Start the server to see in its log and"
                    + " health what holds that up, then run this again.");
        }
        return log.signingKeys();
    }

    /** The message says how far it came, and what to do. */
    public static final class Stopped extends RuntimeException {
        Stopped(String message) {
            super(message);
        }

        Stopped(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
