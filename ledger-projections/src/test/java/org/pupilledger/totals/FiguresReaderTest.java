package org.pupilledger.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupilledger.TestLedger.APPROVER;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;
import static org.pupilledger.TestLedger.RECORDER;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.failure.NotYet;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Measure;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.By;
import org.pupilledger.replay.Replay;
import org.pupilledger.replay.Until;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.values.RequestId;

/** One small history with a bit of everything; each event is folded in before the next one, and the figures kept. */
@Timeout(60)
class FiguresReaderTest {
    private static TestLedger ledger;
    private static TestRequests requests;
    private static FiguresReader reader;
    private static Replay replay;
    private static int references;

    /** The figures as they were shown live when each position was the newest. */
    private static final List<FiguresTable> SHOWN = new ArrayList<>();

    @BeforeAll
    static void record() {
        ledger = new TestLedger(TestDatabase.migrated());
        requests = new TestRequests(ledger.organisations());
        reader = ledger.registers().figures();
        replay = ledger.replay();
        ledger.start();
        ledger.registerOrganisations();
        ledger.awaitFolded();
        SHOWN.add(replay.figures(all(By.MONTH), new Until.Position(0), null));
        SHOWN.add(reader.now(all(By.MONTH)));

        RequestId first = recorded(DWP, "2026-02", 185);
        shown(() -> ledger.commands().send(requests.approve(first), APPROVER));
        shown(() -> ledger.commands().send(requests.match(first, 20), RECORDER));
        shown(() -> ledger.commands().send(requests.disclose(first, 7), RECORDER));
        RequestId second = recorded(HOME_OFFICE, "2026-04-17", 10);
        shown(() -> ledger.commands().send(requests.correct(first, matched(20, 31)), APPROVER));
        shown(() -> ledger.commands()
                .send(requests.correct(second, new Change(Field.ORGANISATION, "HOME_OFFICE", "DWP")), APPROVER));
        RequestId mistaken = recorded(HOME_OFFICE, "2026-05", 1_000);
        shown(() -> ledger.commands().send(requests.annul(mistaken), APPROVER));
        shown(() -> ledger.commands()
                .send(requests.correct(first, new Change(Field.RECEIVED, "2026-02", "2026-01")), APPROVER));
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static RequestId recorded(OrganisationCode organisation, String received, int individuals) {
        RecordRequest request = requests.live(organisation, received, individuals, "2026-%07d".formatted(++references));
        shown(() -> ledger.commands().send(request, RECORDER));
        return request.id();
    }

    private static Change matched(long was, long now) {
        return new Change(Field.MATCHED, was, now);
    }

    private static void shown(Runnable command) {
        command.run();
        ledger.awaitFolded();
        SHOWN.add(reader.now(all(By.MONTH)));
    }

    private static FiguresQuery all(By by) {
        return new FiguresQuery(null, null, by, null, null, false, false);
    }

    @Test
    void theFiguresAtEachPositionAreThoseThatWereShownThen() {
        assertThat(SHOWN).hasSize((int) ledger.entries().head() + 1);
        for (int position = 0; position < SHOWN.size(); position++) {
            FiguresTable then = replay.figures(all(By.MONTH), new Until.Position(position), null);
            assertThat(then).as("at " + position).isEqualTo(SHOWN.get(position));
            assertThat(then.position()).isEqualTo(position);
        }
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void liveReplayedAndFoldedAgree(By by) {
        long head = ledger.entries().head();

        FiguresTable live = reader.now(all(by));

        assertThat(live.rows()).isNotEmpty();
        assertThat(replay.figures(all(by), new Until.Position(head), null)).isEqualTo(live);
        assertThat(FiguresTable.of(reader.fold(head), all(by), head, null)).isEqualTo(live);
    }

    @Test
    void theFiguresSayWhatTheHistorySays() {
        FiguresTable now = reader.now(all(By.TOTAL));

        assertThat(now.from()).isEqualTo(YearMonth.of(2026, 1));
        assertThat(now.rows()).hasSize(1).first().satisfies(row -> {
            assertThat(row.period()).hasToString("2026-01/2026-04");
            assertThat(row.organisation()).isEqualTo(DWP);
            assertThat(row.category()).isEqualTo(Category.OTHER_GOVERNMENT);
            assertThat(row.tally().get(Measure.REQUESTS_RECEIVED)).isEqualTo(2);
            assertThat(row.tally().get(Measure.REQUESTS_APPROVED)).isEqualTo(1);
            assertThat(row.tally().get(Measure.REQUESTS_OPEN)).isEqualTo(1);
            assertThat(row.tally().get(Measure.INDIVIDUALS_SUBMITTED)).isEqualTo(195);
            assertThat(row.tally().get(Measure.INDIVIDUALS_MATCHED)).isEqualTo(31);
            assertThat(row.tally().get(Measure.INDIVIDUALS_RETURNED)).isEqualTo(7);
        });
    }

    @Test
    void aPositionBeyondTheNewestIsRefused() {
        long head = ledger.entries().head();

        assertThatThrownBy(() -> replay.figures(all(By.MONTH), new Until.Position(head + 1), null))
                .isInstanceOf(NotYet.class)
                .hasMessage("beyond the newest entry");
        assertThatThrownBy(() -> replay.figures(all(By.MONTH), new Until.Position(Long.MAX_VALUE), null))
                .isInstanceOf(NotYet.class)
                .hasMessage("beyond the newest entry");
    }

    @Test
    void anEmptyLedgerHasNoFiguresAndNoPosition() {
        try (TestLedger empty = new TestLedger(TestDatabase.migrated())) {
            FiguresReader ofNothing = empty.registers().figures();

            assertThat(ofNothing.now(all(By.MONTH)))
                    .isEqualTo(new FiguresTable(null, null, By.MONTH, null, null, List.of()));
            assertThatThrownBy(() -> empty.replay().figures(all(By.MONTH), new Until.Position(0), null))
                    .isInstanceOf(NotYet.class)
                    .hasMessage("beyond the newest entry");
            assertThat(empty.replay()
                            .figures(all(By.MONTH), new Until.Moment(Instant.EPOCH), "1970-01-01T00:00:00Z")
                            .position())
                    .isNull();
        }
    }

    @Test
    void anInstantMeansTheLongestPrefixRecordedByThen() {
        try (TestLedger skewed = new TestLedger(TestDatabase.migrated())) {
            // clocks of two servers: the third event claims to be older than the second
            for (String claimed : List.of("09:00:00Z", "09:00:10Z", "09:00:05Z", "09:00:20.000000001Z")) {
                copyOfARegistration(skewed, "2026-06-01T" + claimed);
            }
            skewed.start();
            skewed.awaitSealed();
            Replay ofSkewed = skewed.replay();

            assertThat(positionAt(ofSkewed, "2026-06-01T08:59:59.999Z")).isNull();
            assertThat(positionAt(ofSkewed, "2026-06-01T09:00:00Z")).isZero();
            assertThat(positionAt(ofSkewed, "2026-06-01T09:00:07Z"))
                    .as("the third was recorded by then, but the second was not")
                    .isZero();
            assertThat(positionAt(ofSkewed, "2026-06-01T09:00:10Z")).isEqualTo(2);
            assertThat(positionAt(ofSkewed, "2026-06-01T09:00:20Z")).isEqualTo(2);
            assertThat(positionAt(ofSkewed, "2026-06-01T09:00:20.000000001Z")).isEqualTo(3);
            assertThat(positionAt(ofSkewed, "2099-01-01T00:00:00Z")).isEqualTo(3);
        }
    }

    @Test
    void anEventThatAWrongClockDatedInTheFutureHidesNoLaterOnes() {
        try (TestLedger wrong = new TestLedger(TestDatabase.migrated())) {
            for (String claimed : List.of("2026-06-01T09:00:00Z", "2099-01-01T00:00:00Z")) {
                copyOfARegistration(wrong, claimed);
            }
            wrong.start();
            wrong.awaitSealed();
            assertThat(positionAt(wrong.replay(), "2026-06-01T09:20:00Z"))
                    .as("nothing came after it yet")
                    .isZero();
            for (String claimed : List.of("2026-06-01T09:10:00Z", "2026-06-01T09:20:00Z")) {
                copyOfARegistration(wrong, claimed);
            }
            wrong.awaitSealed();

            assertThat(positionAt(wrong.replay(), "2026-06-01T09:05:00Z")).isZero();
            assertThat(positionAt(wrong.replay(), "2026-06-01T09:10:00Z")).isEqualTo(2);
            assertThat(positionAt(wrong.replay(), "2026-06-01T09:20:00Z")).isEqualTo(3);
        }
    }

    private static @Nullable Long positionAt(Replay replay, String instant) {
        FiguresTable table = replay.figures(all(By.MONTH), new Until.Moment(Instant.parse(instant)), instant);
        assertThat(table.asAt()).isEqualTo(instant);
        return table.position();
    }

    /** Under another id and time. */
    private static void copyOfARegistration(TestLedger to, String recordedAt) {
        ledger.jdbc().query("select type, payload from event where aggregate_type = 'organisation' limit 1", row -> {
            to.append("organisation", recordedAt, row.getString(1), row.getBytes(2));
        });
    }
}
