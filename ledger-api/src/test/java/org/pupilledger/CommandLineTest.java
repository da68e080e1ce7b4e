package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.Program.Result;
import org.pupilledger.cluster.Database;

/** The subcommands, run as they are run: beside a server, and alone. */
@ExtendWith(SharedServer.class)
class CommandLineTest {
    @TempDir
    Path files;

    private final TestServer server;
    private final String directory;

    CommandLineTest(TestServer server) {
        this.server = server;
        this.directory = "--ledger.data-directory=" + server.directory();
    }

    private String file(String content) throws IOException {
        return Files.writeString(files.resolve("lines.csv"), content).toString();
    }

    private static String lines(String organisation) {
        return "," + organisation + ",2023-01,OTHER,OTHER,5,,APPROVED,2,0,2,2,SCHOOL,FILE,,\n" + "," + organisation
                + ",2023-02,OTHER,OTHER,7,,REFUSED,,,,,,FILE,,\n";
    }

    @Test
    void importsAndPrintsFiguresBesideAServer() throws IOException {
        String organisation = server.newOrganisation("T_COMMAND_LINE");
        String file = file(Sample.HEADER + "\n" + lines(organisation));

        Result first = Program.run("import", file, directory);
        assertThat(first.exitCode()).as("%s", first).isZero();
        assertThat(first.out())
                .matches(
                        "2 recorded [0-9a-f-]{36}\n3 recorded [0-9a-f-]{36}\n2 recorded, 0 already recorded, 0 refused\n");
        assertThat(first.err()).contains("2 lines");

        Result second = Program.run(directory, "import", "--quiet", file);
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).isEqualTo("0 recorded, 2 already recorded, 0 refused\n");

        String query = "/figures?by=quarter&organisation=" + organisation;
        Result table = Program.run("figures", "--by", "quarter", "--organisation", organisation, directory);
        assertThat(table.exitCode()).as("%s", table).isZero();
        assertThat(table.out()).isEqualTo("""
                Period           Organisation    Requests  Summary
                Jan to Mar 2023  T_COMMAND_LINE         2  12 submitted, 2 matched, school returned for 2
                """);
        assertThat(table.err()).isEmpty();
        Result csv = Program.run("figures", "--by=quarter", "--organisation=" + organisation, "--csv", directory);
        assertThat(csv.out())
                .isEqualTo(server.as("auditor").get(query, "Accept", "text/csv").text());
        Result json = Program.run("figures", "--by=quarter", "--organisation=" + organisation, "--json", directory);
        assertThat(Reply.parse(json.out()).get("rows"))
                .isEqualTo(server.as("auditor").get(query).json().get("rows"));
        Result html =
                Program.run("figures", "--by=quarter", "--organisation=" + organisation, "--format=html", directory);
        assertThat(html.out())
                .isEqualTo(server.as("auditor").get(query + "&format=html").text());
        Result ods =
                Program.run("figures", "--by=quarter", "--organisation=" + organisation, "--format=ods", directory);
        assertThat(ods.out()).startsWith("PK").contains("mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
    }

    @Test
    void printsStatementsAndSaysOneWhereSomebodyMustBeToldAnew() {
        String organisation = server.newOrganisation("T_TOLD");
        Telling matched = Telling.toldToParliament("PQ48634", "individuals_matched", organisation, 520);
        Caller publisher = server.as("publisher");
        String first = publisher.post("/statements", matched.body()).id();
        publisher.post(
                "/statements", matched.told("FOI", "2017-0012345", "2017-03").body());
        List<String> only = List.of("--organisation", organisation, directory);

        Result before = statements(List.of("--stale"), only);
        assertThat(before.exitCode()).as("%s", before).isZero();
        assertThat(before.out().lines()).hasSize(1);

        server.as("approver")
                .post("/statements/" + first + "/correction", Telling.correction(520, 531, "2017-11-27", "HCWS272"));
        Result stale = statements(List.of("--stale"), only);
        assertThat(stale.exitCode()).as("%s", stale).isEqualTo(1);
        assertThat(stale.out()).isEqualTo("""
                Told on     Channel     Reference     Organisation  Period              Measure              Value  Told  Right  Because
                2016-10-27  PARLIAMENT  PQ48634       T_TOLD        2015-07 to 2016-09  individuals_matched    531   520    531  corrected
                2017-03     FOI         2017-0012345  T_TOLD        2015-07 to 2016-09  individuals_matched    520   520    531  same-figure-corrected
                """);
        assertThat(stale.err()).isEmpty();

        Result conflicts = statements(List.of("--conflicts"), only);
        assertThat(conflicts.exitCode()).isZero();
        assertThat(conflicts.out()).isEqualTo("""
                Conflict  Kind         Organisation  Measure              Told on     Channel     Reference     Period              Value
                       1  SAME_PERIOD  T_TOLD        individuals_matched  2016-10-27  PARLIAMENT  PQ48634       2015-07 to 2016-09    531
                       1  SAME_PERIOD  T_TOLD        individuals_matched  2017-03     FOI         2017-0012345  2015-07 to 2016-09    520
                """);
        assertThat(statements(List.of("--conflicts", "--format", "csv"), only)
                        .out()
                        .lines()
                        .skip(1))
                .hasSize(2)
                .allMatch(
                        line -> line.startsWith("1,SAME_PERIOD,individuals_matched,INDIVIDUALS," + organisation + ","));
        assertThat(Reply.parse(statements(List.of("--conflicts", "--format=json"), only)
                        .out()))
                .as("as the server answers, but all at once")
                .isEqualTo(Reply.parse("{\"items\": "
                        + server.as("auditor")
                                .get("/statements/conflicts?organisation=" + organisation)
                                .json()
                                .get("items")
                        + "}"));

        Result then = statements(List.of("--as-told-on", "2016-12-31", "--format", "json"), only);
        assertThat(then.exitCode()).isZero();
        assertThat(Reply.parse(then.out()).get("items"))
                .isEqualTo(server.as("auditor")
                        .get("/statements?asToldOn=2016-12-31&organisation=" + organisation)
                        .json()
                        .get("items"));
        Result csv =
                statements(List.of("--as-told-on=2016-12-31", "--measure=individuals_matched", "--format=csv"), only);
        assertThat(csv.out())
                .isEqualTo("id,told_on,channel,reference,body,measure,unit,organisation,from,to,original_value,value,"
                        + "current_value,told_value,stale,stale_because,right_value,ledger_value,unexplained,"
                        + "subject,told_anew_by,annulled\r\n"
                        + first
                        + ",2016-10-27,PARLIAMENT,PQ48634,,individuals_matched,INDIVIDUALS," + organisation
                        + ",2015-07,2016-09,520,520,531,520,true,corrected,531,,,,,false\r\n");
    }

