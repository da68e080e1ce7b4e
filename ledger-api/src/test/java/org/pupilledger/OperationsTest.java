package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.node.LedgerNode;

/** What those see who keep it running, and what others do not. */
@ExtendWith(SharedServer.class)
class OperationsTest {
    private final TestServer server;

    OperationsTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"liveness", "readiness"})
    void everybodyLearnsThatItIsWellAndNothingElse(String probe) {
        for (Caller caller : List.of(server.anonymous(), server.as("recorder"))) {
            Reply reply = caller.get("//actuator/health/" + probe);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json()).isEqualTo(Reply.parse("{\"status\": \"UP\"}"));
        }
    }

    @Test
    void anAdministratorLearnsHowFarTheLedgerIs() {
        Reply reply = server.as("admin").get("//actuator/health");

        assertThat(reply.at("/components/ledger/status")).isEqualTo("UP");
        assertThat(reply.json().at("/components/ledger/details/sequenced").isIntegralNumber())
                .isTrue();
        assertThat(reply.json().at("/components/ledger/details/sealed").isIntegralNumber())
                .isTrue();
        assertThat(reply.json().at("/components/ledger/details/projected").isIntegralNumber())
                .isTrue();
    }

    @Test
    void itSaysWhichProgramItIs() {
        Reply info = server.as("admin").get("//actuator/info");

        assertThat(info.json().propertyNames()).containsExactlyInAnyOrder("version", "commit");
        assertThat(info.at("/version").toString()).isNotEmpty().doesNotContain("$");
        assertThat(info.at("/commit").toString()).matches("([0-9a-f]{40}(-changed)?|unknown)");
    }

    @Test
    void metricsTellWhatIsAppendedSequencedFoldedAndRefused() {
        Caller recorder = server.as("recorder");
        double appended = metric("ledger_appended_total");
        double unknownCodes = metric("ledger_refusals_total{rule=\"unknown-code\"}");
        double lines = metric("ledger_import_lines_total{outcome=\"refused\"}");

        recorder.read(recorder.post("/requests", Sample.live("DWP", "2024-05", 5)));
        recorder.post("/requests", Sample.live("NOBODY", "2024-05", 5));
        recorder.importCsv(Sample.HEADER + "\nx");

        assertThat(metric("ledger_appended_total")).isEqualTo(appended + 1);
        assertThat(metric("ledger_sequenced_total")).isGreaterThanOrEqualTo(metric("ledger_appended_total"));
        assertThat(metric("ledger_unsequenced_oldest_seconds")).isBetween(0.0, 5.0);
        assertThat(metric("ledger_processor_lag{processor=\"totals\"}")).isBetween(0.0, 100.0);
        assertThat(metric("ledger_processor_lag{processor=\"register\"}")).isBetween(0.0, 100.0);
        assertThat(metric("ledger_processor_failing{processor=\"totals\"}")).isZero();
        assertThat(metric("ledger_sealed")).isEqualTo(metric("ledger_position"));
        assertThat(metric("ledger_seal_lag")).isZero();
        assertThat(metric("ledger_seal_failing")).isZero();
        assertThat(metric("ledger_writer_oldest_seconds")).isLessThan(5.0);
        assertThat(metric("ledger_refusals_total{rule=\"unknown-code\"}")).isEqualTo(unknownCodes + 1);
        assertThat(metric("ledger_import_lines_total{outcome=\"refused\"}")).isEqualTo(lines + 1);
    }

    private double metric(String name) {
        return server.metric(name);
    }

    /** See ADR 0022. Events are dated by the clock that the framework has for them. */
    @ParameterizedTest
    @ValueSource(strings = {"-P400D", "P27000D"})
    void nothingIsRecordedByAWrongClockAndHealthSaysSoUntilItIsRight(String wrong) {
        Caller recorder = server.as("recorder");
        Caller admin = server.as("admin");
        String body = Sample.live("DWP", "2024-05", 5);
        String key = UUID.randomUUID().toString();
        long events = events();
        double appended = metric("ledger_appended_total");
        Clock right = GenericEventMessage.clock;
        GenericEventMessage.clock = Clock.offset(right, Duration.parse(wrong));
        try {
            Reply refused = recorder.post("/requests", body, "Idempotency-Key", key);
            Reply imported = recorder.importCsv(
                    Sample.HEADER + "\n,DWP,2020-01,OTHER,OTHER,4,NAME,APPROVED,3,0,3,2,SCHOOL,FILE,a-1,2023-02");

            for (Reply reply : List.of(refused, imported)) {
                assertThat(reply.problem()).isEqualTo("503 unavailable");
                assertThat(reply.at("/detail"))
                        .contains(
                                "The clock of this program and that of the database are more than 5 minutes apart.",
                                "nothing is recorded until then");
                assertThat(reply.header("retry-after")).matches("[0-9]+");
            }
            assertThat(events()).isEqualTo(events);
            assertThat(metric("ledger_appended_total")).isEqualTo(appended);
            Reply health = admin.get("//actuator/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.at("/components/ledger/details/store")).startsWith("The clock of this program");
            assertThat(server.anonymous().get("//actuator/health/readiness").status())
                    .isEqualTo(503);
            assertThat(recorder.get("/organisations").status())
                    .as("reading goes on")
                    .isEqualTo(200);
        } finally {
            GenericEventMessage.clock = right;
            assertThat(recorder.post("/requests", body, "Idempotency-Key", key).status())
                    .as("the same again is recorded now")
                    .isEqualTo(201);
        }
        assertThat(events()).isEqualTo(events + 1);
        assertThat(admin.get("//actuator/health").at("/components/ledger/status"))
                .isEqualTo("UP");
        assertThat(server.anonymous().get("//actuator/health/readiness").status())
                .isEqualTo(200);
    }

    private long events() {
        Long events = server.context()
                .getBean(LedgerNode.class)
                .storage()
                .events()
                .jdbc()
                .queryForObject("select count(*) from event", Long.class);
        return events == null ? -1 : events;
    }

    @Test
    void logsAreStructuredWithoutBannerOrAdvertisement() {
        List<String> lines = Arrays.asList(TestServer.log().split("\n", -1));

        assertThat(lines.stream().filter(line -> !line.isBlank()))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Reply.parse(line).get("message")).isNotNull());
        assertThat(TestServer.log()).doesNotContainIgnoringCase("axoniq console", "update check", ":: Spring Boot ::");
    }
}
