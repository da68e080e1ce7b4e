package org.pupilledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.Await;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.DatabaseAccess;
import org.pupilledger.failure.Hindered;

/** Facts stay: no role of the program may change them, none may do the other's work, and the owner is stopped by a trigger. */
@Timeout(60)
class RolesTest {
    private static final String NOT_PERMITTED = "42501";

    /** One for each role, since opening one takes longer than what is tried in it. */
    private static final Map<DatabaseAccess, Connection> SESSIONS = new HashMap<>();

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

    @AfterAll
    static void close() throws SQLException {
        for (Connection session : SESSIONS.values()) {
            session.close();
        }
    }

    /** What a role may do with the rows of a table. */
    private enum Right {
        SELECT,
        INSERT,
        UPDATE,
        DELETE
    }

    private static final Set<Right> NOTHING = Set.of();
    private static final Set<Right> READ = EnumSet.of(Right.SELECT);
    private static final Set<Right> ADD = EnumSet.of(Right.SELECT, Right.INSERT);
    private static final Set<Right> KEEP = EnumSet.of(Right.SELECT, Right.INSERT, Right.UPDATE);
    private static final Set<Right> CLAIM = EnumSet.of(Right.SELECT, Right.INSERT, Right.DELETE);
    private static final Set<Right> ALL = EnumSet.allOf(Right.class);

    /** @param app what who appends may do, {@code sequencer} what who sequences, seals and folds */
    private record Rights(Set<Right> app, Set<Right> sequencer) {}

    /** Whoever adds a table decides here. */
    private static final Map<String, Rights> TABLES = Map.ofEntries(
            Map.entry("event", new Rights(ADD, READ)),
            Map.entry("actor", new Rights(ADD, NOTHING)),
            Map.entry("reference_claim", new Rights(CLAIM, NOTHING)),
            Map.entry("content_claim", new Rights(CLAIM, NOTHING)),
            Map.entry("idempotency_key", new Rights(ALL, NOTHING)),
            Map.entry("ledger_entry", new Rights(READ, ADD)),
            Map.entry("tile", new Rights(READ, ADD)),
            Map.entry("checkpoint", new Rights(READ, ADD)),
            Map.entry("published_file", new Rights(READ, ADD)),
            Map.entry("tree_edge", new Rights(READ, KEEP)),
            Map.entry("public_checkpoint", new Rights(READ, KEEP)),
            Map.entry("sequencer", new Rights(READ, KEEP)),
            Map.entry("projection", new Rights(READ, KEEP)),
            Map.entry("rebuild", new Rights(READ, ALL)),
            Map.entry("processor_token", new Rights(READ, ALL)),
            Map.entry("organisation", new Rights(READ, ALL)),
            Map.entry("request", new Rights(READ, ALL)),
            Map.entry("request_reference", new Rights(READ, ALL)),
            Map.entry("registered", new Rights(READ, ALL)),
            Map.entry("monthly_total", new Rights(READ, ALL)),
            Map.entry("total_coverage", new Rights(READ, ALL)),
            Map.entry("total_organisation", new Rights(READ, ALL)),
            Map.entry("snapshot", new Rights(READ, ALL)),
            Map.entry("flyway_schema_history", new Rights(NOTHING, NOTHING)));

    /** Columns that the database fills in, whoever writes the row. */
    private static final Set<String> NOT_TO_BE_SAID = Set.of("event.global_index", "event.xid");

    static Stream<Arguments> rolesAndTables() throws SQLException {
        return tables().stream()
                .flatMap(table -> Stream.of(database.app(), database.sequencer())
                        .map(role -> Arguments.of(table, role, table + " as " + role.user())));
    }

    private static List<String> tables() throws SQLException {
        return column(database.owner(), """
                select table_name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')
                order by table_name
                """);
    }

    @Test
    void everyTableIsDecided() throws SQLException {
        assertThat(tables()).containsExactlyInAnyOrderElementsOf(TABLES.keySet());
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("rolesAndTables")
    void aRoleMayDoWithATableWhatWasDecidedAndNothingElse(String table, DatabaseAccess role, String name)
            throws SQLException {
        Rights decided = Objects.requireNonNull(TABLES.get(table), table);
        Set<Right> rights = role.equals(database.app()) ? decided.app() : decided.sequencer();
        List<String> columns = column(
                database.owner(),
                "select column_name from information_schema.columns where table_name = '" + table
                        + "' order by ordinal_position");
        List<String> tries = new ArrayList<>();
        Set<String> permitted = new HashSet<>();
        for (String column : columns) {
            tries.add("select " + column + " from " + table);
            tries.add(
                    "insert into " + table + " (" + column + ") select " + column + " from " + table + " where false");
            tries.add("update " + table + " set " + column + " = " + column + " where false");
            if (rights.contains(Right.SELECT)) {
                permitted.add("select " + column + " from " + table);
            }
            if (rights.contains(Right.INSERT) && !NOT_TO_BE_SAID.contains(table + "." + column)) {
                permitted.add("insert into " + table + " (" + column + ") select " + column + " from " + table
                        + " where false");
            }
            if (rights.contains(Right.UPDATE)) {
                permitted.add("update " + table + " set " + column + " = " + column + " where false");
            }
        }
        tries.add("delete from " + table + " where false");
        if (rights.contains(Right.DELETE)) {
            permitted.add("delete from " + table + " where false");
        }
        String some = columns.getFirst();
        tries.addAll(List.of(
                "truncate " + table,
                "truncate " + table + " cascade",
                "drop table " + table + " cascade",
                "alter table " + table + " add column more text",
                "alter table " + table + " disable trigger all",
                "alter table " + table + " owner to " + role.user(),
                "alter table " + table + " rename to other",
                "alter table " + table + " alter column " + some + " drop not null",
                "create index on " + table + " (" + some + ")",
                "create trigger mine before insert on " + table + " for each row execute function refuse_change()",
                "create rule mine as on insert to " + table + " do instead nothing",
                "create policy mine on " + table,
                "alter table " + table + " enable row level security",
                "comment on table " + table + " is ''",
                "create table more () inherits (" + table + ")",
                "create table more (like " + table + " including all)"));

        String before = facts();
        Connection session = session(role);
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            for (String sql : tries) {
                assertThat(sqlState(statement, sql)).as(sql).isEqualTo(permitted.contains(sql) ? "" : NOT_PERMITTED);
                session.rollback();
            }
        } finally {
            session.rollback();
            session.setAutoCommit(true);
        }
        assertThat(facts()).isEqualTo(before);
    }

