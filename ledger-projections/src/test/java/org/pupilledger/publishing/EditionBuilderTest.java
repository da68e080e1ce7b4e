package org.pupilledger.publishing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupilledger.TestLedger.APPROVER;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;
import static org.pupilledger.TestLedger.RECORDER;
import static org.pupilledger.TestLedger.anotherApprover;

import java.io.IOException;
import java.io.StringReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestLog;
import org.pupilledger.TestRequests;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.Superuser;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Source;
import org.pupilledger.coverage.Coverage;
import org.pupilledger.coverage.CoverageCommand.ConfirmCoverage;
import org.pupilledger.coverage.CoverageCommand.ProposeCoverage;
import org.pupilledger.coverage.CoveredMonths;
import org.pupilledger.coverage.Declaration;
import org.pupilledger.digest.Sha256;
import org.pupilledger.editions.FigureSheet;
import org.pupilledger.editions.FrozenFigures;
import org.pupilledger.editions.RevisedFigure;
import org.pupilledger.editions.TestEditions;
import org.pupilledger.failure.NotYet;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.period.Period;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.publication.EditionCommand.PreviewEdition;
import org.pupilledger.publication.EditionCommand.PreviewRevision;
import org.pupilledger.publication.EditionCommand.ReleaseEdition;
import org.pupilledger.publication.EditionCommand.ScheduleEdition;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.publishing.EditionBuilder.Built;
import org.pupilledger.rebuild.Outcome.Finding;
import org.pupilledger.rebuild.Unwatched;
import org.pupilledger.refusal.Refused;
import org.pupilledger.register.States;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestCommand.CorrectRequest;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;
import org.pupilledger.store.Answer;
import org.pupilledger.store.Author;
import org.pupilledger.values.RequestId;
import org.pupilledger.verification.DatabaseVerification;

/** Editions of the published DWP cases, built, released and revised as the application does it. */
@Timeout(120)
@Isolated("it changes the locale and the time zone of the process")
class EditionBuilderTest {
    private static final String Q3 = "2023-Q3";
    private static final LocalDate DUE = LocalDate.of(2024, 1, 4);
    private static final Grounds GROUNDS = new Grounds(
            RevisionKind.UNSCHEDULED_CORRECTION, Cause.RECOUNT, Decider.HEAD_OF_PROFESSION, LocalDate.of(2024, 1, 11));
    private static final Set<String> ROW_NAMES = Set.of(
            "period", "period_label", "organisation", "organisation_name", "category", "coverage", "summary", "status");

    private Database database;
    private TestLedger ledger;
    private TestRequests requests;
    private States<EditionEvent, EditionState> editions;
    private PublishedFiles files;
    private LogReader log;
    private RequestId june;
    private RequestId group;

