package org.pupilledger.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupilledger.TestLedger.APPROVER;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;
import static org.pupilledger.TestLedger.RECORDER;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.cluster.Database;
import org.pupilledger.digest.Sha256;
import org.pupilledger.editions.TestEditions;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Measure;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.period.By;
import org.pupilledger.publication.Content;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.store.Author;
import org.pupilledger.values.RequestId;

/** What everybody sees of the figures: releases, and nothing else. */
@Timeout(60)
class ReleasedFiguresTest {
    private static final OrganisationCode NOBODY = new OrganisationCode("NOBODY");

    private Database database;
    private TestLedger ledger;
    private TestRequests requests;
    private TestEditions editions;

    @BeforeEach
    void open() {
        database = TestDatabase.migrated();
        ledger = new TestLedger(database);
        ledger.start();
        ledger.registerOrganisations();
        requests = new TestRequests(ledger.organisations());
        editions = new TestEditions(ledger);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private RequestId record(OrganisationCode organisation, String received, int individuals) {
        RecordRequest request = requests.historic(organisation, received, individuals);
        ledger.commands().send(request, RECORDER);
        ledger.awaitFolded();
        return request.id();
    }

    private void correct(RequestId id, long was, long now) {
        correct(APPROVER, id, was, now);
    }

    private void correct(Author by, RequestId id, long was, long now) {
        ledger.commands().send(requests.correct(id, new Change(Field.SUBMITTED_INDIVIDUALS, was, now)), by);
        ledger.awaitFolded();
    }

    private static FiguresQuery all(By by) {
        return new FiguresQuery(null, null, by, null, null, false, false);
    }

    private static FiguresQuery complete(String from, String to, By by, OrganisationCode organisation) {
        return new FiguresQuery(YearMonth.parse(from), YearMonth.parse(to), by, organisation, null, true, false);
    }

    /** Rows in short: {@code 2025-08 DWP 10}. */
    private static List<String> rows(FiguresTable table) {
        assertThat(table.position()).isNull();
        return table.rows().stream()
                .map(row -> row.period() + " " + row.organisation() + " "
                        + row.tally().get(Measure.INDIVIDUALS_SUBMITTED))
                .toList();
    }

    private List<String> shown(By by) {
        return rows(editions.released().now(all(by)));
    }

    private long head() {
        return ledger.entries().head();
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void nothingIsShownBeforeTheFirstRelease(By by) {
        record(DWP, "2025-08", 10);
        editions.schedule("2025-Q3");
        editions.preview("2025-Q3");
        FiguresTable nothing = new FiguresTable(null, null, by, null, null, List.of());
        ReleasedFigures released = editions.released();

        assertThat(released.now(all(by))).isEqualTo(nothing);
        assertThat(released.atPosition(all(by), head())).isEqualTo(nothing);
        assertThat(released.atPosition(all(by), 999_999)).isEqualTo(nothing);
        assertThat(released.asAt(all(by), Instant.MAX, "9999-12-31"))
                .isEqualTo(new FiguresTable(null, null, by, null, "9999-12-31", List.of()));
        assertThat(released.now(complete("2025-01", "2025-12", by, DWP)).rows()).isEmpty();
    }

    @Test
    void aReleaseIsShownAsItWasFrozenWhateverIsCorrectedSince() {
        RequestId id = record(DWP, "2025-08", 10);
        record(HOME_OFFICE, "2025-09", 5);
        FiguresTable frozen = ledger.registers().figures().now(all(By.MONTH));
        editions.publish("2025-Q3");
        ReleasedFigures released = editions.released();

        correct(id, 10, 12);
        record(DWP, "2025-08", 100);

        FiguresTable shown = released.now(all(By.MONTH));
        assertThat(shown.rows()).isEqualTo(frozen.rows());
        assertThat(shown.from()).isEqualTo(YearMonth.of(2025, 8));
        assertThat(shown.to()).isEqualTo(YearMonth.of(2025, 9));
        assertThat(rows(shown)).containsExactly("2025-08 DWP 10", "2025-09 HOME_OFFICE 5");
        assertThat(shown(By.MONTH)).as("after a restart").isEqualTo(rows(shown));
    }

    @Test
    void aRevisionIsShownOnceItIsReleased() {
        RequestId id = record(DWP, "2025-08", 10);
        editions.publish("2025-Q3");
        ReleasedFigures released = editions.released();
        correct(id, 10, 12);

        editions.previewRevision("2025-Q3");
        assertThat(rows(released.now(all(By.MONTH)))).containsExactly("2025-08 DWP 10");
        editions.release("2025-Q3");
        assertThat(rows(released.now(all(By.MONTH)))).containsExactly("2025-08 DWP 12");
    }

    @Test
    void figuresAsAtAreThoseOfTheReleasesUntilThen() throws Exception {
        RequestId id = record(DWP, "2025-08", 10);
        long before = head();
        Instant early = Instant.now();
        Thread.sleep(5);
        editions.publish("2025-Q3");
        long first = head();
        Thread.sleep(5);
        Instant between = Instant.now();
        Thread.sleep(5);
        correct(id, 10, 12);
        editions.revise("2025-Q3");
        ReleasedFigures released = editions.released();

        assertThat(rows(released.atPosition(all(By.MONTH), before))).isEmpty();
        assertThat(rows(released.atPosition(all(By.MONTH), first - 1))).isEmpty();
        assertThat(rows(released.atPosition(all(By.MONTH), first))).containsExactly("2025-08 DWP 10");
        assertThat(rows(released.atPosition(all(By.MONTH), head() - 1))).containsExactly("2025-08 DWP 10");
        assertThat(rows(released.atPosition(all(By.MONTH), head()))).containsExactly("2025-08 DWP 12");
        assertThat(rows(released.atPosition(all(By.MONTH), Long.MAX_VALUE))).containsExactly("2025-08 DWP 12");
        assertThat(rows(released.asAt(all(By.MONTH), early, "early"))).isEmpty();
        assertThat(rows(released.asAt(all(By.MONTH), between, "between"))).containsExactly("2025-08 DWP 10");
        assertThat(rows(released.asAt(all(By.MONTH), Instant.now(), "now"))).containsExactly("2025-08 DWP 12");
        assertThat(released.asAt(all(By.MONTH), between, "between").asAt()).isEqualTo("between");
    }

    @Test
    void aQuarterIsReleasedWithThoseBeforeItThatHaveNoEditionToCome() {
        record(DWP, "2025-02", 1);
        record(DWP, "2025-05", 2);
        record(DWP, "2025-08", 3);
        record(DWP, "2025-11", 4);
        editions.schedule("2025-Q2");

        editions.publish("2025-Q3");
        assertThat(shown(By.QUARTER)).containsExactly("2025-Q1 DWP 1", "2025-Q3 DWP 3");
        editions.preview("2025-Q2");
        assertThat(shown(By.QUARTER)).containsExactly("2025-Q1 DWP 1", "2025-Q3 DWP 3");
        editions.release("2025-Q2");
        assertThat(shown(By.QUARTER)).containsExactly("2025-Q1 DWP 1", "2025-Q2 DWP 2", "2025-Q3 DWP 3");
    }

    @Test
    void whatWasWithheldWhenItWasCountedIsNotTakenForNothing() {
        record(DWP, "2025-05", 2);
        record(DWP, "2025-08", 3);
        editions.schedule("2025-Q2");
        editions.schedule("2025-Q3");
        editions.preview("2025-Q3");
        editions.preview("2025-Q2");
        editions.release("2025-Q2");
        // counted before the second quarter was released, and released after it
        editions.release("2025-Q3");

        assertThat(shown(By.MONTH)).containsExactly("2025-05 DWP 2", "2025-08 DWP 3");
    }

    @Test
    void aLaterEditionShowsEarlierQuartersAnew() {
        RequestId id = record(DWP, "2025-05", 2);
        editions.publish("2025-Q2");
        record(DWP, "2025-08", 3);
        correct(id, 2, 20);

        editions.publish("2025-Q3");
        assertThat(shown(By.MONTH)).containsExactly("2025-05 DWP 20", "2025-08 DWP 3");
        correct(new Author("another", "APPROVER"), id, 20, 21);
        editions.revise("2025-Q2");
        assertThat(shown(By.MONTH)).containsExactly("2025-05 DWP 21", "2025-08 DWP 3");
    }

    @Test
    void whatWasReleasedStaysSoWhenAnEditionOfItsOwnIsAnnounced() {
        record(DWP, "2025-05", 2);
        record(DWP, "2025-08", 3);
        editions.publish("2025-Q3");

        editions.schedule("2025-Q2");

        assertThat(shown(By.MONTH)).containsExactly("2025-05 DWP 2", "2025-08 DWP 3");
    }

    @Test
    void aYearShowsWhatOfItIsReleased() {
        record(DWP, "2024-12", 7);
        record(DWP, "2025-02", 1);
        record(DWP, "2025-05", 2);
        record(DWP, "2025-11", 4);
        editions.publish("2025-Q2");

        assertThat(shown(By.YEAR)).containsExactly("2024 DWP 7", "2025 DWP 3");
        assertThat(shown(By.TOTAL)).containsExactly("2024-12/2025-05 DWP 10");
    }

    @Test
    void noRowSaysThatAPeriodHadNoRequestsBeforeItIsReleased() {
        record(DWP, "2025-02", 1);
        record(DWP, "2025-08", 3);
        editions.schedule("2025-Q1");
        editions.publish("2025-Q2");
        editions.preview("2025-Q1");
        editions.release("2025-Q1");
        ReleasedFigures released = editions.released();

        assertThat(rows(released.now(complete("2025-01", "2025-12", By.QUARTER, DWP))))
                .containsExactly("2025-Q1 DWP 1", "2025-Q2 DWP 0");
        assertThat(rows(released.now(complete("2025-07", "2025-12", By.MONTH, DWP))))
                .isEmpty();
        assertThat(rows(released.now(complete("2025-07", "2025-12", By.TOTAL, DWP))))
                .isEmpty();
        assertThat(rows(released.now(complete("2025-01", "2026-12", By.YEAR, DWP))))
                .containsExactly("2025 DWP 1");
    }

    @Test
    void organisationsAreShownOnceTheirFiguresAre() {
        record(DWP, "2025-05", 2);
        record(HOME_OFFICE, "2025-08", 3);
        editions.publish("2025-Q2");
        ReleasedFigures released = editions.released();

        assertThat(rows(released.now(complete("2025-04", "2025-06", By.QUARTER, DWP))))
                .containsExactly("2025-Q2 DWP 2");
        for (OrganisationCode unseen : List.of(HOME_OFFICE, NOBODY)) {
            assertThat(released.now(complete("2025-04", "2025-06", By.QUARTER, unseen)))
                    .isEqualTo(new FiguresTable(
                            YearMonth.of(2025, 4), YearMonth.of(2025, 6), By.QUARTER, null, null, List.of()));
        }
    }

    @Test
    void theCategoryIsThatOfTheNewestRelease() {
        record(DWP, "2025-02", 1);
        record(DWP, "2025-05", 2);
        editions.schedule("2025-Q1");
        editions.publish("2025-Q2");
        put(Category.OTHER);
        assertThat(categories()).containsExactly(Category.OTHER_GOVERNMENT);

        editions.preview("2025-Q1");
        editions.release("2025-Q1");
        assertThat(categories())
                .as("one organisation has one category")
                .containsExactly(Category.OTHER, Category.OTHER);
    }

    private void put(Category category) {
        ledger.putByTwo(new PutOrganisation(
                DWP, new OrganisationProfile("Department for Work and Pensions", category, null), null));
        ledger.awaitFolded();
    }

    private List<Category> categories() {
        return editions.released().now(all(By.QUARTER)).rows().stream()
                .map(FiguresTable.Row::category)
                .toList();
    }

    @Test
    void figuresThatAreGoneOrChangedAreNeverReplacedByOthers() throws SQLException {
        record(DWP, "2025-05", 2);
        Content content = editions.publish("2025-Q2");

        change("update published_file set bytes = '{}' where digest = '" + content.figures() + "'");
        assertThatThrownBy(() -> editions.released().now(all(By.MONTH)))
                .isInstanceOf(PublishedFiles.FileDamaged.class)
                .hasMessage("a published file does not fit its digest");
        change("delete from published_file where digest = '" + content.figures() + "'");
        assertThatThrownBy(() -> editions.released().now(all(By.MONTH)))
                .isInstanceOf(PublishedFiles.FileDamaged.class)
                .hasMessage("the figures of a release are missing");
    }

    @Test
    void figuresThatNobodySeesAnyMoreAreNotNeeded() throws SQLException {
        RequestId id = record(DWP, "2025-05", 2);
        Sha256 first = editions.publish("2025-Q2").figures();
        correct(id, 2, 20);
        editions.revise("2025-Q2");

        change("delete from published_file where digest = '" + first + "'");

        assertThat(shown(By.MONTH)).containsExactly("2025-05 DWP 20");
    }

    private void change(String sql) throws SQLException {
        try (Connection owner = database.owner().connect();
                Statement statement = owner.createStatement()) {
            statement.execute("alter table published_file disable trigger user");
            statement.execute(sql);
        }
    }

    @Test
    void aReleaseIsSeenWhenItIsSealedAndNotBefore() {
        record(DWP, "2025-05", 2);
        editions.schedule("2025-Q2");
        editions.preview("2025-Q2");
        ReleasedFigures released = editions.released();
        ledger.sequencer().close();

        editions.releaseUnsealed("2025-Q2");
        assertThat(ledger.number("select count(*) from event where type = 'edition.released'"))
                .isEqualTo(1);
        assertThat(rows(released.now(all(By.MONTH)))).isEmpty();

        ledger.close();
        ledger = new TestLedger(database);
        ledger.start();
        ledger.awaitFolded();
        assertThat(rows(new TestEditions(ledger).released().now(all(By.MONTH)))).containsExactly("2025-05 DWP 2");
    }
}
