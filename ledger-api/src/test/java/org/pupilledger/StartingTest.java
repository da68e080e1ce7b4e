package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server makes of its settings, and when it will not start. */
class StartingTest {
    private static final String DEMO = "--spring.profiles.active=demo";

    private final Path directory = TestServer.newDirectory();

    @AfterEach
    void clean() {
        TestServer.delete(directory);
    }

    private TestServer start(String... settings) {
        List<String> all = new ArrayList<>(TestServer.settings(directory));
        all.addAll(Arrays.asList(settings));
        return TestServer.start(directory, all);
    }

    @Test
    void withoutConfiguredUsersThereIsOneWithARandomPassword() throws IOException {
        String password;
        try (TestServer server = start("--ledger.inception=" + TestServer.INCEPTION)) {
            Path file = directory.resolve("initial-password");
            password = Files.readString(file).strip();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(password).hasSizeGreaterThan(20);

            Caller admin = server.as("admin", password);
            Reply request = admin.post("/requests", Sample.live("DWP", "2024-05", 5));
            assertThat(request.status()).isEqualTo(201);
            assertThat(admin.post("/requests/" + request.id() + "/decision", Sample.approval("2024-05"))
                            .problem())
                    .as("four eyes")
                    .isEqualTo("422 rule-broken | same-officer");
            assertThat(admin.get("//actuator/health").status()).isEqualTo(200);
            assertThat(server.as("admin", "demo").get("/requests").problem()).isEqualTo("401 unauthenticated");

            assertThatThrownBy(() -> start("--ledger.inception=" + TestServer.INCEPTION))
                    .as("a second server on the same directory")
                    .hasStackTraceContaining("is in use by another ledger");
            assertThat(TestServer.log())
                    .doesNotContain(password)
                    .contains("The checkpoint journal is on the same volume as the database");
        }
    }

    @Test
    void theDemoHasAUserForEachRoleAndTheSamplesInItsFigures() {
        try (TestServer server = start(DEMO)) {
            assertThat(server.anonymous().get("//actuator/health/readiness").status())
                    .isEqualTo(200);
            assertThat(server.as("auditor")
                            .get("/figures?from=2018-04&to=2018-06&by=quarter")
                            .at("/rows/0/summary"))
                    .isEqualTo("185 submitted, 1 matched, Y-only returned");
            for (String user : List.of("recorder", "approver", "publisher", "auditor", "admin")) {
                assertThat(server.as(user).get("/organisations").status())
                        .as(user)
                        .isEqualTo(200);
            }
            assertThat(server.as("recorder").get("//actuator/prometheus").problem())
                    .isEqualTo("403 forbidden");
        }
    }

    @Test
    void theDemoKeepsAwayFromAnythingReal() throws IOException {
        assertRefused("loopback address only", DEMO, "--server.address=0.0.0.0");
        assertRefused("loopback address only", DEMO, "--server.address=");
        assertRefused("does not touch a configured one", DEMO, "--spring.datasource.url=jdbc:postgresql://127.0.0.1/x");
        assertThat(directory).doesNotExist();
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("somebody-elses"), "");
        assertRefused("only in a data directory that it made itself", DEMO);
        assertThat(directory.resolve("cluster")).doesNotExist();
    }

    @Test
    void aConfiguredDatabaseNeedsItsOwner() {
        assertRefused("not spring.flyway.user", "--spring.datasource.url=jdbc:postgresql://127.0.0.1/x");
        assertThat(directory).doesNotExist();
    }

    @Test
    void aConfiguredDatabaseNeedsARoleThatSequencesAndAppendsNothing() {
        String url = "--spring.datasource.url=jdbc:postgresql://127.0.0.1/x";
        String owner = "--spring.flyway.user=ledger_owner";
        String app = "--spring.datasource.username=ledger_app";
        assertRefused("not ledger.sequencer.username", url, owner, app);
        assertRefused("They must be two", url, owner, app, "--ledger.sequencer.username=ledger_app");
        assertThat(directory).doesNotExist();
    }

    @Test
    void aUserIsConfiguredProperly() {
        String good = TestServer.PASSWORD_HASH;
        for (List<String> wrong : List.of(
                List.of("Sw0rdfish", "AUDITOR", "must be encoded"),
                List.of("{noop}Sw0rdfish", "AUDITOR", "must be encoded"),
                List.of("{bcrypt}Sw0rdfish", "AUDITOR", "must be encoded"),
                List.of(good, "KING", "none of"),
                List.of(good, "", "roles is empty"))) {
            String prefix = "--ledger.security.users.alice";
            String message = assertRefused(
                    wrong.get(2), prefix + ".password=" + wrong.get(0), prefix + ".roles=" + wrong.get(1));
            assertThat(message).contains("alice").doesNotContain(wrong.getFirst());
        }
        assertRefused(
                "is not 1 to 64 letters",
                "--ledger.security.users[al ice].password=" + good,
                "--ledger.security.users[al ice].roles=AUDITOR");
        assertThat(TestServer.log()).doesNotContain("Sw0rdfish");
    }

    @Test
    void theFirstDayIsFixed() {
        try (TestServer server = start("--ledger.inception=2024-03-01")) {
            assertThat(server.anonymous().get("//actuator/health/liveness").status())
                    .isEqualTo(200);
            server.context().close();
            assertRefused("Its first day is fixed", "--ledger.inception=2024-03-02");
        }
    }

    /** Returns the message. */
    private String assertRefused(String why, String... settings) {
        try (TestServer started = start(settings)) {
            throw new AssertionError("it started on port " + started.port());
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof StartRefused && cause.getMessage() != null) {
                    assertThat(cause.getMessage()).contains(why);
                    return cause.getMessage();
                }
            }
            throw e;
        }
    }
}