    @BeforeEach
    void open() {
        database = TestDatabase.migrated();
        ledger = new TestLedger(database);
        ledger.start();
        ledger.registerOrganisations();
        requests = new TestRequests(ledger.organisations());
        editions = ledger.publications().editions();
        files = ledger.publications().files();
        log = ledger.storage().log();
        answered(DWP, "2018-04", 185, 1, 1, 0, List.of(Item.MATCH_INDICATOR));
        june = answered(
                DWP, "2023-06", 12, null, 12, 12, List.of(Item.RECORD_HELD, Item.DATE_LAST_COLLECTED), "2023-0020534");
        answered(DWP, "2023-08", 1, 1, 1, 1, List.of(Item.ADDRESS_HISTORY, Item.SCHOOL_HISTORY), "2023-0027990");
        group = answered(
                DWP,
                "2023-08",
                7,
                2,
                2,
                2,
                List.of(Item.SCHOOL, Item.DATE_LAST_COLLECTED),
                "2023-0028896",
                "2023-0028898",
                "2023-0028900");
        answered(DWP, "2023-09", 1, 0, 0, 0, List.of(), "2023-0033523");
        answered(DWP, "2023-11", 2, 0, 0, 0, List.of(), "2023-0043219");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    // What happens in the ledger

    private RequestId answered(
            OrganisationCode organisation,
            String received,
            int submitted,
            @Nullable Integer matched,
            int answered,
            int returned,
            List<Item> items,
            String... references) {
        RecordRequest asked =
                requests.answered(organisation, received, submitted, matched, answered, returned, items, references);
        ledger.commands().send(asked, RECORDER);
        ledger.awaitFolded();
        return asked.id();
    }

    private RequestId recorded(OrganisationCode organisation, String received, int submitted) {
        RecordRequest asked = requests.historic(organisation, received, submitted);
        ledger.commands().send(asked, RECORDER);
        ledger.awaitFolded();
        return asked.id();
    }

    private void correct(RequestId id, Cause cause, Change... changes) {
        ledger.commands()
                .send(new CorrectRequest(id, List.of(changes), cause, null, requests.occasion()), anotherApprover());
        ledger.awaitFolded();
    }

    private void correctTheGroup(long was, long now) {
        correct(group, Cause.RECOUNT, new Change(Field.MATCHED, was, now));
    }

    private void annul(RequestId id) {
        ledger.commands().send(requests.annul(id), anotherApprover());
        ledger.awaitFolded();
    }

    private void put(OrganisationCode code, String name, Category category) {
        ledger.putByTwo(new PutOrganisation(code, new OrganisationProfile(name, category, null), null));
        ledger.awaitFolded();
    }

    private void agree(String reference, String from) {
        ledger.commands().send(requests.agreement(reference, from), RECORDER);
        ledger.awaitFolded();
    }

    // What happens to editions

    /** As a program that has just started makes it. */
    private EditionBuilder builder() {
        return ledger.publications().builder();
    }

    private EditionState state(String quarter) {
        return editions.find(Edition.id(TestEditions.quarter(quarter)))
                .orElseThrow()
                .state();
    }

    private Revision revision(String quarter, int number) {
        return state(quarter).revision(number).orElseThrow();
    }

    private void schedule(String quarter) {
        send(new ScheduleEdition(TestEditions.quarter(quarter), DUE, Profile.EXACT, requests.occasion()), RECORDER);
    }

    private Built preview(String quarter) {
        Built built = builder().build(state(quarter), null);
        send(new PreviewEdition(TestEditions.quarter(quarter), built.content(), requests.occasion()), RECORDER);
        return built;
    }

    private Built publish(String quarter) {
        schedule(quarter);
        Built built = preview(quarter);
        release(quarter);
        return built;
    }

    private Built revise(String quarter) {
        Built built = builder().build(state(quarter), GROUNDS);
        previewRevision(quarter, built);
        release(quarter);
        return built;
    }

    private void previewRevision(String quarter, Built built) {
        send(
                new PreviewRevision(TestEditions.quarter(quarter), GROUNDS, built.content(), requests.occasion()),
                RECORDER);
    }

    private void release(String quarter) {
        send(new ReleaseEdition(TestEditions.quarter(quarter), requests.occasion()), APPROVER);
    }

    private void send(EditionCommand command, Author author) {
        ledger.commands()
                .answer(
                        () -> command,
                        author,
                        null,
                        (Edition.Recorded recorded) -> new Answer(200, null, null, null, new byte[0]));
        ledger.awaitFolded();
    }

    /** Also of a preview that was never released, and the figures behind the tables. */
    @Test
    void filesThatAreGoneAreMadeAgainAndOneThatWasChangedIsNamed() throws SQLException {
        publish(Q3);
        correctTheGroup(2, 3);
        previewRevision(Q3, builder().build(state(Q3), GROUNDS));
        correctTheGroup(3, 4);
        revise(Q3);
        String stored = stored();
        assertThat(found()).isEmpty();
        assertThat(mending().run(new Unwatched()).finding()).isEqualTo(Finding.SAME);

        tamper("delete from published_file");
        assertThat(found()).isNotEmpty().allMatch(it -> it.startsWith("file differs: the published file "));
        var outcome = mending().run(new Unwatched());

        assertThat(outcome.finding()).isEqualTo(Finding.DAMAGED);
        assertThat(outcome.left()).isEmpty();
        assertThat(stored()).isEqualTo(stored);
        assertThat(found()).isEmpty();

        String changed = state(Q3)
                .newest()
                .orElseThrow()
                .content()
                .files()
                .getFirst()
                .digest()
                .hex();
        tamper("update published_file set bytes = 'another' where digest = '" + changed + "'");
        var left = mending().run(new Unwatched());
        assertThat(left.finding()).isEqualTo(Finding.DAMAGED);
        assertThat(left.left())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("the published file " + changed + " was changed");
        assertThat(found()).hasSize(1);
        for (String step : List.of(
                "alter table published_file disable trigger published_file_is_append_only",
                "delete from published_file where digest = '" + changed + "'",
                "alter table published_file enable trigger published_file_is_append_only")) {
            ledger.jdbc().execute(step);
        }
        assertThat(mending().run(new Unwatched()).left()).isEmpty();
        assertThat(stored()).isEqualTo(stored);
        assertThat(found()).isEmpty();
    }

    private FilesMending mending() {
        return new FilesMending(
                editions, builder(), new PublishedFiles(ledger.projected().jdbc()));
    }

    private String stored() {
        return Objects.requireNonNull(ledger.jdbc()
                .queryForObject(
                        "select string_agg(digest || sha256(bytes)::text, ' ' order by digest) from published_file",
                        String.class));
    }

    private List<String> found() {
        return new DatabaseVerification(
                        ledger.store().dataSource(),
                        TestLog.of(database).identity().verifier(),
                        null,
                        null)
                .run((done, of, state) -> {})
                .differences();
    }

    private void tamper(String attack) throws SQLException {
        try (Connection connection = Superuser.of(database).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute(attack);
        }
    }

    // What is in files

    private static List<Map<String, String>> rows(Built built, String table) {
        byte[] csv = Objects.requireNonNull(built.files().get(table + ".csv"), table);
        try (CSVParser parser = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(new String(csv, UTF_8)))) {
            return parser.stream().map(CSVRecord::toMap).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Rows of a table of figures by period and organisation. */
    private static Map<String, Map<String, String>> figures(Built built, FigureSheet sheet) {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        rows(built, sheet.table()).forEach(row -> rows.put(row.get("period") + " " + row.get("organisation"), row));
        return rows;
    }

    /**
     * Cells of figures that two builds show differently: {@code table column organisation period was>now}. A row that is
     * not there tells nothing; what is none in another one is no difference.
     */
    private static Set<String> compared(Built was, Built now) {
        Set<String> changed = new TreeSet<>();
        for (FigureSheet sheet : FigureSheet.values()) {
            Map<String, Map<String, String>> before = figures(was, sheet);
            Map<String, Map<String, String>> after = figures(now, sheet);
            Set<String> keys = new TreeSet<>(before.keySet());
            keys.addAll(after.keySet());
            for (String key : keys) {
                Map<String, String> old = before.getOrDefault(key, Map.of());
                Map<String, String> young = after.getOrDefault(key, Map.of());
                Set<String> columns = new TreeSet<>(old.keySet());
                columns.addAll(young.keySet());
                columns.removeAll(ROW_NAMES);
                for (String column : columns) {
                    String one = old.getOrDefault(column, "0");
                    String other = young.getOrDefault(column, "0");
                    String told = old.isEmpty() ? "" : one;
                    String tells = young.isEmpty() ? "" : other;
                    if (!one.equals(other) && !told.equals(tells)) {
                        changed.add(changed(sheet.table(), column, key, told, tells));
                    }
                }
            }
        }
        return changed;
    }

    private static String changed(String table, String column, String key, String was, String now) {
        return table + " " + column + " " + key + " " + was + ">" + now;
    }

    /** The rows of the table of revisions that one revision brought, in the same form. */
    private static Set<String> revisions(Built built, String correctedIn) {
        Set<String> told = new TreeSet<>();
        for (Map<String, String> row : rows(built, "revisions")) {
            if (correctedIn.equals(row.get("corrected_in"))) {
                told.add(changed(
                        cell(row, "table"),
                        cell(row, "figure"),
                        row.get("period") + " " + row.get("organisation"),
                        cell(row, "was"),
                        cell(row, "now")));
            }
        }
        return told;
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    /** Cells that the status column marks as revised: {@code table column words key}. */
    private static Set<String> marked(Built built) {
        Set<String> marked = new TreeSet<>();
        for (FigureSheet sheet : FigureSheet.values()) {
            figures(built, sheet).forEach((key, row) -> {
                for (String entry : cell(row, "status").split("; ", -1)) {
                    if (entry.startsWith("[r] ")) {
                        marked.add(sheet.table() + " " + key + " " + entry.substring(4));
                    } else {
                        assertThat(entry).matches("|\\[x\\] .+");
                    }
                }
            });
        }
        return marked;
    }

    /** What must be marked, from the rows of the table of revisions. */
    private static Set<String> revised(Built built) {
        Set<String> marked = new TreeSet<>();
        rows(built, "revisions")
                .forEach(row -> marked.add(row.get("table") + " " + row.get("period") + " " + row.get("organisation")
                        + " " + cell(row, "figure").replace('_', ' ')));
        return marked;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> digests(Built built) {
        Map<String, String> digests = new LinkedHashMap<>();
        built.files().forEach((name, bytes) -> digests.put(name, sha256(bytes)));
        return digests;
    }

    private static void assertSame(Built again, Built first) {
        assertThat(digests(again)).isEqualTo(digests(first));
        assertThat(again.content()).isEqualTo(first.content());
        assertThat(again.changes()).isEqualTo(first.changes());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    // Built

    @Test
    void anEditionHasAllFilesAndTheyAreKept() {
        schedule(Q3);

        Built built = builder().build(state(Q3), null);

        List<String> names = new ArrayList<>(
                List.of("pupil-matching-2023-Q3.ods", "pupil-matching-2023-Q3.html", "pupil-matching-2023-Q3.json"));
        for (String table : List.of(
                "home-office-monthly",
                "home-office-quarterly",
                "police-quarterly",
                "courts-quarterly",
                "other-government-quarterly",
                "outcomes-by-return-level",
                "period-totals",
                "by-purpose-quarterly",
                "by-gateway-quarterly",
                "requests",
                "agreements",
                "revisions",
                "classification-of-data")) {
            names.add(table + ".csv");
            names.add(table + ".csv-metadata.json");
        }
        assertThat(built.files().keySet()).containsExactlyElementsOf(names);
        assertThat(built.content().files()).extracting(PublishedFile::name).containsExactlyElementsOf(names);
        for (PublishedFile file : built.content().files()) {
            byte[] bytes = Objects.requireNonNull(built.files().get(file.name()));
            assertThat(file.digest().hex()).as(file.name()).isEqualTo(sha256(bytes));
            assertThat(file.size()).isEqualTo(bytes.length);
            assertThat(files.get(file.digest())).hasValue(bytes);
        }
        assertThat(built.content().profile()).isEqualTo(Profile.EXACT);
        assertThat(built.content().rules()).isEqualTo("edition/3");
        assertThat(built.changes()).isEmpty();
        assertThat(FrozenFigures.decode(files.get(built.content().figures()).orElseThrow()).months().keySet().stream()
                        .map(key -> key.period() + " " + key.organisation()))
                .containsExactly("2018-04 DWP", "2023-06 DWP", "2023-08 DWP", "2023-09 DWP");
    }

    @Test
    void aPositionAndTheCheckpointThatCoversItAreNamed() {
        schedule(Q3);
        Built built = builder().build(state(Q3), null);
        Content content = built.content();
        Sealed covering = log.covering(content.position()).orElseThrow();

        assertThat(content.position()).isEqualTo(ledger.entries().head());
        assertThat(content.checkpoint().size()).isEqualTo(covering.size()).isGreaterThan(content.position());
        assertThat(Base64.getDecoder().decode(content.checkpoint().rootHash()))
                .hasSize(32)
                .isEqualTo(covering.checkpoint().orElseThrow().root());
        assertThat(text(Objects.requireNonNull(built.files().get("pupil-matching-2023-Q3.html"))))
                .contains(
                        "entries 0 to " + content.position(),
                        content.checkpoint().rootHash(),
                        ">" + content.checkpoint().size() + "<",
                        "4 January 2024",
                        "edition/3");
    }

    @Test
    void theQuarterAndThoseBeforeItAreShownAsTheyWereAnswered() {
        schedule(Q3);
        Built built = builder().build(state(Q3), null);

        Map<String, Map<String, String>> rows = figures(built, FigureSheet.OTHER_GOVERNMENT_QUARTERLY);
        assertThat(rows.keySet()).containsExactly("2018-Q2 DWP", "2023-Q2 DWP", "2023-Q3 DWP");
        assertThat(rows.get("2023-Q3 DWP"))
                .containsEntry("requests_received", "5")
                .containsEntry("individuals_submitted", "9")
                .containsEntry("individuals_matched", "3")
                .containsEntry("individuals_unmatched", "6")
                .containsEntry("requests_led_to_data", "")
                .containsEntry("individuals_returned_school", "2")
                .containsEntry("individuals_returned_address_and_school", "1")
                .containsEntry(
                        "summary", "9 submitted, 3 matched, address and school returned for 1; school returned for 2")
                .containsEntry(
                        "status",
                        "[x] requests answered; [x] requests led to data; [x] level nothing; [x] level match indicator;"
                                + " [x] level record held; [x] level school; [x] level address; [x] level address and"
                                + " school");
        assertThat(rows.get("2023-Q2 DWP"))
                .containsEntry("individuals_matched", "")
                .containsEntry(
                        "status", "[x] individuals matched; [x] individuals ambiguous; [x] individuals unmatched");
        assertThat(rows(built, "home-office-monthly")).isEmpty();
        assertThat(rows(built, "revisions")).isEmpty();
        assertThat(marked(built)).isEmpty();
    }

    @Test
    void requestsAreListedOneByOneWithReferencesThatASourcePublished() {
        schedule(Q3);
        Built built = builder().build(state(Q3), null);

        assertThat(rows(built, "requests"))
                .extracting(row -> cell(row, "period") + " " + cell(row, "organisation") + " " + cell(row, "references")
                        + ": " + cell(row, "summary"))
                .containsExactly(
                        "2018-04 DWP : 185 submitted, 1 matched, Y-only returned",
                        "2023-06 DWP 2023-0020534: 12 submitted, matched not stated, record held and date last collected"
                                + " returned for 12",
                        "2023-08 DWP 2023-0027990: 1 submitted, 1 matched, address and school returned for 1",
                        "2023-08 DWP 2023-0028896; 2023-0028898; 2023-0028900: 7 submitted, 2 matched, school returned for 2",
                        "2023-09 DWP 2023-0033523: 1 submitted, 0 matched, nothing returned");
        assertThat(rows(built, "requests"))
                .extracting(row -> row.get("requests"))
                .containsExactly("1", "1", "1", "3", "1");
        assertThat(rows(built, "by-purpose-quarterly"))
                .extracting(row -> cell(row, "period") + " " + cell(row, "purpose") + " "
                        + cell(row, "requests_received") + " " + cell(row, "requests_led_to_data"))
                .containsExactly(
                        "2018-Q2 SCHOOL_REGISTRATION_CHECK 1 0",
                        "2023-Q2 SCHOOL_REGISTRATION_CHECK 1 1",
                        "2023-Q3 SCHOOL_REGISTRATION_CHECK 5 ");
    }

    @Test
    void whatIsLoadedLaterIsAddedAndNotCorrected() {
        publish(Q3);
        correctTheGroup(2, 3);
        RequestId later = recorded(DWP, "2020-01", 5);
        correct(later, Cause.UNIT_ERROR, new Change(Field.SUBMITTED_INDIVIDUALS, 5L, 6L));

        Built second = revise(Q3);

        assertThat(rows(second, "revisions"))
                .filteredOn(row -> "individuals_submitted".equals(row.get("figure"))
                        || "individuals_matched".equals(row.get("figure")))
                .extracting(row ->
                        cell(row, "period") + " " + cell(row, "kind") + " " + cell(row, "was") + ">" + cell(row, "now"))
                .containsExactly("2020-Q1 ADDED >6", "2023-Q3 CORRECTED 3>4");
    }

    @Test
    void whatIsAddedAndCorrectedInOneCellIsBoth() {
        publish(Q3);
        correctTheGroup(2, 3);
        answered(DWP, "2023-08", 9, 2, 2, 2, List.of(Item.SCHOOL));

        assertThat(kindsOf(revise(Q3), "individuals_matched")).containsExactly("2023-Q3 ADDED; CORRECTED 3>6");
    }

    @Test
    void whatIsDeclaredAfterwardsAndTakesANumberAwayIsCorrected() {
        publish(Q3);
        Declaration declared = new Declaration(
                new CoveredMonths(DWP, YearMonth.of(2023, 8), YearMonth.of(2023, 8)), Source.FOI_ANSWER, null);
        ledger.commands().send(new ProposeCoverage(declared, requests.occasion()), RECORDER);
        ledger.commands()
                .send(new ConfirmCoverage(Coverage.idOf(declared.months()), requests.occasion()), anotherApprover());
        ledger.awaitFolded();

        assertThat(kindsOf(revise(Q3), "requests_received"))
                .contains("2023-Q3 CORRECTED 5>")
                .noneMatch(row -> row.contains("ADDED"));
    }

    private static List<String> kindsOf(Built built, String figure) {
        return rows(built, "revisions").stream()
                .filter(row -> figure.equals(row.get("figure")))
                .map(row ->
                        cell(row, "period") + " " + cell(row, "kind") + " " + cell(row, "was") + ">" + cell(row, "now"))
                .toList();
    }

    @Test
    void nothingIsPublishedOfALedgerWithoutFigures() {
        EditionState scheduled =
                EditionState.after(null, new EditionEvent.Scheduled(TestEditions.quarter(Q3), DUE, Profile.EXACT), 0);
        try (TestLedger empty = new TestLedger(TestDatabase.migrated())) {
            EditionBuilder builder = empty.publications().builder();

            assertThatThrownBy(() -> builder.build(scheduled, null))
                    .isInstanceOf(NotYet.class)
                    .hasMessage("The ledger has no figures yet.");
        }
    }

    // Made again

    /** What must not touch what was released. */
    private void muchElse(int seed) {
        recorded(DWP, "2016-0" + seed, 77);
        recorded(HOME_OFFICE, "2023-08", 3 + seed);
        recorded(DWP, "2023-02", 5);
        annul(recorded(HOME_OFFICE, "2015-1" + seed, 9));
        schedule("2022-Q" + seed);
        agree("DS0000" + seed, "2019-01");
        OrganisationCode another = new OrganisationCode("BODY_" + seed);
        put(another, "A body " + seed, Category.COURT);
        recorded(another, "2023-07", 8);
        put(DWP, "Department for Work and Pensions", seed % 2 == 0 ? Category.OTHER_GOVERNMENT : Category.POLICE);
    }

    @Test
    void everyRevisionIsMadeAgainToTheByteWhateverHappenedSince() {
        annul(recorded(DWP, "2017-02", 4));
        schedule("2023-Q1");
        schedule("2018-Q4");
        recorded(DWP, "2023-01", 6);
        Built first = publish(Q3);
        assertSame(builder().rebuild(state(Q3), revision(Q3, 1)), first);

        correctTheGroup(2, 3);
        muchElse(1);
        assertSame(builder().rebuild(state(Q3), revision(Q3, 1)), first);
        preview("2023-Q1");
        release("2023-Q1");
        Built second = revise(Q3);
        assertSame(builder().rebuild(state(Q3), revision(Q3, 2)), second);

        correctTheGroup(3, 2);
        muchElse(2);
        publish("2023-Q4");
        revise("2023-Q1");
        assertSame(builder().rebuild(state(Q3), revision(Q3, 1)), first);
        assertSame(builder().rebuild(state(Q3), revision(Q3, 2)), second);
        assertThat(digests(second)).isNotEqualTo(digests(first));
        assertThat(rows(second, "agreements")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from published_file",
                "update published_file set bytes = '\\x00'",
                "update published_file set bytes = ''"
            })
    void aFileThatIsGoneOrDamagedIsMadeAgain(String damage) throws SQLException {
        Built first = publish(Q3);
        correctTheGroup(2, 3);
        Built second = revise(Q3);
        recorded(DWP, "2023-09", 40);

        try (Connection owner = database.owner().connect();
                Statement statement = owner.createStatement()) {
            statement.execute("alter table published_file disable trigger user");
            statement.execute(damage);
        }

        EditionState edition = state(Q3);
        List<Built> released = List.of(first, second);
        for (int i = 0; i < released.size(); i++) {
            Revision revision = edition.revisions().get(i);
            for (String name : List.of(
                    "pupil-matching-2023-Q3.ods",
                    "pupil-matching-2023-Q3.html",
                    "other-government-quarterly.csv",
                    "revisions.csv",
                    "agreements.csv-metadata.json")) {
                assertThat(builder().file(edition, revision, name))
                        .as(name)
                        .hasValue(released.get(i).files().get(name));
            }
        }
    }

    @Test
    void whatFitsNoDigestIsNotHandedOut() {
        publish(Q3);
        EditionState edition = state(Q3);
        Revision released = revision(Q3, 1);
        Content content = released.content();
        Revision other = new Revision(
                1,
                null,
                new Content(
                        content.position(),
                        content.checkpoint(),
                        content.rules(),
                        content.profile(),
                        content.figures(),
                        List.of(
                                new PublishedFile("revisions.csv", 1, new Sha256("a".repeat(64))),
                                new PublishedFile("another.csv", 1, new Sha256("b".repeat(64))))),
                released.sequence());

        assertThatThrownBy(() -> builder().file(edition, other, "revisions.csv"))
                .isInstanceOf(PublishedFiles.FileDamaged.class);
        assertThatThrownBy(() -> builder().file(edition, other, "another.csv"))
                .isInstanceOf(PublishedFiles.FileDamaged.class);
        assertThat(builder().file(edition, released, "another.csv")).isEmpty();
        assertThat(builder().file(edition, released, "revisions")).isEmpty();
    }

    @Test
    void theBytesDependOnNoLocaleAndNoTimeZone() {
        Built first = publish(Q3);
        correctTheGroup(2, 3);
        agree("DS00001", "2019-01");
        Built second = builder().build(state(Q3), GROUNDS);
        previewRevision(Q3, second);
        Revision previewed = Objects.requireNonNull(state(Q3).preview());
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            for (Locale other : List.of(Locale.of("tr", "TR"), Locale.GERMANY, Locale.forLanguageTag("ar-u-nu-arab"))) {
                Locale.setDefault(other);
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
                assertSame(builder().rebuild(state(Q3), revision(Q3, 1)), first);
                assertSame(builder().rebuild(state(Q3), previewed), second);
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    // Withheld

    @Test
    void nothingIsToldOfQuartersThatHaveAnEditionToCome() {
        recorded(DWP, "2017-02", 765_431);
        recorded(HOME_OFFICE, "2023-05", 876_543);
        recorded(DWP, "2023-05", 987_631);
        recorded(HOME_OFFICE, "2023-08", 12_347);
        recorded(DWP, "2023-10", 654_321);
        schedule("2017-Q1");
        schedule("2023-Q2");
        schedule("2023-Q4");
        schedule(Q3);

        Built built = preview(Q3);

        // 987,631 and 12 of June
        List<String> secrets = new ArrayList<>();
        for (int secret : List.of(765_431, 876_543, 987_631, 987_643, 654_321, 654_323)) {
            secrets.add(Integer.toString(secret));
            secrets.add(String.format(Locale.UK, "%,d", secret));
        }
        built.files().forEach((name, bytes) -> assertThat(text(bytes)).as(name).doesNotContain(secrets));
        String frozen = text(files.get(built.content().figures()).orElseThrow());
        assertThat(frozen).doesNotContain(secrets).contains("12347");
        assertThat(text(Objects.requireNonNull(built.files().get("home-office-monthly.csv"))))
                .contains("12347");
        for (FigureSheet sheet : FigureSheet.values()) {
            assertThat(rows(built, sheet.table()).stream()
                            .map(row -> Period.parse(cell(row, "period"))
                                    .orElseThrow()
                                    .from()))
                    .as(sheet.table())
                    .allMatch(month -> month.isBefore(YearMonth.of(2023, 4)) || month.isAfter(YearMonth.of(2023, 6)))
                    .allMatch(month -> month.isAfter(YearMonth.of(2017, 3)) && month.isBefore(YearMonth.of(2023, 10)));
        }
        assertThat(text(Objects.requireNonNull(built.files().get("pupil-matching-2023-Q3.html"))))
                .as("also where nothing before it is shown")
                .contains("not released: Jan to Mar 2017, Apr to Jun 2023.");

        preview("2023-Q2");
        release("2023-Q2");
        Built later = builder().build(state(Q3), null);
        assertThat(figures(later, FigureSheet.OTHER_GOVERNMENT_QUARTERLY).get("2023-Q2 DWP"))
                .containsEntry("individuals_submitted", "987643");
        assertThat(text(Objects.requireNonNull(later.files().get("home-office-monthly.csv"))))
                .contains("876543")
                .doesNotContain("765431");
    }

    // Revised

    @Test
    void aRevisionListsAndMarksTheCellsThatChangedAndNoOthers() {
        Built first = publish(Q3);
        correctTheGroup(2, 3);

        Built second = revise(Q3);

        assertThat(compared(first, second))
                .containsExactly(
                        "other-government-quarterly individuals_matched 2023-Q3 DWP 3>4",
                        "other-government-quarterly individuals_unmatched 2023-Q3 DWP 6>5");
        assertThat(revisions(second, "2023-Q3 revision 2")).isEqualTo(compared(first, second));
        assertThat(rows(second, "revisions"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("first_published_in", "2023-Q3 revision 1")
                        .containsEntry("corrected_in", "2023-Q3 revision 2")
                        .containsEntry("cause", "recount")
                        .containsEntry("period_label", "Jul to Sep 2023")
                        .containsEntry("status", ""));
        assertThat(marked(second))
                .containsExactly(
                        "other-government-quarterly 2023-Q3 DWP individuals matched",
                        "other-government-quarterly 2023-Q3 DWP individuals unmatched");
        assertThat(second.changes()).extracting(RevisedFigure::revision).containsExactly(2, 2);
        assertThat(text(Objects.requireNonNull(second.files().get("pupil-matching-2023-Q3.html"))))
                .contains("unscheduled correction", "recount", "head of profession for statistics", "11 January 2024");
    }

    @Test
    void aFirstReleaseListsWhatItShowsOtherwiseThanEarlierEditions() {
        publish(Q3);
        correctTheGroup(2, 3);
        recorded(DWP, "2023-11", 5);

        Built next = publish("2023-Q4");

        assertThat(rows(next, "revisions"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("period", "2023-Q3")
                        .containsEntry("first_published_in", "2023-Q3 revision 1")
                        .containsEntry("corrected_in", "2023-Q4 revision 1")
                        .containsEntry("cause", "recount"));
        assertThat(marked(next))
                .containsExactly(
                        "other-government-quarterly 2023-Q3 DWP individuals matched",
                        "other-government-quarterly 2023-Q3 DWP individuals unmatched");
        assertSame(builder().rebuild(state("2023-Q4"), revision("2023-Q4", 1)), next);
    }

    @Test
    void anAgreementThatReadsOtherwiseIsMarked() {
        agree("DS00114", "2020-01");
        publish(Q3);
        agree("DS00115", "2021-01");
        correctTheGroup(2, 3);

        Built second = revise(Q3);

        assertThat(rows(second, "agreements").get(0).get("status")).doesNotContain("[r]");
        assertThat(rows(second, "agreements").get(1).get("status")).contains("[r] reference", "[r] standing");
        assertThat(rows(second, "revisions")).as("figures only").hasSize(2);
        assertSame(builder().rebuild(state(Q3), revision(Q3, 2)), second);
    }

    @Test
    void whatTheRevisionsTableSaysIsWhatTheFilesShowOtherwise() {
        publish("2023-Q2");
        Built first = publish(Q3);
        correct(june, Cause.TRANSCRIPTION, new Change(Field.MATCHED, null, 12L), new Change(Field.AMBIGUOUS, null, 0L));
        correctTheGroup(2, 3);
        recorded(HOME_OFFICE, "2023-07", 33);
        recorded(DWP, "2020-01", 5);
        recorded(DWP, "2023-12", 5);
        annul(answered(DWP, "2023-08", 9, 1, 1, 1, List.of(Item.SCHOOL)));

        Built second = revise(Q3);

        assertThat(compared(first, second))
                .contains(
                        "other-government-quarterly individuals_matched 2023-Q2 DWP >12",
                        "other-government-quarterly individuals_matched 2023-Q3 DWP 3>4",
                        "home-office-monthly individuals_submitted 2023-07 HOME_OFFICE >33",
                        "home-office-quarterly requests_received 2023-Q3 HOME_OFFICE >1",
                        "other-government-quarterly individuals_submitted 2020-Q1 DWP >5");
        assertThat(revisions(second, "2023-Q3 revision 2")).isEqualTo(compared(first, second));
        assertThat(rows(second, "revisions")).hasSameSizeAs(second.changes());
        assertThat(marked(second)).isEqualTo(revised(second));
        assertThat(causes(second, "2023-Q2")).containsExactly("transcription error / 2023-Q2 revision 1 / [x] was");
        assertThat(causes(second, "2023-07")).containsExactly("recorded later / 2023-Q3 revision 1 / [x] was");
        assertThat(causes(second, "2020-Q1")).containsExactly("recorded later / 2023-Q2 revision 1 / [x] was");
        assertThat(builder().rebuild(state(Q3), revision(Q3, 2)).content()).isEqualTo(second.content());
    }

    private static Set<String> causes(Built built, String period) {
        Set<String> causes = new TreeSet<>();
        rows(built, "revisions").stream()
                .filter(row -> period.equals(row.get("period")))
                .forEach(row -> causes.add(
                        row.get("cause") + " / " + row.get("first_published_in") + " / " + row.get("status")));
        return causes;
    }

    @Test
    void aThirdRevisionKeepsTheRowsOfTheSecond() {
        Built first = publish(Q3);
        correctTheGroup(2, 3);
        Built second = revise(Q3);
        correctTheGroup(3, 2);
        correct(june, Cause.UNIT_ERROR, new Change(Field.SUBMITTED_INDIVIDUALS, 12L, 13L));

        Built third = revise(Q3);

        assertThat(revisions(third, "2023-Q3 revision 2")).isEqualTo(compared(first, second));
        assertThat(revisions(third, "2023-Q3 revision 3"))
                .isEqualTo(compared(second, third))
                .contains(
                        "other-government-quarterly individuals_matched 2023-Q3 DWP 4>3",
                        "other-government-quarterly individuals_submitted 2023-Q2 DWP 12>13");
        assertThat(rows(third, "revisions").subList(0, 2)).isEqualTo(rows(second, "revisions"));
        assertThat(marked(third)).isEqualTo(revised(third)).containsAll(marked(second));
        assertThat(third.changes()).extracting(RevisedFigure::revision).containsOnly(3);
        assertSame(builder().rebuild(state(Q3), revision(Q3, 2)), second);
        assertSame(builder().rebuild(state(Q3), revision(Q3, 3)), third);
    }

    @Test
    void anOrganisationOfAnotherCategoryTakesItsFiguresAlong() {
        Built first = publish(Q3);
        put(DWP, "Department for Work and Pensions", Category.POLICE);

        Built second = revise(Q3);

        assertThat(compared(first, second))
                .contains(
                        "other-government-quarterly individuals_submitted 2023-Q3 DWP 9>",
                        "police-quarterly individuals_submitted 2023-Q3 DWP >9");
        assertThat(revisions(second, "2023-Q3 revision 2")).isEqualTo(compared(first, second));
        assertThat(causes(second, "2023-Q3"))
                .containsExactly(
                        "organisation put in another category / 2023-Q3 revision 1 / [x] now",
                        "organisation put in another category / 2023-Q3 revision 1 / [x] was");
    }

    @Test
    void aRevisionNeedsAFigureOrAnAgreementThatChanged() {
        publish(Q3);
        Built nothing = builder().build(state(Q3), GROUNDS);
        recorded(DWP, "2023-12", 5);
        Built nothingOfThis = builder().build(state(Q3), GROUNDS);
        agree("DS00001", "2019-01");
        Built agreement = builder().build(state(Q3), GROUNDS);

        for (Built same : Arrays.asList(nothing, nothingOfThis)) {
            assertThat(same.changes()).isEmpty();
            assertThatThrownBy(() -> previewRevision(Q3, same)).isInstanceOf(Refused.RuleBroken.class);
        }
        assertThat(agreement.changes()).isEmpty();
        previewRevision(Q3, agreement);
        release(Q3);
        assertThat(state(Q3).revisions()).hasSize(2);
        assertThat(rows(agreement, "agreements"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("reference", "DS00001"));
    }
}
