package org.pupilledger.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.TestLedger.APPROVER;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.RECORDER;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.Await;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.catalogue.DerivedRows;
import org.pupilledger.catalogue.NotChecked;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.Superuser;
import org.pupilledger.publishing.PublishedFiles;
import org.pupilledger.rebuild.Outcome;
import org.pupilledger.rebuild.Outcome.Finding;
import org.pupilledger.rebuild.Rebuild;
import org.pupilledger.rebuild.Unwatched;
import org.pupilledger.register.RegisterProjection;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.store.Answer;
import org.pupilledger.store.ClaimsMending;
import org.pupilledger.store.Commands;
import org.pupilledger.store.ContentClaims;
import org.pupilledger.store.IdempotencyKeys;
import org.pupilledger.totals.TotalsProjection;

/** Rows that follow from others are found where they do not, and every column is either compared or named. */
@Timeout(120)
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
    private static TestRequests requests;
    private static int references;

    @BeforeAll
    static void open() {
        database = TestDatabase.migrated();
        ledger = new TestLedger(database);
        ledger.start();
        ledger.registerOrganisations();
        requests = new TestRequests(ledger.organisations());
        ledger.commands().send(requests.live(DWP, "2026-04-17", 185, "2026-0000001", "2026-0000002"), RECORDER);
        ledger.commands().send(requests.live(DWP, "2026-04-18", 3, "2026-0000003"), RECORDER);
        ledger.commands()
                .once(
                        new IdempotencyKeys.Call("officer", "POST /rebuilds", new byte[32], new byte[32]),
                        () -> new Answer(202, null, null, null, new byte[1]));
        ledger.commands().send(requests.historic(DWP, "2018-04", 3, "2018-0000001"), RECORDER);
        ledger.commands().send(requests.historic(DWP, "2018-05", 4), RECORDER);
        RecordRequest annulled = requests.historic(DWP, "2018-06", 5, "2018-0000002");
        ledger.commands().send(annulled, RECORDER);
        ledger.commands().send(requests.annul(annulled.id()), APPROVER);
        ledger.commands()
                .send(
                        List.of(line(7, 1), line(7, 2), line(8, 1), line(9, 0, "2018-0000004", "2018-0000003")),
                        RECORDER);
        ledger.commands().send(List.of(line(7, 3)), RECORDER);
        ledger.awaitFolded();
    }

    private static Commands.BulkRequest line(int individuals, int occurrence, String... references) {
        RecordRequest command = requests.historic(DWP, "2018-07", individuals, references);
        return new Commands.BulkRequest(command, ContentClaims.digest(command), occurrence);
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
                "update projection set position = 99 where name = 'register' | position differs: the projection register is not",
                "delete from projection where name = 'totals' | position differs: the projection totals is missing",
                "insert into projection (name, position) values ('more', 0) | position differs: the projection more is not",
                "update processor_token set token = '0' where processor = 'totals' | position differs: the projection totals",
                "update processor_token set token = '\\xff' where processor = 'totals' | position differs: the projection totals",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update projection set position = 1 where name = 'totals'",
                "update projection set position = 99 where name = 'totals'",
                "update projection set position = -2 where name = 'totals'",
                "update projection set position = 99 where name = 'totals';"
                        + " update processor_token set token = '99' where processor = 'totals'",
                "delete from projection where name = 'totals'",
                "update processor_token set token = '0' where processor = 'totals'",
                "update processor_token set token = '\\xff', token_type = 'x' where processor = 'totals'",
                "update processor_token set processor = 'another' where processor = 'totals'"
            })
    void aMovedPlaceIsMendedByARebuildAndTheProjectionGoesOn(String attack) throws SQLException {
        // a processor at work would write its token again
        ledger.awaitFolded();
        commit(attack);
        assertThat(found()).isNotEmpty();

        Outcome outcome = rebuildTotals();

        assertThat(outcome.finding()).isEqualTo(Finding.DAMAGED);
        assertThat(outcome.position()).isEqualTo(ledger.entries().head());
        assertThat(found()).isEmpty();
        recordOne();
        ledger.awaitFolded();
        Await.until("nothing stands still", () -> ledger.processors().failures().isEmpty());
        assertThat(rebuildTotals().finding()).isEqualTo(Finding.SAME);
    }

    /** Nothing new comes in that would show it. */
    @Test
    void aProjectionThatWasStuckIsNotAfterARebuild() throws SQLException {
        commit("update projection set position = 1 where name = 'totals'");
        recordOne();
        Await.until(
                "it is stuck",
                () -> ledger.processors().failures().getOrDefault("totals", "").startsWith("stuck"));

        assertThat(rebuildTotals().finding()).isEqualTo(Finding.DAMAGED);

        assertThat(found()).isEmpty();
        Await.until("nothing stands still", () -> ledger.processors().failures().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from reference_claim",
                "update reference_claim set request = 'another' where reference = '2026-0000001'",
                "insert into reference_claim values ('2026-0000009', 'nobody')",
                "delete from content_claim where occurrence < 3",
                "delete from content_claim where occurrence in (1, 2)",
                "update content_claim set request = 'another' where occurrence < 3",
                "update content_claim set occurrence = 7 where occurrence = 0",
                "update content_claim set digest = sha256(digest) where occurrence < 3",
                "insert into content_claim select sha256(request::bytea), 3, request from content_claim",
                "insert into content_claim select digest, occurrence + 5, request from content_claim where occurrence > 0",
                "delete from reference_claim; delete from request_reference; delete from content_claim where occurrence = 0",
                "delete from request; delete from request_reference"
            })
    void claimsAreMended(String attack) throws SQLException {
        ledger.awaitFolded();
        List<String> claims = claims();
        commit(attack);
        boolean isOfClaims = attack.contains("_claim");
        assertThat(claims().equals(claims)).isNotEqualTo(isOfClaims);

        Outcome outcome = mendings().run(new Unwatched());

        assertThat(claims()).containsExactlyInAnyOrderElementsOf(claims);
        assertThat(outcome.finding()).isEqualTo(isOfClaims ? Finding.DAMAGED : Finding.SAME);
        assertThat(outcome.left()).isEmpty();
        assertThat(found()).isEmpty();
        assertThat(mendings().run(new Unwatched()))
                .isEqualTo(new Outcome("claims", outcome.position(), Finding.SAME, outcome.now(), outcome.now()));
    }

    /** It could as well have been recorded by itself, and would then have no claim. */
    @Test
    void theClaimOfALineThatWasImportedAloneIsBelievedButNotPutBack() throws SQLException {
        List<String> claims = claims();
        String was = ledger.jdbc()
                .queryForObject(
                        "select format('insert into content_claim values (%L, 3, %L)', digest, request)"
                                + " from content_claim where occurrence = 3",
                        String.class);
        commit("delete from content_claim where occurrence = 3");

        assertThat(mendings().run(new Unwatched()).finding()).isEqualTo(Finding.SAME);
        assertThat(claims()).hasSize(claims.size() - 1);
        commit(Objects.requireNonNull(was));
        assertThat(mendings().run(new Unwatched()).finding()).isEqualTo(Finding.SAME);
        assertThat(claims()).isEqualTo(claims);
    }

    @Test
    void claimsOfWhatIsNotSealedYetStayAndAReferenceOfTwoIsNamed() throws SQLException {
        Database other = TestDatabase.migrated();
        try (TestLedger unsealed = new TestLedger(other)) {
            unsealed.start();
            unsealed.registerOrganisations();
            TestRequests ours = new TestRequests(unsealed.organisations());
            RecordRequest first = ours.historic(DWP, "2018-04", 3, "2018-0000001");
            RecordRequest second = ours.historic(DWP, "2018-05", 4, "2018-0000001");
            RecordRequest third = ours.historic(DWP, "2018-06", 5, "2018-0000003");
            unsealed.commands().send(first, RECORDER);
            unsealed.commands().send(third, RECORDER);
            unsealed.jdbc().update("delete from reference_claim where reference = '2018-0000001'");
            unsealed.commands().send(second, RECORDER);
            unsealed.awaitFolded();

            Outcome outcome = mendings(unsealed).run(new Unwatched());

            assertThat(outcome.finding()).isEqualTo(Finding.DAMAGED);
            assertThat(outcome.left())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith(
                            "a reference of the request " + first.id() + " is also one of the request " + second.id());
            unsealed.sequencer().close();
            Change change = new Change(Field.REFERENCES, List.of("2018-0000001"), List.of("2018-0000002"));
            unsealed.commands().send(ours.correct(second.id(), change), APPROVER);
            unsealed.commands().send(ours.annul(third.id()), APPROVER);
            unsealed.commands().send(ours.historic(DWP, "2018-06", 5, "2018-0000003"), RECORDER);
            List<String> claims = claims(unsealed);

            Outcome again = mendings(unsealed).run(new Unwatched());

            assertThat(again.left()).isEmpty();
            claims.add("2018-0000001 " + first.id());
            assertThat(claims(unsealed))
                    .as("what was freed is claimed for who has it, all else stays")
                    .containsExactlyInAnyOrderElementsOf(claims)
                    .hasSize(6);
            assertThat(mendings(unsealed).run(new Unwatched()).finding()).isEqualTo(Finding.SAME);
        }
    }

    private static void recordOne() {
        ledger.commands().send(requests.live(DWP, "2026-04-19", 1, "2026-1" + (100_000 + references++)), RECORDER);
    }

    private static ClaimsMending mendings() {
        return mendings(ledger);
    }

    private static ClaimsMending mendings(TestLedger of) {
        return new ClaimsMending(
                new Rebuild(
                        Objects.requireNonNull(of.projected().jdbc().getDataSource()),
                        of.entries(),
                        RegisterProjection::new),
                of.store().dataSource());
    }

    private static Outcome rebuildTotals() {
        return new Rebuild(
                        Objects.requireNonNull(ledger.projected().jdbc().getDataSource()),
                        ledger.entries(),
                        TotalsProjection::new)
                .run(new Unwatched());
    }

    private static List<String> claims() {
        return claims(ledger);
    }

    private static List<String> claims(TestLedger of) {
        return of.jdbc()
                .query(
                        "select reference || ' ' || request from reference_claim union all"
                                + " select encode(digest, 'hex') || ' ' || occurrence || ' ' || request from content_claim"
                                + " order by 1",
                        (row, number) -> row.getString(1));
    }

    private static void commit(String attack) throws SQLException {
        try (Connection connection = Superuser.of(database).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute(attack);
        }
    }

    private static List<String> found() throws SQLException {
        return after("select 1");
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
            new DerivedRows(Snapshot.of(connection), new EventKeys(TestLedger.AUTHENTICITY, key -> true), found)
                    .verify();
            connection.rollback();
        }
        return found;
    }
}
