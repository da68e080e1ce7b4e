package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real program where the locale has other digits, other small letters and another calendar. */
class WhereverItRunsTest {
    /** Under a second where nothing else runs; nothing is waited for that may take longer. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

    @ParameterizedTest
    @ValueSource(strings = {"ar EG nu-arab", "th TH nu-thai-ca-buddhist", "tr TR nu-latn"})
    void startsAndAnswersAsEverywhere(String locale, TestReporter reporter) throws IOException {
        String[] parts = locale.split(" ", -1);
        List<String> options = List.of(
                "-Duser.language=" + parts[0],
                "-Duser.country=" + parts[1],
                "-Duser.extensions=" + parts[2],
                "-Duser.timezone=Pacific/Kiritimati");
        Path around = TestServer.newDirectory();
        Path directory = around.resolve("$HOME 'of' %d \"I\"");
        OwnDatabase.linkPrograms(directory);
        String setting = "--ledger.data-directory=" + directory;
        String samples = Files.createDirectories(around).resolve("samples.csv").toString();
        Files.copy(Path.of("src/main/resources/samples/dwp-requests.csv"), Path.of(samples));

        Program.Server server = Program.Server.start(options, List.of("--server.port=0", setting));
        Program.Result imported = Program.runAlone(options, List.of("import", samples, setting));
        Program.Result figures = Program.runAlone(options, List.of("figures", "--by", "quarter", "--csv", setting));
        Duration stopped = server.stop();
        reporter.publishEntry("an idle server stopped in ms", Long.toString(stopped.toMillis()));
        Program.Result verified = Program.runAlone(options, List.of("verify", setting));

        assertThat(imported.out()).as("%s", imported).endsWith("6 recorded, 0 already recorded, 0 refused\n");
        assertThat(imported.err()).as("progress").contains("\r6 lines, ");
        assertThat(figures.out()).as("%s", figures).contains("Apr to Jun 2018", "185");
        assertThat(verified.out()).as("%s", verified).startsWith("verified: ");
        assertThat(stopped).as("to stop an idle server").isLessThan(LONGEST_STOP);
        TestServer.delete(around);
    }
}
