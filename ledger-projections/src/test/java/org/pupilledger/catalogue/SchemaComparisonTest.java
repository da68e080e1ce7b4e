package org.pupilledger.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupilledger.TestDatabase;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.DatabaseAccess;
import org.pupilledger.cluster.Superuser;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What the migrations made is known, and whatever else a database does is named. Run with {@code -Dledger.docs=write} to renew
 * what is known after a migration.
 */
@Timeout(60)
class SchemaComparisonTest {
    private static final Path MIGRATED =
            Path.of("src/main/resources/org/pupilledger/catalogue", SchemaComparison.MIGRATED);
    private static final boolean IS_WRITING = "write".equals(System.getProperty("ledger.docs"));

    private static Database database;
    private static DatabaseAccess superuser;
    /** One for all attacks, each of which is undone in it. */
    private static Connection attacker;

    @BeforeAll
    static void migrate() throws SQLException {
        database = TestDatabase.migrated();
        superuser = Superuser.of(database);
        attacker = superuser.connect();
        attacker.setAutoCommit(false);
    }

    @AfterAll
    static void close() throws SQLException {
        attacker.close();
    }

    @Test
    void nothingDiffersAfterTheMigrationsWhoeverLooks() throws SQLException {
        for (DatabaseAccess by : List.of(superuser, database.owner(), database.app(), database.sequencer())) {
            SchemaComparison comparison = new SchemaComparison(
                    new DriverManagerDataSource(by.url(), by.user(), by.password()),
                    database.owner().user());
            assertThat(comparison.differences()).as("%s", by).isEmpty();
        }
    }

    @Test
    void aRoleThatMayOnlyReadSeesAll() throws SQLException {
        assertThat(after("create role reader_only; grant select on all tables in schema public to reader_only;"
                        + " grant usage on schema public to reader_only; set role reader_only"))
                .isEmpty();
    }

    @Test
    void schemaAndRolesMayHaveOtherNames() throws SQLException {
        assertThat(after("alter schema public rename to \"of the Ledger\"; alter role ledger_app rename to \"An App\";"
                        + " alter role ledger_sequencer rename to \"A Sequencer\";"
                        + " alter role ledger_owner rename to \"An Owner\"; set search_path = \"of the Ledger\""))
                .isEmpty();
    }

