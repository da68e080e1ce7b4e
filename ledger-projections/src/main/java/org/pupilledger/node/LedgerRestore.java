package org.pupilledger.node;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.BackupVerification;
import org.pupilledger.backup.Restoration;
import org.pupilledger.backup.Restoration.Restored;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.failure.Hindered;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.store.Migrations;
import org.pupilledger.store.Pools;

/**
 * Makes the ledger that the settings mean from a full bundle, where there is none yet. Serves nothing.
 *
 * @param opening opens the database, or makes it
 */
public record LedgerRestore(Path dataDirectory, LogFiles files, Supplier<LedgerDatabase> opening) {
    /**
     * Restores.
     *
     * @param verification run, and nothing found
     * @param keyFile      a copy of the key that signs the log; null where it is not at hand
     * @throws Hindered a server runs there, the database cannot be used, the ledger is not empty, or the key is another
     */
    public Restored restore(BackupVerification verification, @Nullable Path keyFile) {
        Restoration restoration = new Restoration(verification, files, keyFile);
        restoration.check();
        if (EmbeddedCluster.attach(dataDirectory).isPresent()) {
            throw new Hindered("A server runs on " + dataDirectory + ". Stop it, and name an empty data directory.");
        }
        try (LedgerDatabase database = opening.get()) {
            Migrations.checkSettings(database.database());
            Migrations.run(database.database());
            try (HikariDataSource pool = Pools.open(database.database().owner())) {
                return restoration.into(pool);
            }
        }
    }
}
