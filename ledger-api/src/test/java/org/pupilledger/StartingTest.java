package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pupilledger.failure.Hindered;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;

/** What a server makes of its settings, and when it will not start. */
class StartingTest {
    private static final String DEMO = "--spring.profiles.active=demo";

    /** Something that is a file. */
    private static final Path A_FILE = Path.of("pom.xml").toAbsolutePath();

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
    @ExtendWith(ProcessLock.class)
    void withoutConfiguredUsersThereIsOneWithARandomPassword() throws IOException {
        TestServer.prepare(directory);
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
    void theDemoShowsWhatWasPublishedAndWhatNobodyRecordedAndAddsNothingWhenItStartsAgain() throws IOException {
        TestServer.prepare(directory);
        Files.createFile(directory.resolve("demo"));
        double recorded;
        try (TestServer server = start(DEMO)) {
            Caller auditor = server.as("auditor");
            recorded = server.metric("ledger_position");
            JsonNode homeOffice = row(auditor, "HOME_OFFICE", "from=2015-07&to=2016-09&by=total");
            assertThat(homeOffice.at("/individuals/submitted").intValue()).isEqualTo(2461);
            assertThat(homeOffice.at("/individuals/matched").intValue()).isEqualTo(531);
            assertThat(homeOffice.at("/requests/withdrawn").intValue()).isEqualTo(2);
            JsonNode police = row(auditor, "POLICE", "from=2012-04&to=2016-10&by=total");
            assertThat(police.at("/requests/received").intValue()).isEqualTo(33);
            assertThat(police.at("/requests/ledToData").intValue()).isEqualTo(16);
            assertThat(police.at("/individuals/returned").intValue()).isEqualTo(62);
            assertThat(police.at("/individuals/submitted").isNull()).isTrue();
            assertThat(row(auditor, "DWP", "from=2023-08&to=2023-08")
                            .at("/requests/ledToData")
                            .isNull())
                    .as("three letters, seven children")
                    .isTrue();
            assertThat(row(auditor, "DWP", "from=2018-05&to=2018-05&complete=true")
                            .at("/coverage")
                            .stringValue())
                    .isEqualTo("COMPLETE");
            assertThat(row(auditor, "DWP", "from=2019-01&to=2019-01&complete=true")
                            .at("/summary")
                            .stringValue())
                    .isEqualTo("not recorded");
            assertThat(auditor.get("/agreements/counts?on=2024-09-30&organisation=HOME_OFFICE")
                            .at("/distinct"))
                    .isEqualTo("1");
            assertThat(auditor.get("/agreements/counts?on=2024-09-30&organisation=DWP")
                            .at("/distinct"))
                    .as("one of those listed is in force")
                    .isEqualTo("1");
            assertThat(auditor.get("/agreements/stale-listings?on=2024-09-30").text())
                    .as("listed, and not live")
                    .contains("R0039", "R0040");
            assertThat(auditor.get("/editions/2016-Q3/files/agreements.csv").text())
                    .as("an edition of a time of which the source of an agreement does not tell")
                    .doesNotContain("R0039", "DS00114");
            assertThat(auditor.get("/statements?stale=true").at("/items/0/reference"))
                    .isEqualTo("DEMO-2016-1");
            assertThat(auditor.get("/statements?stale=true").json().get("items"))
                    .hasSize(1);
            server.context().close();
            try (TestServer again = start(DEMO)) {
                assertThat(again.metric("ledger_position")).isEqualTo(recorded);
            }
        }
    }

    private static JsonNode row(Caller caller, String organisation, String query) {
        Reply figures = caller.get("/figures?organisation=" + organisation + "&" + query);
        assertThat(figures.json().get("rows")).as("%s", figures).hasSize(1);
        return figures.json().at("/rows/0");
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
    @ExtendWith(ProcessLock.class)
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
    void aSettingThatThereIsNotIsRefusedWithTheNearestThatThereIs() {
        assertThat(assertRefused("There is no setting ledger.data-directry", "--ledger.data-directry=Sw0rdfish"))
                .contains("the nearest is ledger.data-directory.")
                .doesNotContain("Sw0rdfish");
        assertRefused(
                "the nearest is ledger.security.users.alice.password.", "--ledger.security.users.alice.pasword=x");
        assertRefused("the nearest is ledger.log.key-file.", "--ledger.log.key-file.name=x");
        assertRefused("the nearest is ledger.self-check.", "--ledger.selfcheck.when=x");
        assertThat(directory).doesNotExist();
    }

    @Test
    void variablesOfTheEnvironmentAreSettingsToo() {
        for (String known : List.of(
                "LEDGER_DATA_DIRECTORY",
                "LEDGER_DATADIRECTORY",
                "LEDGER_LOG_KEY_FILE",
                "LEDGER_SECURITY_USERS_ALICE_PASSWORD",
                "LEDGER_SECURITY_USERS_ALICE_ROLES_0",
                "LEDGER_SERVICE_HOST",
                "LEDGER_PORT_8080_TCP_ADDR")) {
            KnownSettings.check(environment(known));
        }
        for (String unknown : List.of("LEDGER_DATADIR", "LEDGER_LOG_KEY", "LEDGER_SECURITY_USERS_ALICE_PASS")) {
            assertThatThrownBy(() -> KnownSettings.check(environment(unknown)))
                    .as(unknown)
                    .isInstanceOf(Hindered.class)
                    .hasMessageContaining("the nearest is ledger.")
                    .hasMessageNotContaining("Sw0rdfish");
        }
    }

    private static StandardEnvironment environment(String variable) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(variable, "Sw0rdfish")));
        return environment;
    }

    @Test
    void aFirstStartThatIsRefusedLeavesNothingBehind() throws IOException {
        for (List<String> wrong : List.of(
                List.of(
                        "ledger.log.scan-interval cannot be read: it is a time",
                        "--ledger.log.scan-interval=Sw0rdfish"),
                List.of("ledger.inception cannot be read: it is a date", "--ledger.inception=Sw0rdfish"),
                List.of(
                        "ledger.public-entries cannot be read: it is one of none, released",
                        "--ledger.public-entries=S"),
                List.of("server.port cannot be read: it is a whole number", "--server.port=Sw0rdfish"),
                List.of("ledger.log.origin is not usable", "--ledger.log.origin=Sw0rd fish"),
                List.of("ledger.self-check is not usable", "--ledger.self-check=Sw0rdfish"),
                List.of("is no directory", "--ledger.log.journal-file=" + A_FILE + "/journal"))) {
            assertThat(assertRefused(wrong.getFirst(), wrong.getLast())).doesNotContain("Sw0rd");
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Program.Result result =
                    Program.run("--ledger.data-directory=" + directory, "--server.port=" + taken.getLocalPort());
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .startsWith("The ledger did not start. Port " + taken.getLocalPort() + " cannot be opened")
                    .hasLineCount(1);
            assertThat(result.out()).as("no trace, no analysis").isEmpty();
        }
        assertThat(directory).doesNotExist();
    }

    /** While Spring is at it, while the database is made, and when it is there. */
    @Test
    void aFirstStartThatIsToldToStopStopsAndTheNextOneIsAsGood() {
        List<String> settings = TestServer.settings(directory);
        for (String said : List.of("Tomcat initialized", "Postgres", "PostgreSQL 18")) {
            Program.Result result = Program.stoppedWhenItLogs(said, settings);
            assertThat(result.exitCode()).as(said).isEqualTo(143);
            assertThat(result.out()).contains(said).doesNotContain("stack_trace", "Tomcat started");
            assertThat(result.err().lines())
                    .as(said)
                    .last()
                    .isEqualTo("The ledger did not start. It was told to stop.");
            assertThat(directory.resolve("cluster/data/postmaster.pid")).doesNotExist();
        }
        try (TestServer server = start(TestServer.users().toArray(new String[0]))) {
            assertThat(server.as("auditor").get("/figures").status()).isEqualTo(200);
        }
    }

    @Test
    void aDataDirectoryThatOthersMayWriteIsRefused() throws IOException {
        Files.createDirectories(directory);
        for (String mode : List.of("rwxrwx---", "rwx----w-", "rwxrwxrwx")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
            assertRefused("Others than its owner may write to " + directory);
        }
        assertThat(directory).isEmptyDirectory();

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Path elsewhere = Files.createDirectories(TestServer.newDirectory());
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(assertRefused(
                        "Others than its owner may write to " + elsewhere,
                        "--ledger.log.key-file=" + elsewhere.resolve("below/key.pem")))
                .contains("chmod go-w", "ledger.log.key-file");
        Files.delete(elsewhere);
    }

    @Test
    void theFirstDayIsFixed() {
        TestServer.prepare(directory);
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
            String sentence = StartFailures.sentence(e);
            if (sentence == null) {
                throw e;
            }
            assertThat(sentence).contains(why);
            return sentence;
        }
    }
}