    private static Result statements(List<String> wanted, List<String> only) {
        List<String> arguments = new ArrayList<>(List.of("statements"));
        arguments.addAll(wanted);
        arguments.addAll(only);
        return Program.run(arguments);
    }

    @Test
    void saysOneWhereLinesWereRefusedAndDoesNotRepeatThem() throws IOException {
        String good = lines("DWP").replace("FILE,,", "FILE,HCWS272,");
        Result result = Program.run(
                "import",
                file(Sample.HEADER + "\nzzyzx\n" + good + "2024-1,alice@example.org" + ",".repeat(14)),
                directory);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("2 refused  wrong-columns", "5 refused organisation personal-data email-address")
                .endsWith("2 recorded, 0 already recorded, 2 refused\n");
        assertThat(result.out() + result.err()).doesNotContain("zzyzx", "alice");
        assertThat(Files.readString(server.directory().resolve("security.log")))
                .contains("\"command\":\"import\"")
                .doesNotContain("zzyzx", "alice", "lines.csv");
    }

    @Test
    void worksAloneAndKeepsWhatItRecorded() throws IOException {
        Path alone = TestServer.newDirectory();
        String setting = "--ledger.data-directory=" + alone;

        Result imported = Program.run("import", file(Sample.HEADER + "\n" + lines("DWP")), setting);
        Result figures = Program.run("figures", "--by", "year", "--json", setting);

        assertThat(imported.exitCode()).as("%s", imported).isZero();
        assertThat(figures.exitCode()).as("%s", figures).isZero();
        assertThat(figures.err()).as("no log of what went well").isEmpty();
        assertThat(Files.readAllLines(alone.resolve("security.log")))
                .extracting(line -> Reply.parse(line).get("message").stringValue())
                .containsExactly("command import, exit code 0", "command figures, exit code 0");
        assertThat(Files.getPosixFilePermissions(alone.resolve("security.log")))
                .as("only its owner reads it")
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Reply.parse(figures.out()).at("/rows/0/summary").stringValue())
                .isEqualTo("12 submitted, 2 matched, school returned for 2");
        TestServer.delete(alone);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "import",
                "figures",
                "diff",
                "statements",
                "publish",
                "password",
                "settings",
                "verify",
                "log",
                "log export",
                "log rotate-key",
                "log retire-key"
            })
    void explainsItself(String command) {
        Result help = Program.run((command + " --help").strip().split(" ", -1));

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: ledger-api").contains(command);
        assertThat(help.err()).isEmpty();
    }

    @Test
    void saysTwoForWrongUse() throws IOException {
        for (List<String> arguments : List.of(
                List.of("zzyzx"),
                List.of("figures", "--zzyzx"),
                List.of("figures", "--csv", "--json"),
                List.of("figures", "--csv", "--format", "csv"),
                List.of("figures", "--format", "zzyzx"),
                List.of("figures", "--by", "week"),
                List.of("figures", "--from", "2023-02", "--by", "quarter"),
                List.of("statements", "--stale", "--conflicts"),
                List.of("statements", "--as-told-on", "zzyzx"),
                List.of("statements", "--measure", "zzyzx"),
                List.of("statements", "--format", "zzyzx"),
                List.of("statements", "--organisation", "T_ZZYZX", directory),
                List.of("publish", "--out", "zzyzx"),
                List.of("publish", "--quarter", "2023-Q3"),
                List.of("publish", "--quarter", "2023-Q5", "--out", "zzyzx"),
                List.of("publish", "--quarter", "2023-Q3", "--out", "zzyzx", "--revision", "1", "--preview"),
                List.of("publish", "--quarter", "1971-Q1", "--out", "zzyzx", directory),
                List.of("diff", "1"),
                List.of("diff", "1", "zzyzx"),
                List.of("diff", "1", "2", "--format", "zzyzx"),
                List.of("diff", "1", "2", "--from", "2023-08"),
                List.of("diff", "1", "999999999", directory),
                List.of("diff", "1", "2023-Q3.1", directory),
                List.of("import"),
                List.of("import", files.resolve("nothing.csv").toString(), directory),
                List.of("import", file("zzyzx\n"), directory),
                List.of("log"),
                List.of("log", "export"),
                List.of("log", "zzyzx"),
                List.of("verify", "--zzyzx"),
                List.of("verify", files.resolve("nothing").toString()),
                List.of("verify", "--key", "zzyzx"),
                List.of("verify", "--resume", "state", files.toString()),
                List.of("verify", "--checkpoint", file("zzyzx\n"), directory),
                List.of("verify", "--ledger.data-directory=" + files.resolve("nothing")),
                List.of("log", "rotate-key", directory),
                List.of("log", "retire-key", directory))) {
            Result result = Program.run(arguments);

            assertThat(result.exitCode()).as("%s %s", arguments, result).isEqualTo(2);
            assertThat(result.err()).as("%s", arguments).isNotBlank().doesNotContain("\tat ", "Exception");
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void settingsAreCheckedWithoutMakingAnything() {
        Path nowhere = TestServer.newDirectory();
        String setting = "--ledger.data-directory=" + nowhere;

        Result usable = Program.run(
                "settings",
                setting,
                "--server.port=0",
                "--ledger.security.users.alice.password=" + TestServer.PASSWORD_HASH,
                "--ledger.security.users.alice.roles=AUDITOR");
        Result unusable = Program.run("settings", setting, "--ledger.security.users.alice.password=Sw0rdfish");

        assertThat(usable.exitCode()).as("%s", usable).isZero();
        assertThat(usable.out())
                .contains(
                        "ledger.data-directory = " + nowhere + "\n",
                        "ledger.log.public-interval = 24h\n",
                        "ledger.security.users.alice.password = (set)\n",
                        "server.port = 0\n")
                .doesNotContain(TestServer.PASSWORD_HASH);
        assertThat(unusable.exitCode()).isEqualTo(2);
        assertThat(unusable.err()).contains("must be encoded").doesNotContain("Sw0rdfish");
        assertThat(unusable.out()).isEmpty();
        assertThat(nowhere).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"figures", "rebuild totals"})
    void aDataDirectoryThatWasMistypedDoesNotBecomeALedger(String command) {
        Path nowhere = TestServer.newDirectory();
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--ledger.data-directory=" + nowhere);

        Result result = Program.run(arguments.toArray(new String[0]));

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.err()).contains("There is no ledger in " + nowhere);
        assertThat(nowhere).doesNotExist();
    }

    /** It would write beside, or over, what it does not know. */
    @Test
    void anOlderProgramRefusesADatabaseThatANewerOneMade() throws Exception {
        String sentence = "A newer version of this program brought the database up to date, and this one does not know"
                + " what it made. Start that version, or a newer one.\n";
        String file = file(Sample.HEADER + "\n" + lines("DWP"));
        Database database = server.database();
        List<String> elsewhere = List.of(
                "--server.port=0",
                "--ledger.data-directory=" + files.resolve("other"),
                "--spring.datasource.url=" + database.app().url(),
                "--spring.datasource.username=" + database.app().user(),
                "--spring.datasource.password=" + database.app().password(),
                "--ledger.sequencer.username=" + database.sequencer().user(),
                "--ledger.sequencer.password=" + database.sequencer().password(),
                "--spring.flyway.user=" + database.owner().user(),
                "--spring.flyway.password=" + database.owner().password());
        try (Connection owner = database.owner().connect();
                Statement statement = owner.createStatement()) {
            statement.execute("insert into flyway_schema_history (installed_rank, version, description, type, script,"
                    + " installed_by, execution_time, success)"
                    + " values (999, '999', 'later', 'SQL', 'V999__later.sql', current_user, 1, true)");
            try {
                Result started = Program.run(elsewhere);
                Result beside = Program.run("import", file, directory);

                assertThat(started.exitCode()).as("%s", started).isEqualTo(2);
                assertThat(started.err()).isEqualTo("The ledger did not start. " + sentence);
                assertThat(started.out()).doesNotContain("Exception", "ERROR");
                assertThat(files.resolve("other")).as("nothing is made").doesNotExist();
                assertThat(beside.exitCode()).as("%s", beside).isEqualTo(1);
                assertThat(beside.err()).endsWith(sentence);
                assertThat(beside.out()).isEmpty();
            } finally {
                statement.execute("delete from flyway_schema_history where version = '999'");
            }
        }
    }
}
