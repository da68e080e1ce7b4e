package org.pupilledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.Await;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.DatabaseAccess;

/** Facts stay: the application's role may not change them, and the owner is stopped by a trigger. */
@Timeout(60)
class RolesTest {
    private static final String NOT_PERMITTED = "42501";

    private static Database database;

    @BeforeAll
    static void recordSomething() {
        database = TestDatabase.migrated();
        try (TestLedger ledger = new TestLedger(database)) {
            ledger.start();
            ledger.registerOrganisations();
            Await.until("two entries", () -> ledger.entries().head() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update event set payload = '{}'",
                "delete from event",
                "truncate event",
                "truncate event, ledger_entry",
                "update ledger_entry set leaf_hash = leaf_hash",
                "delete from ledger_entry",
                "truncate ledger_entry",
                "update tile set hashes = hashes",
                "delete from tile",
                "truncate tile",
                "update checkpoint set note = ''",
                "delete from checkpoint",
                "truncate checkpoint",
                "truncate checkpoint cascade",
                "insert into checkpoint select * from checkpoint on conflict (size) do update set note = ''",
                "alter table checkpoint disable trigger all",
                "drop table tile",
                "delete from tree_edge",
                "delete from public_checkpoint",
                "insert into event select * from event on conflict (event_id) do update set payload = '{}'",
                "select * from event for update",
                "merge into event e using ledger_entry l on l.global_index = e.global_index when matched then delete",
                "delete from sequencer",
                "delete from actor",
                "delete from projection",
                "alter table event disable trigger event_is_append_only",
                "alter table event disable trigger all",
                "drop trigger event_is_append_only on event",
                "drop table event",
                "create or replace function refuse_change() returns trigger language plpgsql as 'begin return null; end'",
                "set role ledger_owner",
                "set session_replication_role = replica",
                "create table mine (id int)",
                "update flyway_schema_history set success = true",
                "select setval(pg_get_serial_sequence('event', 'global_index'), 1)"
            })
    void theApplicationMayNot(String statement) throws SQLException {
        String before = facts();

        assertThatThrownBy(() -> execute(database.app(), statement))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo(NOT_PERMITTED));

        assertThat(facts()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update event set payload = '{}'",
                "update event set payload = '{}' where false",
                "delete from event",
                "truncate event",
                "truncate event, ledger_entry cascade",
                "update ledger_entry set leaf_hash = leaf_hash",
                "delete from ledger_entry",
                "truncate ledger_entry",
                "update tile set hashes = hashes where false",
                "delete from tile",
                "truncate tile",
                "update checkpoint set note = ''",
                "delete from checkpoint",
                "truncate checkpoint cascade",
                "insert into checkpoint select * from checkpoint on conflict (size) do update set note = ''",
                "insert into event select * from event on conflict (event_id) do update set payload = '{}'"
            })
    void theOwnerIsStoppedByTheTrigger(String statement) throws SQLException {
        String before = facts();

        assertThatThrownBy(() -> execute(database.owner(), statement))
                .hasMessageContaining("are never changed or removed");

        assertThat(facts()).isEqualTo(before);
    }

    /** Large objects would be outside the reach of grants and triggers. */
    @Test
    void whatIsSignedIsStoredAsBytesInItsRow() throws SQLException {
        try (Connection connection = database.app().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select string_agg(table_name || '.' || column_name, ' ' order by table_name, column_name)
                        from information_schema.columns
                        where table_schema = 'public' and data_type = 'bytea'
                          and table_name in ('event', 'ledger_entry', 'tile', 'checkpoint')
                        """)) {
            row.next();
            assertThat(row.getString(1))
                    .isEqualTo("checkpoint.note event.metadata event.payload ledger_entry.leaf_bytes"
                            + " ledger_entry.leaf_hash tile.hashes");
        }
    }

    @Test
    void migratingAgainChangesNothing() throws SQLException {
        String before = facts();

        Migrations.run(database);

        assertThat(facts()).isEqualTo(before);
    }

    @Test
    void theTemporaryClusterIsRefusedSinceItsFsyncIsOff() {
        assertThatThrownBy(() -> Migrations.checkSettings(TestDatabase.migrated()))
                .isInstanceOf(UnsafeDatabase.class)
                .hasMessageContaining("fsync")
                .hasMessageNotContaining("synchronous_commit");
    }

    @Test
    void commitsThatAreNotWaitedForAreRefusedWhereTheDatabaseSaysSo() throws SQLException {
        Database unsafe = TestDatabase.migrated();
        execute(unsafe.owner(), "alter database " + name(unsafe) + " set synchronous_commit = off");

        assertThatThrownBy(() -> Migrations.checkSettings(unsafe)).hasMessageContaining("synchronous_commit");
    }

    @Test
    void commitsThatAreNotWaitedForAreRefusedWhereTheRoleSaysSo() throws SQLException {
        Database unsafe = TestDatabase.migrated();
        execute(unsafe.app(), "alter role ledger_app in database " + name(unsafe) + " set synchronous_commit = off");

        assertThatThrownBy(() -> Migrations.checkSettings(unsafe)).hasMessageContaining("synchronous_commit");
    }

    private static String name(Database of) {
        return of.app().url().substring(of.app().url().lastIndexOf('/') + 1);
    }

    private static void execute(DatabaseAccess access, String sql) throws SQLException {
        try (Connection connection = access.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Stands for all rows of the tables of facts. */
    private static String facts() throws SQLException {
        try (Connection connection = database.app().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select (select string_agg(e::text, ';' order by global_index) from event e)
                            || (select string_agg(l::text, ';' order by position) from ledger_entry l)
                            || (select coalesce(string_agg(t::text, ';' order by level, number), '') from tile t)
                            || (select string_agg(c::text, ';' order by size) from checkpoint c)
                        """)) {
            row.next();
            return row.getString(1);
        }
    }
}
