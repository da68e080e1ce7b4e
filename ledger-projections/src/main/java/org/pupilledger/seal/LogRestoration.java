package org.pupilledger.seal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.files.FileHold;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.keys.KeyUnusable;
import org.pupilledger.keys.LogKey;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.VerifierKey;

/**
 * Makes what of a log is outside the database anew, for a ledger that comes back from a bundle: key, journal and, last of
 * all, the last signed state, without which no ledger with events is served.
 */
public final class LogRestoration implements AutoCloseable {
    private static final String HALF = ".restoring";

    private final LogFiles files;
    private final @Nullable LogKey givenKey;
    private final FileHold hold;
    private final Path half;
    private final OutputStream journal;

    private LogRestoration(LogFiles files, @Nullable LogKey givenKey, FileHold hold, OutputStream journal) {
        this.files = files;
        this.givenKey = givenKey;
        this.hold = hold;
        this.half = half(files);
        this.journal = journal;
    }

    /**
     * Looks whether a log can be made there, and changes nothing.
     *
     * @param keyFile a copy of a key that signs the log, to be put in its place; null where it is not at hand
     * @param active  keys that sign the newest checkpoint
     * @throws LogRefused  a log is there already, or the key is not one of those
     * @throws KeyUnusable the key file holds no usable key
     */
    public static void check(LogFiles files, String origin, @Nullable Path keyFile, List<VerifierKey> active) {
        refuseIfThere(files.journalFile(), "a checkpoint journal");
        refuseIfThere(files.lastSignedFile(), "a last signed state");
        if (files.areInUse()) {
            throw new LogRefused("A program uses the log in " + files.journalFile() + ". A ledger is restored where no"
                    + " other one is: name an empty data directory.");
        }
        Path there = files.keyFile();
        if (keyFile != null) {
            checkFits(LogKey.load(keyFile), origin, active);
        }
        if (Files.exists(there)) {
            checkFits(LogKey.load(there), origin, active);
        }
    }

    private static void refuseIfThere(Path file, String what) {
        if (Files.exists(file)) {
            throw new LogRefused("There is " + what + " in " + file + " already, of another ledger or of a restoration"
                    + " that did not come to its end. A ledger is restored where no other one is: name an empty data"
                    + " directory.");
        }
    }

    private static void checkFits(LogKey key, String origin, List<VerifierKey> active) {
        if (!active.contains(VerifierKey.of(origin, key.publicKey()))) {
            throw new LogRefused("The key does not sign this log: its newest checkpoint is signed by "
                    + String.join(
                            " and ", active.stream().map(VerifierKey::toString).toList())
                    + ". Give the file that holds that key.");
        }
    }

    /**
     * Begins; nothing appears under its name before {@link #finish}.
     *
     * @throws LogRefused as {@link #check}
     */
    public static LogRestoration begin(LogFiles files, String origin, @Nullable Path keyFile, List<VerifierKey> active)
            throws IOException {
        check(files, origin, keyFile, active);
        PrivateFiles.createDirectoryOf(files.keyFile());
        PrivateFiles.createDirectoryOf(files.journalFile());
        FileHold hold = FileHold.tryHold(files.lockFile())
                .orElseThrow(() -> new LogRefused("Another program uses " + files.journalFile() + "."));
        try {
            Path half = half(files);
            Files.deleteIfExists(half);
            OutputStream journal = Files.newOutputStream(Files.createFile(half, PrivateFiles.FILE_MODE));
            journal.write(Journal.firstLine(origin));
            return new LogRestoration(files, keyFile == null ? null : LogKey.load(keyFile), hold, journal);
        } catch (IOException e) {
            hold.close();
            throw e;
        }
    }

    private static Path half(LogFiles files) {
        return files.journalFile().resolveSibling(files.journalFile().getFileName() + HALF);
    }

    /** Adds the next checkpoint to the journal. */
    public void add(Instant signedAt, SignedNote note) throws IOException {
        journal.write(Journal.line(signedAt, note));
    }

    /**
     * Gives everything its name.
     *
     * @param newest what was signed last
     * @return the file in which the key still has to be put; empty where it is there
     */
    public Optional<Path> finish(Checkpoint newest) throws IOException {
        journal.close();
        PrivateFiles.force(half);
        if (givenKey != null && !Files.exists(files.keyFile())) {
            PrivateFiles.create(files.keyFile(), givenKey.pem());
        }
        PrivateFiles.moveInto(half, files.journalFile());
        new SigningGuard(files.lastSignedFile(), DurableWrites.DISK).restore(newest);
        return Files.exists(files.keyFile()) ? Optional.empty() : Optional.of(files.keyFile());
    }

    @Override
    public void close() throws IOException {
        journal.close();
        Files.deleteIfExists(half);
        hold.close();
    }
}
