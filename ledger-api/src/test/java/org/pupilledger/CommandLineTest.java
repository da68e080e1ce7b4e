package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.Program.Result;

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
        assertThat(Reply.parse(figures.out()).at("/rows/0/summary").stringValue())
                .isEqualTo("12 submitted, 2 matched, school returned for 2");
        TestServer.delete(alone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "import", "figures", "verify", "log", "log export", "log rotate-key", "log retire-key"})
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
                List.of("figures", "--by", "week"),
                List.of("figures", "--from", "2023-02", "--by", "quarter"),
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
}
