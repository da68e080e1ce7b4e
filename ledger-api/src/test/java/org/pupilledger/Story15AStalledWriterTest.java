package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.approval;
import static org.pupilledger.Sample.live;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pupilledger.node.LedgerNode;

/** A writer that hangs between its first event and its commit holds up nobody else, and is noticed. */
@ExtendWith(SharedServer.class)
class Story15AStalledWriterTest {
    private static final long NOTICED_MS = 20_000;
    private static final String STALLED = "/components/ledger/details/stalledWriterSeconds";

    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;

    Story15AStalledWriterTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
    }

    @Test
    void delaysOnlyItsOwnEventsAndShowsInHealthAndMetrics() {
        String organisation = server.newOrganisation("T_STALLED");
        Reply stuck = recorder.post("/requests", live(organisation, "2024-05-01", 5));
        String path = "/requests/" + stuck.id();
        assertThat(health().at(STALLED)).isEqualTo("MISSING");

        AtomicReference<Reply> other = new AtomicReference<>();
        server.duringTransaction(takeTheNextPlace(stuck.id()), () -> {
            assertThat(approver.post(path + "/decision", approval("2024-05-02")).problem())
                    .as("waits for the lock a moment only")
                    .isEqualTo("503 not-recording");
            assertThat(health().at("/components/ledger/details/store")).contains("lock");

            other.set(recorder.read(recorder.post("/requests", live(organisation, "2024-05-01", 7))));

            assertThat(other.get().json().get("position").isIntegralNumber()).isTrue();
            assertThat(recorder.get("/" + other.get().at("/receipt")).status()).isEqualTo(200);
            assertThat(recorder.get("/figures?organisation=" + organisation).at("/rows/0/summary"))
                    .isEqualTo("12 submitted, open");
            await(() -> !health().at(STALLED).equals("MISSING"));
            assertThat(Double.parseDouble(health().at(STALLED))).isGreaterThanOrEqualTo(10);
            assertThat(health().at("/components/ledger/details/stalledWriter")).contains("all others go on");
            assertThat(health().at("/components/ledger/status")).isEqualTo("UP");
            assertThat(server.anonymous().get("//actuator/health/readiness").status())
                    .isEqualTo(200);
            assertThat(server.metric("ledger_writer_oldest_seconds")).isGreaterThanOrEqualTo(10);
            assertThat(server.metric("ledger_seal_lag")).isZero();
            assertThat(recorder.get(path + "/receipt?sequence=1").problem()).isEqualTo("404 not-found");
        });

        Reply decided = approver.post(path + "/decision", approval("2024-05-02"));
        assertThat(decided.status()).as("%s", decided).isEqualTo(200);
        Reply read = recorder.read(decided);
        assertThat(read.at("/status")).isEqualTo("APPROVED");
        assertThat(read.json().get("position").longValue())
                .isGreaterThan(other.get().json().get("position").longValue());
        assertThat(recorder.get(path + "/receipt?sequence=1").status()).isEqualTo(200);
        await(() -> health().at(STALLED).equals("MISSING"));
        assertThat(server.metric("ledger_writer_oldest_seconds")).isLessThan(10);
        assertThat(count("select count(*) from event"))
                .as("nothing is skipped")
                .isEqualTo(count("select count(*) from ledger_entry"))
                .isEqualTo(count("select max(position) + 1 from ledger_entry"));
    }

    /** The place of the request's next event: whoever wants it too must wait for how this ends. */
    private static String takeTheNextPlace(String id) {
        return """
                insert into event (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision,
                                   payload, metadata)
                values ('stalled', '%s', 1, 'matching-request', '2024-05-01T00:00:00Z', 'none', '1', '{}', '{}')
                """.formatted(id);
    }

    private Reply health() {
        return server.as("admin").get("//actuator/health");
    }

    private long count(String query) {
        Long count = server.context()
                .getBean(LedgerNode.class)
                .storage()
                .events()
                .jdbc()
                .queryForObject(query, Long.class);
        return count == null ? -1 : count;
    }

    private static void await(BooleanSupplier isSo) {
        long deadline = System.nanoTime() + NOTICED_MS * 1_000_000;
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as("too long").isLessThan(deadline);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
