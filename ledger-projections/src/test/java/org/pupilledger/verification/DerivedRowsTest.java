package org.pupilledger.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.RECORDER;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.Superuser;
import org.pupilledger.editions.PublishedFiles;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.store.Answer;
import org.pupilledger.store.IdempotencyKeys;

/** Rows that follow from others are found where they do not, and every column is either compared or named. */
@Timeout(60)
class DerivedRowsTest {
    /** What {@link DatabaseVerification} compares. */
    private static final List<String> CHECKED = List.of(
            "event.",
            "ledger_entry.",
            "tile.",
            "checkpoint.",
            "tree_edge.",
            "public_checkpoint.",
            "sequencer.id",
            "sequencer.snapshot",
            "reference_claim.",
            "published_file.",
            "projection.name",
            "projection.position",
            "processor_token.processor",
            "processor_token.token");

    private static Database database;
    private static TestLedger ledger;

    @BeforeAll
    static void open() {
        database = TestDatabase.migrated();
        ledger = new TestLedger(database);
        ledger.start();
        ledger.registerOrganisations();
        TestRequests requests = new TestRequests(ledger.organisations());
        ledger.commands().send(requests.live(DWP, "2026-04-17", 185, "2026-0000001", "2026-0000002"), RECORDER);
        ledger.commands().send(requests.live(DWP, "2026-04-18", 3, "2026-0000003"), RECORDER);
        ledger.commands()
                .once(
                        new IdempotencyKeys.Call("officer", "POST /rebuilds", new byte[32], new byte[32]),
                        () -> new Answer(202, null, null, null, new byte[1]));
        ledger.awaitFolded();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void nothingIsFoundWhereNothingWasDone() throws SQLException {
        assertThat(after("select 1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update projection set position = 1 where name = 'totals' | position differs: the projection totals is not",
                "update projection set position = 9 where name = 'register' | position differs: the projection register is not",
                "delete from projection where name = 'totals' | position differs: the projection totals is missing",
                "insert into projection (name, position) values ('more', 0) | position differs: the projection more is not",
                "update processor_token set token = '0' where processor = 'totals' | position differs: the projection totals",
                "update processor_token set processor = 'another' where processor = 'totals'"
                        + " | position differs: the projection another",
                "delete from reference_claim where reference = '2026-0000002' | claim differs: a reference of the request",
                "update reference_claim set request = 'another' where reference = '2026-0000001'"
                        + " | claim differs: a reference is claimed for the request another",
                "insert into reference_claim values ('2026-0000009', 'nobody') | claimed for the request nobody",
                "insert into published_file values ('ab', 'changed') | file differs: the published file ab does not hold",
                "update idempotency_key set body = 'other' | answer differs: what is remembered under an idempotency key of 20",
                "insert into idempotency_key values ('a', 'POST /', 'k', 'b') | answer differs: what is remembered"
            })
    void isFound(String attack, String sentence) throws SQLException {
        assertThat(after(attack)).anySatisfy(found -> assertThat(found).contains(sentence));
    }

    @Test
    void aClaimAheadOfTheRegisterIsNoDifference() throws SQLException {
        assertThat(after("update projection set position = 1; update processor_token set token = '1';"
                        + " delete from request_reference; delete from request"))
                .isEmpty();
    }

    @Test
    void aFileThatWasPutIsFound() throws SQLException {
        new PublishedFiles(ledger.projected().jdbc()).put("a table".getBytes(StandardCharsets.UTF_8));

        assertThat(after("select 1")).isEmpty();
        assertThat(after("update published_file set bytes = 'another'")).hasSize(1);
    }

    /** A new column must be decided about. */
    @Test
    void everyColumnIsComparedOrNamed() {
        Set<String> notChecked = new TreeSet<>();
        Set<String> checked = new TreeSet<>();
        Set<String> neither = new TreeSet<>();
        for (String column : columns()) {
            boolean isNamed = NotChecked.OF_DATABASE.stream()
                    .flatMap(it -> it.columns().stream())
                    .anyMatch(it -> column.equals(it) || column.startsWith(it + "."));
            boolean isChecked =
                    CHECKED.stream().anyMatch(it -> column.equals(it) || (it.endsWith(".") && column.startsWith(it)));
            (isNamed ? notChecked : isChecked ? checked : neither).add(column);
            assertThat(isNamed && isChecked).as(column).isFalse();
        }
        assertThat(neither).isEmpty();
        assertThat(checked).hasSizeGreaterThan(30);
        assertThat(notChecked).hasSizeGreaterThan(60);
    }

    private static List<String> columns() {
        return ledger.jdbc()
                .query(
                        "select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                                + " where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0",
                        (row, number) -> row.getString(1));
    }

    /** What is found after an attack that is undone. */
    private static List<String> after(String attack) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = Superuser.of(database).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute(attack);
            new DerivedRows(Snapshot.of(connection), EventKeys.all(TestLedger.AUTHENTICITY), found).verify();
            connection.rollback();
        }
        return found;
    }
}
