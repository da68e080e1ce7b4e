package org.pupilledger.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.pupilledger.TestLedger.APPROVER;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;
import static org.pupilledger.TestLedger.RECORDER;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.comparison.ExplainingEvent;
import org.pupilledger.export.TableCsv;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.By;
import org.pupilledger.rebuild.Rebuild;
import org.pupilledger.register.RegisterProjection;
import org.pupilledger.replay.Comparisons.Outcome;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.totals.FiguresReader;
import org.pupilledger.values.RequestId;

/** The correction of 2017: 2,462 people, 520 matched, which became 2,461 and 531. */
@Timeout(60)
class ComparisonsTest {
    private static final Until ALL = new Until.Moment(Instant.MAX);
    private static final FiguresQuery QUARTERS = new FiguresQuery(null, null, By.QUARTER, null, null, false, false);

    private static TestLedger ledger;
    private static TestRequests requests;
    private static FiguresReader figures;
    private static Replay replay;
    private static Comparisons comparisons;
    private static RequestId request;
    private static long toldAt;
    private static long correctedAt;

    @BeforeAll
    static void record() {
        ledger = TestLedger.started();
        requests = new TestRequests(ledger.organisations());
        figures = ledger.registers().figures();
        replay = ledger.replay();
        comparisons = new Comparisons(replay, figures, ledger.publications().sheets());
        request = recorded(HOME_OFFICE, 2_462, "2016-0000001");
        ledger.commands().send(requests.approve(request), APPROVER);
        ledger.commands().send(requests.match(request, 520), RECORDER);
        recorded(DWP, 7, "2016-0000002");
        ledger.awaitFolded();
        toldAt = ledger.entries().head();
        ledger.commands()
                .send(requests.correct(request, new Change(Field.SUBMITTED_INDIVIDUALS, 2_462L, 2_461L)), APPROVER);
        ledger.commands().send(requests.correct(request, new Change(Field.MATCHED, 520L, 531L)), APPROVER);
        ledger.awaitFolded();
        correctedAt = ledger.entries().head();
        recorded(DWP, 9, "2016-0000003");
        ledger.awaitFolded();
    }

