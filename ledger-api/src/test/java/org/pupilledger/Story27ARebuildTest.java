package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupilledger.Program.Result;
import org.pupilledger.cluster.DatabaseAccess;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An administrator has projections made anew while everybody reads on. */
@Timeout(120)
@ExtendWith(SharedServer.class)
class Story27ARebuildTest {
    private static final String TOTALS = "{\"projection\": \"totals\"}";
    private static final String REGISTER = "{\"projection\": \"register\"}";
    private static final String OF_EVERYTHING = "select * from projection for no key update";

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final TestServer server;
    private final Caller admin;

    Story27ARebuildTest(TestServer server) {
        this.server = server;
        this.admin = server.as("admin");
    }

    @BeforeEach
    void awaitThoseOfOthers() {
        admin.get("/rebuilds")
                .json()
                .get("items")
                .forEach(each -> awaitOver(each.get("id").stringValue()));
    }

    private Reply awaitOver(String id) {
        return await(id, "DONE", "FAILED", "CANCELLED");
    }

    private Reply await(String id, String... phases) {
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        while (true) {
            Reply reply = admin.get("/rebuilds/" + id);
            if (List.of(phases).contains(reply.at("/phase"))) {
                return reply;
            }
            assertThat(System.nanoTime()).as("%s", reply).isLessThan(deadline);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String organisationWithRequest(String code) {
        Caller recorder = server.as("recorder");
        recorder.read(recorder.post("/requests", Sample.live(server.newOrganisation(code), "2024-05", 12)));
        return code;
    }

    private void damage(String organisation) {
        DatabaseAccess sequencer = server.database().sequencer();
        new JdbcTemplate(new DriverManagerDataSource(sequencer.url(), sequencer.user(), sequencer.password()))
                .update(
                        "update monthly_total set individuals_submitted = individuals_submitted + 1 where organisation = ?",
                        organisation);
    }

    private String submitted(String organisation) {
        return server.as("auditor").get("/figures?organisation=" + organisation).at("/rows/0/individuals/submitted");
    }

    @Test
    void whatIsRebuiltIsTheSameAndSaysSo() {
        organisationWithRequest("T_REBUILT");

        Reply begun = admin.post("/rebuilds", TOTALS);

        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.header("location")).isEqualTo("/api/v1/rebuilds/" + begun.id());
        assertThat(begun.at("/projection")).isEqualTo("totals");
        Reply over = awaitOver(begun.id());
        assertThat(over.at("/phase")).isEqualTo("DONE");
        assertThat(over.at("/percent")).isEqualTo("100");
        assertThat(over.at("/position")).isEqualTo(over.at("/head"));
        assertThat(over.at("/outcome/finding")).isEqualTo("SAME");
        assertThat(over.at("/outcome/now")).matches("[0-9a-f]{64}").isEqualTo(over.at("/outcome/was"));
        assertThat(over.at("/reason")).isEqualTo("null");
        Reply list = admin.get("/rebuilds");
        assertThat(list.json().at("/items/0")).isEqualTo(over.json());
        assertThat(list.json().get("unfinished")).isEmpty();
        assertThat(submitted("T_REBUILT")).isEqualTo("12");
    }

    @Test
    @ExtendWith(ProcessLock.class)
    void aDamagedFigureIsMendedReportedAndLogged() {
        organisationWithRequest("T_REBUILT_MENDED");
        damage("T_REBUILT_MENDED");
        assertThat(submitted("T_REBUILT_MENDED")).isEqualTo("13");

        Reply over = awaitOver(admin.post("/rebuilds", TOTALS).id());

        assertThat(over.at("/outcome/finding")).isEqualTo("DAMAGED");
        assertThat(over.at("/outcome/now")).isNotEqualTo(over.at("/outcome/was"));
        assertThat(submitted("T_REBUILT_MENDED")).isEqualTo("12");
        assertThat(TestServer.log()).contains("the projection totals did not say what the entries say");
        assertThat(admin.get("//actuator/health/readiness").status()).isEqualTo(200);
    }

    /** The swap waits for a transaction that holds the row of the projection, so that the rebuild stays under way. */
    @Test
    void oneOfAProjectionAtATimeAndOneThatWaitsCanBeCancelled() {
        organisationWithRequest("T_REBUILT_TWICE");
        List<String> ids = new ArrayList<>();
        server.duringTransaction(OF_EVERYTHING, () -> {
            ids.add(admin.post("/rebuilds", TOTALS).id());
            assertThat(admin.post("/rebuilds", TOTALS).problem()).isEqualTo("409 conflict");
            ids.add(admin.post("/rebuilds", REGISTER).id());
            await(ids.getFirst(), "SWAPPING");
            assertThat(admin.get("/rebuilds").at("/unfinished/0/projection")).isEqualTo("totals");
            assertThat(admin.get("/rebuilds/" + ids.getFirst()).at("/percent")).isEqualTo("99");
            assertThat(submitted("T_REBUILT_TWICE")).as("read meanwhile").isEqualTo("12");
            assertThat(admin.get("/rebuilds/" + ids.getLast()).at("/phase")).isEqualTo("QUEUED");
            assertThat(cancel(ids.getLast()).status()).isEqualTo(204);
        });

        assertThat(awaitOver(ids.getFirst()).at("/phase")).isEqualTo("DONE");
        assertThat(awaitOver(ids.getLast()).at("/phase")).isEqualTo("CANCELLED");
        assertThat(cancel(ids.getFirst()).status())
                .as("it is over and stays so")
                .isEqualTo(204);
        assertThat(admin.get("/rebuilds/" + ids.getFirst()).at("/phase")).isEqualTo("DONE");
        assertThat(admin.get("/rebuilds").json().get("unfinished")).isEmpty();
    }

    private Reply cancel(String id) {
        return admin.send("DELETE", "/rebuilds/" + id, BodyPublishers.noBody());
    }

    @Test
    void aKeyBeginsOnlyOne() {
        String key = UUID.randomUUID().toString();

        Reply first = admin.post("/rebuilds", REGISTER, "Idempotency-Key", key);
        Reply again = admin.post("/rebuilds", REGISTER, "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("location")).isEqualTo(first.header("location"));
        assertThat(admin.post("/rebuilds", TOTALS, "Idempotency-Key", key).problem())
                .isEqualTo("422 idempotency-key-reused");
        assertThat(awaitOver(first.id()).at("/outcome/finding")).isEqualTo("SAME");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; 400 invalid-request | /projection required",
                "{\"projection\": \"nothing\"}; 422 rule-broken | /projection unknown-code",
                "[; 400 invalid-request | malformed-json"
            })
    void refusesWhatIsNoProjection(String body, String problem) {
        assertThat(admin.post("/rebuilds", body).problem()).isEqualTo(problem);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(admin.get("/rebuilds/nothing").problem()).isEqualTo("404 not-found");
        assertThat(cancel("nothing").problem()).isEqualTo("404 not-found");
        assertThat(admin.post("/rebuilds", TOTALS, "If-Match", "\"0\"").problem())
                .isEqualTo("412 stale-version");
    }

    @Test
    void theCommandLineDoesItBesideTheServer() {
        organisationWithRequest("T_REBUILT_BESIDE");
        String directory = "--ledger.data-directory=" + server.directory();

        Result same = Program.run("rebuild", "all", directory);
        damage("T_REBUILT_BESIDE");
        Result mended = Program.run("rebuild", "totals", "--quiet", directory);
        Result wrong = Program.run("rebuild", "nothing", directory);

        assertThat(same.exitCode()).as("%s", same).isZero();
        assertThat(same.out()).matches("""
                        totals: same at position [0-9]+
                          was ([0-9a-f]{64})
                          now \\1
                        register: same at position [0-9]+
                          was ([0-9a-f]{64})
                          now \\2
                        claims: same at position [0-9]+
                          was ([0-9a-f]{64})
                          now \\3
                        files: same at position -?[0-9]+
                          was ([0-9a-f]{64})
                          now \\4
                        """);
        assertThat(same.err()).contains("totals: 100 %, ", " entries/s, done", "register: 100 %, ");
        assertThat(mended.exitCode()).as("%s", mended).isEqualTo(1);
        assertThat(mended.out()).startsWith("totals: mended at position ");
        assertThat(mended.err()).doesNotContain("%");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("totals, register, claims, files or all");
        assertThat(submitted("T_REBUILT_BESIDE")).isEqualTo("12");
    }
}
