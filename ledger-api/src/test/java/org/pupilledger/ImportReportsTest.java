package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.imports.CsvImport;
import org.pupilledger.imports.ImportStopped;
import org.pupilledger.imports.Officer;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.problems.Problem;
import org.pupilledger.problems.Problems;
import org.springframework.dao.DataAccessResourceFailureException;

/** What an officer is told of a file: how many lines are recorded, whatever happens, and what to change in the others. */
@ExtendWith(SharedServer.class)
class ImportReportsTest {
    private final TestServer server;
    private final Caller recorder;

    ImportReportsTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
    }

    private static String line(String organisation, String received, String submitted, String matched) {
        return "," + organisation + "," + received + ",OTHER,OTHER," + submitted + ",NAME,APPROVED," + matched
                + ",0,3,2,SCHOOL,FILE,file-1,2023-02";
    }

    private static String good(String organisation) {
        return line(organisation, "2023-01", "40", "3");
    }

    private Reply imported(String... lines) {
        return recorder.importCsv(Sample.HEADER + "\n" + String.join("\n", lines));
    }

    @Test
    void aThousandLinesAreNamedAndThoseThatWereRefusedComeFirst() {
        String organisation = server.newOrganisation("T_MANY_REFUSED");
        String recorded = (good(organisation) + "\n").repeat(600);

        Reply reply =
                recorder.importCsv(Sample.HEADER + "\n" + recorded + "x\n".repeat(700) + recorded + "x\n".repeat(200));

        assertThat(reply.at("/recorded")).isEqualTo("1200");
        assertThat(reply.at("/refused")).isEqualTo("900");
        assertThat(reply.json().get("lines").size()).isEqualTo(CsvImport.MAX_NAMED);
        assertThat(reply.json()
                        .get("lines")
                        .valueStream()
                        .filter(line -> line.get("outcome").stringValue().equals("refused")))
                .hasSize(900);
        assertThat(reply.json().get("omitted"))
                .isEqualTo(Reply.parse("{\"recorded\": 1100, \"alreadyRecorded\": 0, \"refused\": 0}"));
    }

    @Test
    void anAnswerDoesNotGrowWithTheBadLines() {
        Reply reply = recorder.importCsv(Sample.HEADER + "\n" + "x\n".repeat(50_000));

        assertThat(reply.at("/refused")).isEqualTo("50000");
        assertThat(reply.at("/omitted/refused")).isEqualTo("49000");
        assertThat(reply.text()).hasSizeLessThan(1 << 20);
    }

    @Test
    void whatStopsHalfWaySaysHowMuchIsRecorded() {
        String organisation = server.newOrganisation("T_STOPPED");
        byte[] file =
                (Sample.HEADER + "\n" + (good(organisation) + "\n").repeat(1_500)).getBytes(StandardCharsets.UTF_8);
        CsvImport imports = server.context().getBean(CsvImport.class);
        LedgerNode node = server.context().getBean(LedgerNode.class);

        ImportStopped stopped = catchThrowableOfType(
                ImportStopped.class,
                () -> imports.run(
                        () -> new ByteArrayInputStream(file),
                        Officer.recording(node.recording().author("recorder", "RECORDER")),
                        done -> {
                            if (done == 1_000) {
                                throw new DataAccessResourceFailureException("the database has gone");
                            }
                        }));
        Problem problem = server.context().getBean(Problems.class).problem(stopped);

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.detail()).contains("1000 lines were recorded").doesNotContain("Nothing");
        Reply again = recorder.send("POST", "/imports", Caller.CSV, file);
        assertThat(again.at("/alreadyRecorded")).isEqualTo("1000");
        assertThat(again.at("/recorded")).isEqualTo("500");
    }

    @Test
    void rowsInWhichNothingStandsArePassedOver() {
        String organisation = server.newOrganisation("T_BLANK_ROWS");

        Reply reply =
                imported(",".repeat(15), good(organisation), ",".repeat(15), " , ,\t,", "", good(organisation), ",");

        assertThat(reply.at("/recorded")).as("%s", reply).isEqualTo("2");
        assertThat(reply.at("/refused")).isEqualTo("0");
        assertThat(reply.at("/lines/1/line")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Apr-18", "18-Apr", "04/2018", "17/04/2018", "2018-4", "43191", "April 2018"})
    void aDateThatASpreadsheetChangedIsExplained(String date) {
        String detail = refusal(line("HMRC", date, "40", "3"), "received", "malformed");

        assertThat(detail).contains("2018-04", "received", "text").doesNotContain(date);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"1,234\"' | thousands",
                "12.0 | decimals",
                "'\"12,5\"' | decimals",
                "<5 | suppressed",
                "c | suppressed",
                "[c] | suppressed",
                "[x] | suppressed",
                "- | suppressed",
                "n/a | suppressed",
                ".. | suppressed",
                ": | suppressed",
                "-5 | whole number"
            })
    void aCountThatIsNoneIsExplained(String count, String word) {
        String detail = refusal(line("HMRC", "2018-04", "40", count), "individuals_matched", "malformed");

        assertThat(detail).contains(word, "individuals_matched");
        if (count.length() > 1) {
            assertThat(detail).doesNotContain(count);
        }
    }

    @Test
    void cellsBeyondTheHeaderAreExplained() {
        assertThat(refusal(good("HMRC") + ",", "", "wrong-columns")).contains("one cell more", "commas at its end");
        assertThat(refusal(good("HMRC") + ",,,", "", "wrong-columns")).contains("3 cells more", "commas at its end");
        assertThat(refusal(good("HMRC") + ",zebra", "", "wrong-columns"))
                .contains("one cell more", "quotes")
                .doesNotContain("zebra");
        assertThat(refusal(",HMRC", "", "wrong-columns")).contains("14 cells fewer");
    }

    private String refusal(String line, String column, String code) {
        Reply reply = imported(line);
        assertThat(reply.at("/lines/0/problem/errors/0/pointer"))
                .as("%s", reply)
                .isEqualTo(column);
        assertThat(reply.at("/lines/0/problem/errors/0/code")).isEqualTo(code);
        return reply.at("/lines/0/problem/errors/0/detail");
    }

    @Test
    void aHeaderThatIsNoneIsExplained() {
        String header = Sample.HEADER;

        assertThat(headerRefused(header.replace(",", ";"), StandardCharsets.UTF_8))
                .contains("commas");
        assertThat(headerRefused(header.replace(",", "\t"), StandardCharsets.UTF_8))
                .contains("commas");
        assertThat(headerRefused(header + ",,", StandardCharsets.UTF_8)).contains("empty columns at its end");
        assertThat(headerRefused(header.replace("purpose,", ""), StandardCharsets.UTF_8))
                .contains("Missing: purpose.");
        for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM")) {
            assertThat(headerRefused(header, Charset.forName(charset)))
                    .as(charset)
                    .contains("CSV UTF-8");
        }
    }

    private String headerRefused(String header, Charset charset) {
        byte[] file = (header + "\r\n" + good("HMRC")).getBytes(charset);
        Reply reply = recorder.send("POST", "/imports", Caller.CSV, file);
        assertThat(reply.problem()).isEqualTo("400 invalid-request | wrong-header");
        return reply.at("/errors/0/detail");
    }

    @Test
    void aFileOnItsWayHasNoNameOnDisk() {
        IntStream.range(0, 3).forEach(i -> imported("x"));

        assertThat(server.directory())
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("import-"));
    }
}
