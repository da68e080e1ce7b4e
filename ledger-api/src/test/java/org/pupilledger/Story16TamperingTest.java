package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pupilledger.cluster.EmbeddedCluster;

/** An administrator of the database changes what was recorded, and the running server says so. */
@Timeout(120)
class Story16TamperingTest {
    private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long STEP_MS = 50;

    @Test
    @ExtendWith(ProcessLock.class)
    void anEventThatWasChangedTurnsHealthRedWithinTheScanPeriod() throws Exception {
        Path directory = TestServer.newLedgerDirectory();
        List<String> settings = TestServer.settings(directory);
        settings.add("--ledger.inception=" + TestServer.INCEPTION);
        settings.add("--ledger.log.scan-interval=200ms");
        settings.addAll(TestServer.users());
        try (TestServer server = TestServer.start(directory, settings)) {
            Caller recorder = server.as("recorder");
            Caller admin = server.as("admin");
            Reply recorded = recorder.post("/requests", Sample.live("DWP", "2024-05", 5));
            recorder.read(recorded);

            await(() -> metric(admin, "ledger_scan_age_seconds") < 10);
            assertThat(admin.get("//actuator/health").at("/components/ledger/status"))
                    .isEqualTo("UP");
            assertThat(metric(admin, "ledger_scan_broken")).isZero();
            assertThat(metric(admin, "ledger_scan_position")).isPositive();

            String id = recorded.json().get("id").stringValue();
            long position = change(directory, id);

            await(() -> metric(admin, "ledger_scan_broken") == 1);
            Reply health = admin.get("//actuator/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.at("/components/ledger/status")).isEqualTo("DOWN");
            assertThat(health.at("/components/ledger/details/scan"))
                    .isEqualTo("event.payload at position " + position + " is not what the entry says.");
            assertThat(server.anonymous().get("//actuator/health/readiness").status())
                    .isEqualTo(503);
            assertThat(TestServer.log()).contains("the ledger is broken at position " + position + ", CHANGED");
        }
    }

    /** As the superuser, with triggers off; returns the position. */
    private static long change(Path directory, String id) throws Exception {
        String url = EmbeddedCluster.attach(directory).orElseThrow().owner().url();
        String password = Reply.parse(Files.readString(directory.resolve("cluster/passwords.json")))
                .get("superuser")
                .stringValue();
        try (Connection superuser = DriverManager.getConnection(url, "postgres", password);
                Statement statement = superuser.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute("update event set payload = convert_to(replace(convert_from(payload, 'UTF8'), '5', '6'),"
                    + " 'UTF8') where aggregate_id = '" + id + "'");
            try (var row = statement.executeQuery("select position from ledger_entry join event using (global_index)"
                    + " where aggregate_id = '" + id + "'")) {
                assertThat(row.next()).isTrue();
                return row.getLong(1);
            }
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - started).isLessThan(LIMIT_NANOS);
            Thread.sleep(STEP_MS);
        }
    }

    /** NaN until it is known. */
    private static double metric(Caller admin, String name) {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$")
                .matcher(admin.get("//actuator/prometheus").text());
        return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
    }
}
