package org.pupilledger.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.DatabaseAccess;
import org.pupilledger.failure.Hindered;
import org.pupilledger.tlog.Sql;

/** Brings the schema up to date, as the owner, and refuses a database that is not safe. */
public final class Migrations {
    /** Settings that must be on: without them a crash or power cut can lose what was acknowledged. */
    private static final String[] REQUIRED = {"fsync", "full_page_writes", "synchronous_commit"};

    private static final String OFF =
            "select name from pg_settings where setting = 'off' and name = any (?::text[]) order by name";

    private static final int MIN_SERVER_VERSION = 16;

    private Migrations() {}

    /**
     * Migrates and checks.
     *
     * @throws Hindered with what to change
     */
    public static void run(Database database) {
        with(database, flyway -> {
            refuseNewer(flyway);
            flyway.migrate();
        });
    }

    /**
     * For who works beside a program that has migrated: looks only.
     *
     * @throws Hindered that program is newer, and made what this one does not know
     */
    public static void refuseNewer(Database database) {
        with(database, Migrations::refuseNewer);
    }

    private static void refuseNewer(Flyway flyway) {
        if (Arrays.stream(flyway.info().applied()).anyMatch(Migrations::isFromTheFuture)) {
            throw new Hindered("A newer version of this program brought the database up to date, and this one"
                    + " does not know what it made. Start that version, or a newer one.");
        }
    }

    private static void with(Database database, Consumer<Flyway> action) {
        try {
            action.accept(Flyway.configure()
                    .dataSource(
                            database.owner().url(),
                            database.owner().user(),
                            database.owner().password())
                    .placeholders(placeholders(database))
                    .load());
        } catch (FlywayException e) {
            throw new Hindered("The database cannot be brought up to date" + reason(e), e);
        }
    }

    /** Names of the roles that migrations grant to. */
    public static Map<String, String> placeholders(Database database) {
        return Map.of(
                "app_role", quoted(database.app().user()),
                "sequencer_role", quoted(database.sequencer().user()));
    }

    /**
     * Looks at the settings in force for {@code ledger_app} and {@code ledger_sequencer}.
     *
     * @throws Hindered naming each setting that is off
     */
    public static void checkSettings(Database database) {
        Stream.of(database.app(), database.sequencer()).distinct().forEach(Migrations::checkSettings);
    }

    private static void checkSettings(DatabaseAccess access) {
        try (Connection connection = access.connect()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < MIN_SERVER_VERSION) {
                throw new Hindered("PostgreSQL " + MIN_SERVER_VERSION + " or later is needed.");
            }
            List<String> off = Sql.list(connection, OFF, row -> row.getString(1), (Object) REQUIRED);
            if (!off.isEmpty()) {
                throw new Hindered("The database has turned off " + String.join(", ", off)
                        + ", so a crash could lose what was acknowledged. Turn it on.");
            }
        } catch (SQLException e) {
            throw new Hindered("The database cannot be reached as the role " + access.user() + reason(e), e);
        }
    }

    private static boolean isFromTheFuture(MigrationInfo applied) {
        return applied.getState() == MigrationState.FUTURE_SUCCESS
                || applied.getState() == MigrationState.FUTURE_FAILED;
    }

    /** By its code: the message of a database may quote what it was given. */
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException known && known.getSQLState() != null) {
                String state = known.getSQLState();
                return state.startsWith("08")
                        ? ": nothing answers there. Check the URL, and that the database runs."
                        : state.startsWith("28")
                                ? ": user or password is not accepted."
                                : state.equals("3D000")
                                        ? ": there is no such database."
                                        : ": PostgreSQL's error " + state + ".";
            }
        }
        return ": " + failure.getClass().getSimpleName() + ".";
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