    private static RequestId recorded(OrganisationCode organisation, int people, String reference) {
        RecordRequest command = requests.live(organisation, "2026-02", people, reference);
        ledger.commands().send(command, RECORDER);
        return command.id();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static byte[] csvAt(long position) {
        return TableCsv.of(FiguresTables.answered(replay.figures(QUARTERS, new Until.Position(position), null)));
    }

    private static Comparison compared(Outcome outcome) {
        return Objects.requireNonNull(outcome.comparison());
    }

    @Test
    void theRunningTotalsAreWhatTheEntriesGive() {
        Outcome outcome = comparisons.withLive(QUARTERS, ALL, ReplayListener.NONE);

        assertThat(compared(outcome).cells()).isEmpty();
        assertThat(outcome.prefix().position()).isEqualTo(ledger.entries().head());
    }

    @Test
    void whatWasToldThenIsExplainedByWhatWasCorrectedSince() {
        Comparison comparison = compared(
                comparisons.withCsv(csvAt(toldAt), QUARTERS, new Until.Position(correctedAt), ReplayListener.NONE));

        assertThat(comparison.cells())
                .extracting(Comparison.Cell::row, Comparison.Cell::column, Comparison.Cell::was, Comparison.Cell::now)
                .contains(
                        tuple("HOME_OFFICE", "individuals_submitted", "2462", "2461"),
                        tuple("HOME_OFFICE", "individuals_matched", "520", "531"));
        assertThat(comparison.cells()).allSatisfy(cell -> assertThat(cell.row()).isEqualTo("HOME_OFFICE"));
        assertThat(cell(comparison, "individuals_submitted").events()).containsExactly(toldAt + 1);
        assertThat(cell(comparison, "individuals_matched").events()).containsExactly(toldAt + 2);
        assertThat(cell(comparison, "individuals_unmatched").events()).containsExactly(toldAt + 1, toldAt + 2);
        assertThat(cell(comparison, "summary").events()).containsExactly(toldAt + 1, toldAt + 2);
        assertThat(comparison.events()).extracting(ExplainingEvent::position).containsExactly(toldAt + 1, toldAt + 2);
    }

    @Test
    void aReplayBeforeTheCorrectionIsExplainedByWhatCameAfterIt() {
        Comparison comparison =
                compared(comparisons.withLive(QUARTERS, new Until.Position(toldAt), ReplayListener.NONE));

        Comparison.Cell matched = cell(comparison, "individuals_matched");
        assertThat(matched.was()).isEqualTo("531");
        assertThat(matched.now()).isEqualTo("520");
        assertThat(matched.shownAt()).isEqualTo(correctedAt);
        assertThat(matched.events()).containsExactly(correctedAt);
    }

    @Test
    void aNumberThatTheLedgerNeverGaveIsExplainedByNothing() {
        String wrong = new String(csvAt(correctedAt), UTF_8).replace(",531,", ",540,");

        Comparison comparison = compared(comparisons.withCsv(
                wrong.getBytes(UTF_8), QUARTERS, new Until.Position(correctedAt), ReplayListener.NONE));

        assertThat(comparison.cells()).hasSize(1);
        Comparison.Cell cell = comparison.cells().getFirst();
        assertThat(cell.was()).isEqualTo("540");
        assertThat(cell.shownAt()).isNull();
        assertThat(cell.events()).isEmpty();
        assertThat(comparison.events()).isEmpty();
    }

    @Test
    void aRowThatIsNotThereSaysThatNothingWasAsked() {
        String without = new String(csvAt(correctedAt), UTF_8)
                .lines()
                .filter(line -> !line.contains("DWP"))
                .reduce("", (text, line) -> text + line + "\r\n");

        Comparison comparison = compared(comparisons.withCsv(
                without.getBytes(UTF_8), QUARTERS, new Until.Position(correctedAt), ReplayListener.NONE));

        assertThat(comparison.cells()).isNotEmpty().allSatisfy(cell -> {
            assertThat(cell.row()).isEqualTo("DWP");
            assertThat(cell.was()).isEqualTo("0");
            assertThat(cell.shownAt()).isEqualTo(-1);
            assertThat(cell.events()).hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "period",
                "period,organisation\r\n2016-Q1,DWP\r\n",
                "period,organisation\r\n2016-Q1\r\n",
                "a,b\r\n1,2\r\n",
                "\"open\r\n",
                "\u0000"
            })
    void whatIsNoTableOfFiguresIsRefused(String text) {
        assertThatThrownBy(() -> comparisons.withCsv(text.getBytes(UTF_8), QUARTERS, ALL, ReplayListener.NONE))
                .isInstanceOf(CsvUnusable.class);
    }

    @Test
    void rowsOfAGivenTableThatCannotBeAreRefused() {
        String good = new String(csvAt(correctedAt), UTF_8);
        String row = good.lines().skip(1).findFirst().orElseThrow();
        List<String> wrong = List.of(
                good + row + "\r\n",
                good + row.replace("2026-Q1", "2026-13") + "\r\n",
                good + row.replace("2026-Q1", "2026") + "\r\n",
                good.lines().findFirst().orElseThrow() + "\r\n");

        assertThat(wrong)
                .allSatisfy(csv -> assertThatThrownBy(
                                () -> comparisons.withCsv(csv.getBytes(UTF_8), QUARTERS, ALL, ReplayListener.NONE))
                        .isInstanceOf(CsvUnusable.class));
    }

    @Test
    void theSelfCheckFindsATotalThatSomebodyChangedAndKnowsItAfterARestart(@TempDir Path directory) throws Exception {
        Path kept = directory.resolve("self-check.json");
        SelfCheck check = check(kept);
        assertThat(check.last()).isEmpty();

        assertThat(check.run(ReplayListener.NONE).drift()).isEmpty();
        assertThat(check.drift()).isNull();

        ledger.jdbc().update("update monthly_total set individuals_matched = 532 where individuals_matched = 531");
        try {
            assertThat(check.run(ReplayListener.NONE).drift())
                    .containsExactly(
                            "The running totals of 2026-02, HOME_OFFICE (SCHOOL_REGISTRATION_CHECK, DWP-FUNC, PUBLIC_TASK) have 532 as individuals_matched, the"
                                    + " entries give 531. Rebuild the projection totals.");
            assertThat(check.drift()).isNotNull();
            assertThat(check(kept).drift()).as("after a restart").isEqualTo(check.drift());
            assertThat(check(kept).last()).isEqualTo(check.last());
            Comparison comparison = compared(comparisons.withLive(QUARTERS, ALL, ReplayListener.NONE));
            assertThat(comparison.cells()).isNotEmpty();
            assertThat(cell(comparison, "individuals_matched").shownAt()).isNull();
        } finally {
            ledger.jdbc().update("update monthly_total set individuals_matched = 531 where individuals_matched = 532");
        }
        assertThat(check.run(ReplayListener.NONE).drift()).isEmpty();
        assertThat(check.drift()).isNull();

        ledger.jdbc().update("update request set individuals_submitted = 3 where individuals_submitted = 2461");
        try {
            assertThat(check.run(ReplayListener.NONE).drift())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("The register ");
        } finally {
            ledger.jdbc().update("update request set individuals_submitted = 2461 where individuals_submitted = 3");
        }
        assertThat(check.run(ReplayListener.NONE).drift()).isEmpty();
        assertThat(check(kept).drift()).as("after a restart").isNull();
        assertThat(ledger.number("select count(*) from request")).as("one copy").isEqualTo(3);
        Files.writeString(kept, "{");
        assertThat(check(kept).last()).as("of a damaged file").isEmpty();
    }

    private static SelfCheck check(Path kept) {
        return new SelfCheck(
                replay,
                new Snapshots(ledger.jdbc(), TestLedger.AUTHENTICITY),
                figures,
                ledger.publications().sheets(),
                new Rebuild(
                        Objects.requireNonNull(ledger.jdbc().getDataSource()),
                        ledger.entries(),
                        RegisterProjection::new),
                Clock.systemUTC(),
                kept);
    }

    private static Comparison.Cell cell(Comparison comparison, String column) {
        return comparison.cells().stream()
                .filter(cell -> cell.column().equals(column))
                .findFirst()
                .orElseThrow();
    }
}