    /** Empty where it goes through. */
    private static String sqlState(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    static Stream<Arguments> rolesAndStatements() {
        List<String> statements = List.of(
                "insert into checkpoint select * from checkpoint on conflict (size) do update set note = ''",
                "insert into event select * from event on conflict (event_id) do update set payload = '{}'",
                "select * from event for update",
                "select * from ledger_entry for key share",
                "merge into event e using ledger_entry l on l.global_index = e.global_index when matched then delete",
                "copy event from program 'true'",
                "copy event to program 'true'",
                "copy event to '/tmp/events'",
                "drop trigger event_is_append_only on event",
                "create or replace function refuse_change() returns trigger language plpgsql as 'begin return null; end'",
                "drop function refuse_change() cascade",
                "create function mine() returns int language sql as 'select 1'",
                "create schema mine",
                "create table mine (id int)",
                "create temporary table mine (id int)",
                "create view mine as select 1",
                "create sequence mine",
                "create role mine",
                "create database mine",
                "create extension dblink",
                "create publication mine for all tables",
                "create event trigger mine on ddl_command_end execute function refuse_change()",
                "alter schema public owner to current_user",
                "drop schema public cascade",
                "grant ledger_owner to current_user",
                "grant ledger_app to ledger_sequencer",
                "grant ledger_sequencer to ledger_app",
                "alter role ledger_owner password 'mine'",
                "alter role ledger_owner set search_path = 'mine'",
                "alter database ledger set fsync = off",
                "alter system set fsync = off",
                "set role ledger_owner",
                "set session authorization ledger_owner",
                "set session_replication_role = replica",
                "set log_min_messages = 'debug5'",
                "reassign owned by ledger_owner to current_user",
                "select setval(pg_get_serial_sequence('event', 'global_index'), 1)",
                "select nextval(pg_get_serial_sequence('event', 'global_index'))",
                "select pg_read_file('postgresql.conf')",
                "select pg_switch_wal()");
        return statements.stream()
                .flatMap(sql -> Stream.of(database.app(), database.sequencer())
                        .map(role -> Arguments.of(sql, role, role.user() + ": " + sql)));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("rolesAndStatements")
    void neitherRoleMay(String sql, DatabaseAccess role, String name) throws SQLException {
        String before = facts();

        assertThatThrownBy(() -> execute(role, sql))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo(NOT_PERMITTED));

        assertThat(facts()).isEqualTo(before);
    }

    /** Which is no error, but a warning that nothing was granted. */
    @Test
    void neitherRoleCanGiveAwayWhatItMay() throws SQLException {
        String grants =
                "select relname || coalesce(relacl::text, '') from pg_class where relnamespace = 'public'::regnamespace order by relname";
        List<String> before = column(database.owner(), grants);

        for (DatabaseAccess role : List.of(database.app(), database.sequencer())) {
            for (String table : tables()) {
                try {
                    execute(role, "grant all on " + table + " to public");
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).isEqualTo(NOT_PERMITTED);
                }
            }
        }

        assertThat(column(database.owner(), grants)).isEqualTo(before);
    }

    @Test
    void neitherRoleMayBecomeTheOther() throws SQLException {
        assertThatThrownBy(() -> execute(database.app(), "set role ledger_sequencer"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> execute(database.sequencer(), "set role ledger_app"))
                .hasMessageContaining("permission denied");
        assertThat(column(database.owner(), """
                        select r.rolname || ' ' || g.rolname from pg_auth_members m
                        join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid
                        where r.rolname like 'ledger%'
                        """)).isEmpty();
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
                .isInstanceOf(Hindered.class)
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

    /** One column of what a query answers. */
    private static List<String> column(DatabaseAccess access, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = session(access).createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    private static void execute(DatabaseAccess access, String sql) throws SQLException {
        try (Statement statement = session(access).createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection session(DatabaseAccess access) throws SQLException {
        Connection session = SESSIONS.get(access);
        if (session == null) {
            session = access.connect();
            SESSIONS.put(access, session);
        }
        return session;
    }

    /** Stands for all rows of the tables of facts. */
    private static String facts() throws SQLException {
        try (Statement statement = session(database.app()).createStatement();
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