    @Test
    void manyThingsAtOnceAreAllNamed() throws SQLException {
        assertThat(after("revoke insert on tile from ledger_sequencer; drop trigger tile_is_append_only on tile"))
                .containsExactly(
                        "schema differs: trigger tile_is_append_only on tile is missing.",
                        "schema differs: privilege INSERT on tile of ledger_sequencer is missing.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop trigger event_is_append_only on event | trigger event_is_append_only on event is missing",
                "alter table event disable trigger event_is_append_only | trigger event_is_append_only on event was changed",
                "alter table event disable trigger all | trigger event_is_append_only on event was changed",
                "alter table event enable replica trigger event_is_append_only | trigger event_is_append_only on event was changed",
                "alter table rebuild disable trigger all | check of references on rebuild was added",
                "create or replace function refuse_change() returns trigger language plpgsql as 'begin return null; end'"
                        + " | function refuse_change() was changed",
                "alter function refuse_change() security definer | function refuse_change() was changed",
                "alter function refuse_change() set search_path = evil | function refuse_change() was changed",
                "create function f(int) returns int language sql as 'select 1' | function f(integer) was added",
                "create trigger t before insert on event for each row execute function refuse_change()"
                        + " | trigger t on event was added",
                "create rule r as on insert to event do instead nothing | rule r on event was added",
                "alter table event enable row level security | table event was changed",
                "alter table event force row level security | table event was changed",
                "create policy p on event using (false) | policy p on event was added",
                "alter table event set unlogged | table event was changed",
                "alter table event drop constraint event_event_id_key"
                        + " | constraint event_event_id_key on event is missing",
                "alter table ledger_entry drop constraint ledger_entry_position_check"
                        + " | constraint ledger_entry_position_check on ledger_entry is missing",
                "alter table event add constraint c check (sequence < 5) not valid | constraint c on event was added",
                "alter table event drop constraint event_event_id_key; create index event_event_id_key on event (event_id)"
                        + " | index event_event_id_key on event was changed",
                "create index i on event (upper(event_id)) | index i on event was added",
                "drop index event_xid | index event_xid on event is missing",
                "update pg_index set indisvalid = false where indexrelid = 'event_xid'::regclass"
                        + " | index event_xid on event was changed",
                "alter table event alter xid set default '3' | column event.xid was changed",
                "alter table event alter xid drop default | column event.xid was changed",
                "alter table event alter payload drop not null | column event.payload was changed",
                "alter table event alter recorded_at type varchar(40) | column event.recorded_at was changed",
                "alter table event add column more text | column event.more was added",
                "alter table event alter global_index set generated always | column event.global_index was changed",
                "alter sequence event_global_index_seq cache 100 | sequence event_global_index_seq was changed",
                "alter sequence event_global_index_seq increment -1 | sequence event_global_index_seq was changed",
                "create table evil (id int) | table evil was added",
                "create view evil as select 1 as one | view evil was added",
                "create schema s; create table s.evil () inherits (event) | inheritance of s.evil from event was added",
                "drop table snapshot | table snapshot is missing",
                "alter table event owner to ledger_app | table event was changed",
                "grant update on event to ledger_app | privilege UPDATE on event of ledger_app was added",
                "grant update (payload) on event to ledger_app | privilege UPDATE on event.payload of ledger_app was added",
                "grant delete on tile to public | privilege DELETE on tile of everybody was added",
                "create role evil_role; grant insert on event to evil_role | privilege INSERT on event of evil_role was added",
                "create role evil_role; grant update (note) on checkpoint to evil_role"
                        + " | privilege UPDATE on checkpoint.note of evil_role was added",
                "grant create on schema public to ledger_app | privilege CREATE on the schema of ledger_app was added",
                "create role evil_role; grant create on schema public to evil_role"
                        + " | privilege CREATE on the schema of evil_role was added",
                "grant insert on event to ledger_app | privilege INSERT on event of ledger_app was added",
                "grant insert (xid) on event to ledger_app | privilege INSERT on event.xid of ledger_app was added",
                "grant insert on ledger_entry to ledger_app | privilege INSERT on ledger_entry of ledger_app was added",
                "grant insert on event to ledger_sequencer | privilege INSERT on event of ledger_sequencer was added",
                "grant ledger_sequencer to ledger_app | membership of ledger_app in ledger_sequencer was added",
                "grant select on event to ledger_app with grant option"
                        + " | right to hand on SELECT on event of ledger_app was added",
                "grant update on sequence event_global_index_seq to ledger_app"
                        + " | privilege UPDATE on event_global_index_seq of ledger_app was added",
                "revoke insert on ledger_entry from ledger_sequencer"
                        + " | privilege INSERT on ledger_entry of ledger_sequencer is missing",
                "alter role ledger_app superuser | power superuser of ledger_app was added",
                "alter role ledger_app bypassrls | power bypassrls of ledger_app was added",
                "alter role ledger_app createrole | power createrole of ledger_app was added",
                "grant ledger_owner to ledger_app | membership of ledger_app in ledger_owner was added",
                "grant pg_write_all_data to ledger_app | membership of ledger_app in pg_write_all_data was added",
                "alter role ledger_app set session_replication_role = replica"
                        + " | setting session_replication_role of ledger_app was added",
                "alter role ledger_app set search_path = evil, public | setting search_path of ledger_app was added",
                "alter role ledger_app set synchronous_commit = off | setting synchronous_commit of ledger_app was added",
                "create schema ledger_app; create table ledger_app.other (id int)"
                        + " | table ledger_app.other was added",
                "create domain d as int | type d was added",
                "create function evil_event() returns event_trigger language plpgsql as 'begin end';"
                        + " create event trigger e on ddl_command_end execute function evil_event() | event trigger e was added",
                "create role evil_role; reassign owned by ledger_owner to evil_role | table event was changed"
            })
    void isNamed(String attack, String difference) throws SQLException {
        assertThat(after(attack)).contains("schema differs: " + difference + ".");
    }

    /** What is found after an attack that is undone. */
    private static List<String> after(String attack) throws SQLException {
        try (Statement statement = attacker.createStatement()) {
            statement.execute(attack);
            boolean isRenamed = attack.contains("An Owner");
            return new SchemaComparison(
                            new DriverManagerDataSource(superuser.url()),
                            isRenamed ? null : database.owner().user())
                    .differences(attacker);
        } finally {
            attacker.rollback();
        }
    }

    @Test
    void whatTheMigrationsMadeIsKnown() throws SQLException, IOException {
        String now;
        try (Connection connection = superuser.connect()) {
            Map<String, String> roles = new LinkedHashMap<>();
            roles.put(database.owner().user(), Catalogue.OWNER);
            roles.put(database.app().user(), "${app}");
            roles.put(database.sequencer().user(), "${sequencer}");
            connection.setAutoCommit(false);
            now = text(Catalogue.read(connection, roles));
        }
        if (IS_WRITING) {
            Files.writeString(MIGRATED, now);
        }

        assertThat(Files.readString(MIGRATED))
                .as(
                        MIGRATED + " is out of date: run"
                                + " `mvn -pl ledger-projections -am test -Dtest=SchemaComparisonTest -Dledger.docs=write` and commit it")
                .isEqualTo(now);
    }

    /** As the resource of the program is written. */
    private static String text(SortedMap<String, String> objects) {
        StringBuilder text = new StringBuilder();
        objects.forEach((object, definition) -> text.append(object)
                .append(definition.isEmpty() ? "" : ": " + definition)
                .append('\n'));
        return text.toString();
    }
}
