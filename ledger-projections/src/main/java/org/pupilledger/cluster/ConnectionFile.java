package org.pupilledger.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.pupilledger.files.PrivateFiles;

/**
 * What a program beside a running ledger needs to know; {@code connection.json} in the data directory.
 *
 * @param processId of the ledger, not of PostgreSQL
 * @param startedAt when that process started, for a person to read
 */
record ConnectionFile(long processId, String startedAt, Database database) {

    static ConnectionFile ofThisProcess(Database database) {
        ProcessHandle me = ProcessHandle.current();
        String startedAt = me.info().startInstant().map(Object::toString).orElse("unknown");
        return new ConnectionFile(me.pid(), startedAt, database);
    }

    /** Returns empty when nobody holds the directory, or its holder is not ready yet. */
    static Optional<ConnectionFile> ofLiveLedger(Path directory) throws IOException {
        if (!EmbeddedCluster.isHeld(directory)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PrivateFiles.readJson(file(directory), ConnectionFile.class))
                    .filter(found -> ProcessHandle.of(found.processId()).isPresent());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(Path directory) throws IOException {
        PrivateFiles.replaceJson(file(directory), this);
    }

    static void remove(Path directory) throws IOException {
        Files.deleteIfExists(file(directory));
    }

    private static Path file(Path directory) {
        return directory.resolve("connection.json");
    }
}
