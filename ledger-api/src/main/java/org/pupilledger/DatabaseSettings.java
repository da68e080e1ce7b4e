package org.pupilledger;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.DatabaseAccess;
import org.pupilledger.failure.Hindered;
import org.pupilledger.node.LedgerDatabase;
import org.springframework.core.env.Environment;

/** Which database the settings mean: none for the embedded one. */
record DatabaseSettings(Environment environment) {
    private static final String URL = "spring.datasource.url";
    private static final String SEQUENCER = "ledger.sequencer.username";

    boolean areOfEmbedded() {
        return environment.getProperty(URL) == null;
    }

    /**
     * With all its roles; null for the embedded one.
     *
     * @throws Hindered a database is configured, but not all that it takes
     */
    @Nullable
    Database database() {
        DatabaseAccess app = app();
        if (app == null) {
            return null;
        }
        String owner = environment.getProperty("spring.flyway.user");
        if (owner == null) {
            throw new Hindered("spring.datasource.url is set, but not spring.flyway.user and .password, the role"
                    + " that owns the schema. Give both; the application's role must not be able to change it.");
        }
        return new Database(
                new DatabaseAccess(
                        environment.getProperty("spring.flyway.url", app.url()),
                        owner,
                        environment.getProperty("spring.flyway.password", "")),
                app,
                sequencer(app));
    }

    private @Nullable DatabaseAccess app() {
        String url = environment.getProperty(URL);
        return url == null
                ? null
                : new DatabaseAccess(
                        url,
                        environment.getProperty("spring.datasource.username", ""),
                        environment.getProperty("spring.datasource.password", ""));
    }

    private DatabaseAccess sequencer(DatabaseAccess app) {
        String user = environment.getProperty(SEQUENCER);
        if (user == null) {
            throw new Hindered("spring.datasource.url is set, but not ledger.sequencer.username and .password, the role"
                    + " that gives events their places. Create it as operate.md says, and give both.");
        }
        if (user.equals(app.user())) {
            throw new Hindered("ledger.sequencer.username is the role of spring.datasource.username. They must be two,"
                    + " so that who can append events cannot seal them: create another as operate.md says.");
        }
        return new DatabaseAccess(app.url(), user, environment.getProperty("ledger.sequencer.password", ""));
    }

    /** A configured database needs no role but one that may read. */
    LedgerDatabase openForReading(Path dataDirectory) {
        return LedgerDatabase.openForReading(app(), dataDirectory);
    }

    /**
     * For commands that print what is there: they do the work of a server that does not run, and need no more than a role
     * that may read where no other is configured.
     */
    LedgerDatabase openToPrint(Path dataDirectory) {
        return environment.getProperty(SEQUENCER) == null
                ? openForReading(dataDirectory)
                : LedgerDatabase.open(database(), dataDirectory, true);
    }
}
