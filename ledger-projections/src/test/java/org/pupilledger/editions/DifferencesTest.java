package org.pupilledger.editions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;
import static org.pupilledger.TestLedger.RECORDER;
import static org.pupilledger.TestLedger.anotherApprover;

import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.comparison.ComparisonForm;
import org.pupilledger.comparison.ExplainingEvent;
import org.pupilledger.export.TableCsv;
import org.pupilledger.failure.NotYet;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.period.Quarter;
import org.pupilledger.register.States;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestCommand.CorrectRequest;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.Stage;
import org.pupilledger.totals.FiguresReader;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.RequestId;
import org.pupilledger.values.SourceReference;
import tools.jackson.databind.json.JsonMapper;

/** Each test records something and compares what was before with what is after; organisations and months are its own. */
@Timeout(120)
class DifferencesTest {
    private static final YearMonth END = YearMonth.of(2026, 6);

    private static TestLedger ledger;
    private static TestRequests requests;
    private static FiguresReader figures;
    private static Differences differences;
    private static int references;

    @BeforeAll
    static void start() {
        ledger = TestLedger.started();
        requests = new TestRequests(ledger.organisations());
        figures = ledger.registers().figures();
        differences = ledger.publications().differences();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static long head() {
        ledger.awaitFolded();
        return ledger.entries().head();
    }

    private static Comparison between(long was, long now) {
        return differences.between(was, now, END, month -> false, month -> false);
    }

    /** A request as a source tells it, with as many references as it counts for. */
    private static RequestId recorded(
            OrganisationCode organisation, String received, int requested, int submitted, int matched) {
        String[] names = new String[requested];
        for (int i = 0; i < requested; i++) {
            names[i] = "2023-%07d".formatted(++references);
        }
        RecordRequest asked = requests.historic(organisation, received, submitted, names);
        ledger.commands()
                .send(
                        new RecordRequest(
                                asked.id(),
                                asked.ask(),
                                new Stage.Decision(Outcome.APPROVED, null, null, null),
                                null,
                                new Stage.Match(null, Individuals.of(matched), Individuals.of(0)),
                                new Stage.Disclosure(
                                        null,
                                        Individuals.of(matched),
                                        Individuals.of(matched),
                                        matched == 0 ? List.of() : List.of(Item.SCHOOL)),
                                asked.occasion()),
                        RECORDER);
        return asked.id();
    }

    private static OrganisationCode registered(String code, Category category) {
        OrganisationCode organisation = new OrganisationCode(code);
        put(organisation, category);
        return organisation;
    }

    private static void put(OrganisationCode code, Category category) {
        ledger.putByTwo(new PutOrganisation(
                code, new OrganisationProfile("Body " + code.value().replace('_', ' '), category, null), null));
        ledger.awaitFolded();
    }

    private static void correct(RequestId id, Change... changes) {
        ledger.commands().send(requests.correct(id, changes), anotherApprover());
    }

    /** {@code table period organisation column was>now [positions]} */
    private static List<String> told(Comparison difference) {
        return difference.cells().stream()
                .map(cell -> cell.table() + " " + cell.period() + " " + cell.row() + " " + cell.column() + " "
                        + cell.was() + ">" + cell.now() + " " + cell.events())
                .toList();
    }

    @Test
    void aCorrectionOfTheMatchesOfAGroupOfThreeChangesTwoCellsAndIsTheirOnlyReason() {
        recorded(DWP, "2023-08", 1, 1, 1);
        RequestId group = recorded(DWP, "2023-08", 3, 7, 2);
        recorded(DWP, "2023-09", 1, 1, 0);
        long was = head();
        ledger.commands()
                .send(
                        new CorrectRequest(
                                group,
                                List.of(new Change(Field.MATCHED, 2L, 3L)),
                                Cause.RECOUNT,
                                new SourceReference("HCWS272"),
                                requests.occasion()),
                        anotherApprover());
        long now = head();
        recorded(DWP, "2023-09", 1, 5, 1);
        head();

        Comparison difference = between(was, now);

        assertThat(difference.was()).isEqualTo(was);
        assertThat(difference.now()).isEqualTo(now);
        assertThat(difference.cells())
                .containsExactly(
                        new Comparison.Cell(
                                "other-government-quarterly",
                                new Quarter(2023, 3).period(),
                                DWP,
                                null,
                                "individuals_matched",
                                3L,
                                4L,
                                null,
                                List.of(now)),
                        new Comparison.Cell(
                                "other-government-quarterly",
                                new Quarter(2023, 3).period(),
                                DWP,
                                null,
                                "individuals_unmatched",
                                6L,
                                5L,
                                null,
                                List.of(now)));
        assertThat(difference.events()).singleElement().satisfies(event -> {
            assertThat(event.position()).isEqualTo(now);
            assertThat(event.type()).isEqualTo("matching-request.corrected");
            assertThat(event.aggregateId()).isEqualTo(group.toString());
            assertThat(event.recordedAt()).matches("20\\d\\d-.*Z");
            assertThat(event.cause()).isEqualTo(Cause.RECOUNT);
            assertThat(event.authority()).isEqualTo(new SourceReference("HCWS272"));
            assertThat(event.sentence()).isEqualTo("Matched corrected from 2 to 3 (recount, HCWS272).");
        });
    }

    @Test
    void theOtherWayRoundTheSameCellsAreToldTurned() {
        RequestId id = recorded(DWP, "2022-02", 1, 9, 4);
        long earlier = head();
        correct(id, new Change(Field.MATCHED, 4L, 5L));
        long later = head();

        assertThat(told(between(later, earlier)))
                .containsExactly(
                        "other-government-quarterly 2022-Q1 DWP individuals_matched 5>4 [" + later + "]",
                        "other-government-quarterly 2022-Q1 DWP individuals_unmatched 4>5 [" + later + "]");
        assertThat(between(later, earlier).was()).isEqualTo(later);
        assertThat(between(later, earlier).events())
                .isEqualTo(between(earlier, later).events());
    }

    @Test
    void aCorrectionThatIsTakenBackLeavesNothing() {
        RequestId id = recorded(DWP, "2021-02", 1, 9, 4);
        long was = head();
        correct(id, new Change(Field.MATCHED, 4L, 5L));
        correct(id, new Change(Field.MATCHED, 5L, 4L));
        long now = head();

        assertThat(between(was, now)).isEqualTo(new Comparison(was, now, List.of(), List.of()));
        assertThat(between(was, was).isEmpty()).isTrue();
    }

    @Test
    void aCorrectionThatIsTakenBackIsNamedWhereAnotherChangedTheSameCell() {
        RequestId id = recorded(DWP, "2021-05", 1, 9, 4);
        RequestId other = recorded(DWP, "2021-05", 1, 9, 4);
        long was = head();
        correct(id, new Change(Field.MATCHED, 4L, 5L));
        correct(other, new Change(Field.MATCHED, 4L, 6L));
        correct(id, new Change(Field.MATCHED, 5L, 4L));
        long now = head();

        assertThat(between(was, now).cells())
                .allSatisfy(cell -> assertThat(cell.events()).containsExactly(was + 1, was + 2, now));
    }

    @Test
    void aMoveWithinAQuarterChangesOnlyTheTableOfMonths() {
        RequestId id = recorded(HOME_OFFICE, "2022-04", 1, 9, 4);
        long was = head();
        correct(id, new Change(Field.RECEIVED, "2022-04", "2022-05"));
        long now = head();

        Comparison difference = between(was, now);

        assertThat(difference.cells())
                .isNotEmpty()
                .allMatch(cell -> cell.table().equals("home-office-monthly"))
                .allMatch(cell -> cell.events().equals(List.of(now)));
        assertThat(told(difference))
                .contains(
                        "home-office-monthly 2022-04 HOME_OFFICE individuals_submitted 9>null [" + now + "]",
                        "home-office-monthly 2022-05 HOME_OFFICE individuals_submitted null>9 [" + now + "]");
        assertThat(difference.events())
                .extracting(ExplainingEvent::sentence)
                .containsExactly("Date of receipt corrected from 2022-04 to 2022-05 (transcription error).");
    }

    @Test
    void aMoveToAnotherOrganisationChangesTheRowsOfBoth() {
        OrganisationCode police = registered("T_POLICE", Category.POLICE);
        RequestId id = recorded(police, "2022-08", 1, 9, 4);
        long was = head();
        correct(id, new Change(Field.ORGANISATION, "T_POLICE", "DWP"));
        long now = head();

        assertThat(told(between(was, now)))
                .contains(
                        "police-quarterly 2022-Q3 T_POLICE requests_received 1>null [" + now + "]",
                        "other-government-quarterly 2022-Q3 DWP requests_received null>1 [" + now + "]",
                        "outcomes-by-return-level 2022-Q3 DWP level_school null>1 [" + now + "]",
                        "outcomes-by-return-level 2022-Q3 T_POLICE level_school 1>null [" + now + "]");
    }

    @Test
    void anAnnulmentTakesARequestOutOfEveryCell() {
        RequestId id = recorded(DWP, "2022-11", 2, 9, 4);
        long was = head();
        ledger.commands().send(requests.annul(id), anotherApprover());
        long now = head();

        Comparison difference = between(was, now);

        assertThat(told(difference))
                .contains("other-government-quarterly 2022-Q4 DWP requests_received 2>null [" + now + "]")
                .contains("other-government-quarterly 2022-Q4 DWP individuals_returned 4>null [" + now + "]");
        assertThat(difference.events()).singleElement().satisfies(event -> {
            assertThat(event.cause()).isEqualTo(Cause.OTHER);
            assertThat(event.authority()).isNull();
            assertThat(event.sentence())
                    .isEqualTo(
                            "2 requests of DWP received in Nov 2022 were annulled: recorded by mistake, and counted no"
                                    + " more (other).");
        });
    }

    @Test
    void whatDoesNotTouchACellIsNotNamedWithIt() {
        RequestId id = recorded(DWP, "2023-01", 1, 9, 4);
        long was = head();
        recorded(HOME_OFFICE, "2023-01", 1, 20, 10);
        recorded(DWP, "2022-12", 1, 30, 0);
        correct(id, new Change(Field.MATCH_ON, null, "2023-02"));
        correct(id, new Change(Field.ANSWERED, 4L, 5L));
        long now = head();

        assertThat(told(between(was, now)))
                .filteredOn(cell -> cell.contains("2023-Q1 DWP"))
                .containsExactly("other-government-quarterly 2023-Q1 DWP individuals_answered 4>5 [" + now + "]");
        assertThat(between(was, now).events()).noneMatch(event -> event.position() == now - 1);
    }

    @Test
    void notStatedIsToldApartFromNothing() {
        RequestId id = recorded(DWP, "2021-11", 1, 9, 0);
        long was = head();
        correct(id, new Change(Field.MATCHED, 0L, null));
        long now = head();

        Comparison difference = between(was, now);

        assertThat(told(difference))
                .containsExactly(
                        "other-government-quarterly 2021-Q4 DWP individuals_matched 0>null [" + now + "]",
                        "other-government-quarterly 2021-Q4 DWP individuals_unmatched 9>null [" + now + "]");
        assertThat(difference.cells())
                .allMatch(cell -> cell.isNotStated(cell.now()))
                .noneMatch(cell -> cell.isNotStated(cell.was()));
        assertThat(difference.events())
                .extracting(ExplainingEvent::sentence)
                .containsExactly("Matched corrected from 0 to not stated (transcription error).");
    }

    @Test
    void anotherCategoryMovesRowsFromOneTableToAnother() {
        OrganisationCode body = registered("T_MOVED", Category.OTHER);
        recorded(body, "2021-08", 1, 9, 4);
        long was = head();
        recorded(body, "2021-08", 1, 3, 0);
        long received = head() - 3;
        put(body, Category.POLICE);
        long moved = head();
        recorded(body, "2021-08", 1, 2, 0);
        long now = head();

        Comparison difference = between(was, now);

        assertThat(told(difference))
                .contains(
                        "police-quarterly 2021-Q3 T_MOVED individuals_submitted null>14 [" + received + ", " + moved
                                + ", " + (now - 3) + "]",
                        "other-government-quarterly 2021-Q3 T_MOVED individuals_submitted 9>null [" + received + ", "
                                + moved + "]");
        assertThat(difference.cells())
                .filteredOn(cell -> cell.table().equals("outcomes-by-return-level"))
                .as("all organisations are in it")
                .noneMatch(cell -> cell.events().contains(moved));
        assertThat(difference.events())
                .filteredOn(event -> event.position() == moved)
                .extracting(ExplainingEvent::type, ExplainingEvent::sentence)
                .containsExactly(tuple("organisation.changed", "T_MOVED: category changed from OTHER to POLICE."));
        assertThat(told(between(now, was))).hasSameSizeAs(told(difference));
    }

    @Test
    void anotherCategoryOfTheSameTableMovesNothing() {
        OrganisationCode body = registered("T_STAYS", Category.OTHER);
        recorded(body, "2021-08", 1, 9, 4);
        long was = head();
        put(body, Category.OTHER_GOVERNMENT);

        assertThat(between(was, head()).isEmpty()).isTrue();
    }

    @Test
    void monthsThatEitherSideWithholdsOrThatComeLaterAreNotCompared() {
        long was = head();
        recorded(DWP, "2019-02", 1, 9, 4);
        recorded(DWP, "2019-05", 1, 9, 4);
        recorded(DWP, "2019-08", 1, 9, 4);
        long now = head();
        YearMonth first = YearMonth.of(2019, 3);

        Comparison one =
                differences.between(was, now, YearMonth.of(2019, 6), month -> !month.isAfter(first), month -> false);
        Comparison other =
                differences.between(was, now, YearMonth.of(2019, 6), month -> false, month -> !month.isAfter(first));

        assertThat(one).isEqualTo(other);
        assertThat(one.cells())
                .isNotEmpty()
                .allMatch(
                        cell -> cell.period().equals(new Quarter(2019, 2).period()) && DWP.equals(cell.organisation()))
                .allMatch(cell -> "Apr to Jun 2019".equals(cell.period().label()));
        assertThat(one.events()).hasSizeLessThan(between(was, now).events().size());
    }

    @Test
    void withoutALastMonthAllQuartersWithRequestsAreCompared() {
        long was = head();
        recorded(DWP, "2024-01", 1, 9, 4);
        long now = head();

        assertThat(differences.between(was, now, null, month -> false, month -> false))
                .isEqualTo(between(was, now));
        assertThat(differences
                        .between(-1, 0, null, month -> false, month -> false)
                        .isEmpty())
                .isTrue();
        assertThat(differences
                        .between(-1, now, null, month -> false, month -> false)
                        .events())
                .isEqualTo(between(-1, now).events());
    }

    @Test
    void aPositionBeyondTheNewestIsRefused() {
        long head = head();

        assertThatThrownBy(() -> between(0, head + 1))
                .isInstanceOf(NotYet.class)
                .hasMessage("beyond the newest entry");
        assertThatThrownBy(() -> between(head + 1, 0))
                .isInstanceOf(NotYet.class)
                .hasMessage("beyond the newest entry");
    }

    @Test
    void moreEventsThanOneAnswerMayNameAreRefused() {
        long was = head();
        recorded(DWP, "2020-02", 1, 9, 4);
        long now = head();
        int all = between(was, now).events().size();

        assertThat(new Differences(
                                figures,
                                ledger.entries(),
                                new AgreementsTable(States.ofAgreements(ledger.jdbc(), () -> Long.MAX_VALUE)),
                                all)
                        .between(was, now, END, month -> false, month -> false)
                        .events())
                .hasSize(all);
        assertThatThrownBy(() -> new Differences(
                                figures,
                                ledger.entries(),
                                new AgreementsTable(States.ofAgreements(ledger.jdbc(), () -> Long.MAX_VALUE)),
                                all - 1)
                        .between(was, now, END, month -> false, month -> false))
                .isInstanceOf(TooMuch.class)
                .hasMessageContaining("events explain it");
    }

    @Test
    void eachFormatSaysTheSame() {
        RequestId id = recorded(DWP, "2020-05", 1, 9, 0);
        long was = head();
        correct(id, new Change(Field.AMBIGUOUS, 0L, null));
        long now = head();
        Comparison difference = between(was, now);
        ExplainingEvent event = difference.events().getFirst();

        assertThat(ComparisonForm.POSITIONS.text(difference)).isEqualTo("""
                other-government-quarterly, Apr to Jun 2020, DWP: individuals_ambiguous was 0, now not stated
                  %1$d  %2$s  Ambiguous corrected from 0 to not stated (transcription error).
                other-government-quarterly, Apr to Jun 2020, DWP: individuals_unmatched was 9, now not stated
                  %1$d  %2$s  Ambiguous corrected from 0 to not stated (transcription error).
                2 cells differ between positions %3$d and %1$d.
                """.formatted(now, event.recordedAt(), was));
        assertThat(TableCsv.text(ComparisonForm.POSITIONS.table(difference))
                        .lines()
                        .toList())
                .hasSize(3)
                .startsWith(
                        "table,period,period_label,organisation,agreement,column,was,now,position,recorded_at,type,aggregate_id,cause,authority,sentence",
                        "other-government-quarterly,2020-Q2,Apr to Jun 2020,DWP,,individuals_ambiguous,0,," + now + ","
                                + event.recordedAt() + ",matching-request.corrected," + id
                                + ",TRANSCRIPTION,,Ambiguous corrected from 0 to not stated (transcription error).");
        assertThat(JsonMapper.shared().writeValueAsString(ComparisonForm.POSITIONS.json(difference)))
                .startsWith("""
                        {"was":%1$d,"now":%2$d,"cells":[{"table":"other-government-quarterly","period":"2020-Q2",\
                        "label":"Apr to Jun 2020","organisation":"DWP","agreement":null,"column":"individuals_ambiguous",\
                        "was":0,"now":null,"wasNotStated":false,"nowNotStated":true,"events":[%2$d]},""".formatted(was, now))
                .endsWith("""
                        ],"events":[{"position":%1$d,"recordedAt":"%2$s","type":"matching-request.corrected",\
                        "aggregateId":"%3$s","cause":"TRANSCRIPTION","causeLabel":"transcription error","authority":null,\
                        "sentence":"Ambiguous corrected from 0 to not stated (transcription error)."}]}""".formatted(now, event.recordedAt(), id));
        assertThat(ComparisonForm.POSITIONS.text(between(now, now)))
                .isEqualTo("No cell differs between positions " + now + " and " + now + ".\n");
    }
}
