package org.pupilledger.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pupilledger.files.FileHold;

/**
 * What of the log is kept outside the database.
 *
 * @param keyFile     private key, PEM; the last signed state is beside it
 * @param journalFile every checkpoint ever signed; should be on another volume than the database
 */
public record LogFiles(Path keyFile, Path journalFile) {
    private static final String LAST_SIGNED = ".last-signed";
    private static final String LOCK = ".lock";

    /** What the guard signed last. */
    public Path lastSignedFile() {
        return keyFile.resolveSibling(keyFile.getFileName() + LAST_SIGNED);
    }

    /** True where a loss of the volume of a directory would take the journal too. */
    public boolean sharesVolumeWith(Path directory) {
        try {
            Path of = journalFile.getParent();
            return of != null && Files.getFileStore(of).equals(Files.getFileStore(directory));
        } catch (IOException e) {
            // not known, so said
            return true;
        }
    }

    /** True where some program, possibly this one, signs at present. */
    public boolean areInUse() {
        try {
            return FileHold.isHeld(lockFile());
        } catch (IOException e) {
            throw new LogRefused(
                    "It cannot be seen whether a program holds the checkpoint journal " + journalFile + ": " + e);
        }
    }

    /** Held by the one program that signs. */
    Path lockFile() {
        return journalFile.resolveSibling(journalFile.getFileName() + LOCK);
    }
}
