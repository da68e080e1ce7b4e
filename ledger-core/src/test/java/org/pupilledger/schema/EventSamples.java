package org.pupilledger.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AccessRoute;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.agreement.Approval;
import org.pupilledger.agreement.ApprovalPanel;
import org.pupilledger.agreement.Details;
import org.pupilledger.agreement.EndEvidence;
import org.pupilledger.agreement.Ending;
import org.pupilledger.agreement.Licence;
import org.pupilledger.agreement.Notice;
import org.pupilledger.agreement.Party;
import org.pupilledger.agreement.PartyRole;
import org.pupilledger.agreement.PublicText;
import org.pupilledger.agreement.Resumption;
import org.pupilledger.agreement.Route;
import org.pupilledger.agreement.RouteReason;
import org.pupilledger.agreement.Suspension;
import org.pupilledger.agreement.SuspensionReason;
import org.pupilledger.agreement.Terms;
import org.pupilledger.agreement.VersionNumber;
import org.pupilledger.agreement.VersionStatus;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.NilReason;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.Source;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.coverage.CoveredMonths;
import org.pupilledger.coverage.Declaration;
import org.pupilledger.digest.Sha256;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.period.Period;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.publication.RescheduleReason;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.request.AgreementOverride;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.Figures;
import org.pupilledger.request.Figures.DisclosureFigures;
import org.pupilledger.request.Figures.MatchFigures;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.request.Stage;
import org.pupilledger.schema.EventTypes.EventType;
import org.pupilledger.spans.Count;
import org.pupilledger.spans.Counts;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.spans.SpanHeader;
import org.pupilledger.statement.Amount;
import org.pupilledger.statement.Backing;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.statement.Subject;
import org.pupilledger.statement.Telling;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.Requests;
import org.pupilledger.values.SourceReference;
import org.pupilledger.values.Submitted;
import org.pupilledger.values.Why;

/** One event of each type, and the bytes that it has been written as ever since. */
final class EventSamples {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "events");

    private static final OrganisationCode DWP = new OrganisationCode("DWP");
    private static final OrganisationCode HOME_OFFICE = new OrganisationCode("HOME_OFFICE");
    private static final OrganisationCode POLICE = new OrganisationCode("POLICE");
    private static final OrganisationCode FAMILY_COURT = new OrganisationCode("FAMILY_COURT");

    private static final Ask ASK = new Ask(
            List.of(new Reference("2023-0028896"), new Reference("2023-0028898"), new Reference("2023-0028900")),
            DWP,
            new OrganisationCode("DWP_FRAUD"),
            date("2023-08"),
            List.of(Purpose.SCHOOL_REGISTRATION_CHECK, Purpose.BENEFIT_FRAUD),
            Gateway.DWP_FUNC,
            LawfulBasis.PUBLIC_TASK,
            null,
            FAMILY_COURT,
            new Submitted(
                    Individuals.of(7),
                    List.of(Item.NAME, Item.DATE_OF_BIRTH),
                    Individuals.of(9),
                    Individuals.of(1),
                    Individuals.of(1)),
            List.of(Item.SCHOOL, Item.DATE_LAST_COLLECTED),
            new Historic(
                    Source.FOI_ANSWER,
                    new SourceReference("pupil_data_dwp_pupil_matching_re"),
                    date("2024-02-05"),
                    Outcome.OPEN));
    private static final RequestHeader HEADER = ASK.header();
    private static final RequestHeader HEADER_OF_VERSION_1 =
            new RequestHeader(DWP, date("2023-08").month(), new Requests(3));

    private static final AgreementReference AGREEMENT = new AgreementReference("DS00114");

    private static final Quarter QUARTER = new Quarter(2023, 3);
    private static final Content CONTENT = new Content(
            34,
            new Content.TreeHead(35, "BW5SmISwxpaV8NTbi2Lpkk2ry3gQ0RnVmnjVjsrqzog="),
            "edition/1",
            Profile.EXACT,
            new Sha256("996a30b492577227ad184680d46bf4e56b0c8fc9b50fca069ffe6891ee6d5b9c"),
            List.of(
                    new PublishedFile(
                            "pupil-matching-2023-Q3.ods",
                            167_090,
                            new Sha256("4c31160554684d0f9d2f598eed4e1d2e889cf3bd7bf04c48854f5b7171d15247")),
                    new PublishedFile(
                            "home-office-monthly.csv",
                            409,
                            new Sha256("6e6af97af15e9bc05c7032d21f2f81da7658b92cc7f6c54712dfcaf622ab00c8"))));
    private static final Grounds GROUNDS = new Grounds(
            RevisionKind.UNSCHEDULED_CORRECTION, Cause.RECOUNT, Decider.HEAD_OF_PROFESSION, LocalDate.of(2024, 1, 11));

    private static final SpanHeader SPAN =
            new SpanHeader(HOME_OFFICE, Period.range(YearMonth.of(2015, 7), YearMonth.of(2016, 9)));

    private EventSamples() {}

    static List<Object> all() {
        return List.of(
                new LedgerEvent.Opened(LocalDate.of(2024, 1, 1)),
                new LedgerEvent.KeyIntroduced(
                        "ledger.example/pupil-matching+78b8ec94+AT1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM"),
                new LedgerEvent.KeyRetired(
                        "ledger.example/pupil-matching+a6af3f38+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"),
                new OrganisationEvent.Registered(
                        FAMILY_COURT,
                        new OrganisationProfile("Family Court", Category.COURT, new OrganisationCode("MOJ"))),
                new OrganisationEvent.Changed(
                        POLICE,
                        new OrganisationProfile("Police", Category.OTHER, HOME_OFFICE),
                        new OrganisationProfile("Heddlu t\u0177 \u201cPolice\u201d", Category.POLICE, HOME_OFFICE)),
                new OrganisationEvent.ChangeProposed(
                        POLICE,
                        new OrganisationProfile("Police forces", Category.POLICE, null),
                        new OrganisationProfile("Police forces", Category.OTHER, HOME_OFFICE)),
                new EditionEvent.Scheduled(QUARTER, LocalDate.of(2023, 12, 7), Profile.EXACT),
                new EditionEvent.Rescheduled(
                        QUARTER,
                        LocalDate.of(2023, 12, 7),
                        LocalDate.of(2023, 12, 14),
                        RescheduleReason.QUALITY_ASSURANCE),
                new EditionEvent.Previewed(QUARTER, CONTENT),
                new EditionEvent.Released(QUARTER, CONTENT),
                new EditionEvent.RevisionPreviewed(QUARTER, 2, GROUNDS, CONTENT),
                new EditionEvent.Revised(QUARTER, 2, GROUNDS, CONTENT),
                new AgreementEvent.Registered(
                        AGREEMENT,
                        AgreementLevel.PROCESS,
                        new AgreementReference("R0039"),
                        terms("1.0", new Route(AccessRoute.SECURE_RESEARCH_SERVICE, RouteReason.OTHER), 1_500)),
                new AgreementEvent.Amended(
                        AGREEMENT,
                        terms("2.1", new Route(AccessRoute.DIRECT_TRANSFER, RouteReason.OPERATIONAL_MATCHING), 2_000)),
                new AgreementEvent.Suspended(
                        AGREEMENT,
                        new Suspension(
                                date("2018-04"), SuspensionReason.POLICY_CHANGE, new SourceReference("PQ-135467"))),
                new AgreementEvent.Resumed(
                        AGREEMENT, new Resumption(date("2019-01-07"), new SourceReference("DSAP-2019-0003"))),
                new AgreementEvent.Ended(
                        AGREEMENT,
                        new Ending(
                                date("2023-03-31"),
                                List.of(EndEvidence.DESTRUCTION_CONFIRMED, EndEvidence.SECURE_ENVIRONMENT_DEACTIVATED),
                                new SourceReference("DSAP-2023-0014"))),
                new AgreementEvent.Listed(
                        AGREEMENT, new Notice(date("2023-09"), new SourceReference("external-data-shares-2023-09"))),
                new AgreementEvent.Unlisted(
                        AGREEMENT, new Notice(date("2023-12-07"), new SourceReference("external-data-shares-2023-12"))),
                new AgreementEvent.Corrected(
                        AGREEMENT,
                        null,
                        null,
                        new AgreementEvent.Change<>(
                                new Ending(date("2023-03-31"), List.of(EndEvidence.NOT_STATED), null),
                                new Ending(date("2023-04"), List.of(EndEvidence.NO_DATA_SHARED), null)),
                        Cause.TRANSCRIPTION,
                        new SourceReference("DSAP-2023-0014")),
                new AgreementEvent.Annulled(AGREEMENT, Cause.TRANSCRIPTION, new SourceReference("DSAP-2023-0014")),
                new RequestEvent.Received(ASK),
                new RequestEvent.ReferenceAdded(HEADER, new Reference("2023-0028902")),
                new RequestEvent.ReferenceRefused(
                        HEADER,
                        Outcome.OPEN,
                        new RefusedReference(
                                new Reference("2023-0028900"), date("2023-08-16"), RefusalReason.AUTHORITY_MISSING)),
                new RequestEvent.OverrideRecorded(
                        HEADER,
                        new AgreementOverride(
                                Decider.SENIOR_INFORMATION_RISK_OWNER, new SourceReference("DSAP-2024-0117"))),
                new RequestEvent.Decided(
                        HEADER,
                        Outcome.OPEN,
                        new Stage.Decision(
                                Outcome.APPROVED,
                                date("2023-08-15"),
                                null,
                                new Stage.CourtOrder(FAMILY_COURT, date("2023-08-10")))),
                new RequestEvent.Withdrawn(HEADER, Outcome.OPEN, new Stage.Withdrawal(date("2023-09"))),
                new RequestEvent.Matched(
                        HEADER,
                        Outcome.APPROVED,
                        Individuals.of(7),
                        new Stage.Match(date("2023-08-21"), Individuals.of(2), Individuals.of(1), Individuals.of(4))),
                new RequestEvent.Disclosed(
                        HEADER,
                        new Stage.Disclosure(
                                date("2023-08-22"),
                                Individuals.of(2),
                                Individuals.of(2),
                                List.of(Item.SCHOOL, Item.DATE_LAST_COLLECTED),
                                List.of(new Stage.Return(
                                        Individuals.of(2), List.of(Item.SCHOOL, Item.DATE_LAST_COLLECTED))),
                                List.of(
                                        answer("2023-0028896", 2, List.of(Item.SCHOOL, Item.DATE_LAST_COLLECTED)),
                                        answer("2023-0028898", 0, List.of()),
                                        answer("2023-0028900", 0, List.of())),
                                NilReason.NO_MATCH)),
                new RequestEvent.DisclosedFurther(
                        HEADER,
                        new DisclosureFigures(Individuals.of(1), Individuals.of(1), List.of(Item.SCHOOL)),
                        new DisclosureFigures(
                                Individuals.of(2),
                                Individuals.of(2),
                                List.of(Item.SCHOOL, Item.ADDRESS),
                                List.of(
                                        new Stage.Return(Individuals.of(1), List.of(Item.SCHOOL)),
                                        new Stage.Return(Individuals.of(1), List.of(Item.ADDRESS))),
                                List.of(answer("2023-0028896", 2, List.of(Item.SCHOOL, Item.ADDRESS)))),
                        new Stage.Disclosure(
                                date("2023-08-29"),
                                Individuals.of(1),
                                Individuals.of(1),
                                List.of(Item.ADDRESS),
                                List.of(new Stage.Return(Individuals.of(1), List.of(Item.ADDRESS))),
                                List.of(answer("2023-0028896", 1, List.of(Item.ADDRESS))),
                                NilReason.NOT_HELD)),
                new RequestEvent.Destroyed(
                        HEADER, new Stage.Destruction(date("2023-09-01"), DestructionMethod.SECURE_ERASE)),
                new RequestEvent.Closed(HEADER, new Stage.Closure(date("2023-09-04"))),
                new RequestEvent.Corrected(
                        figures(2_462, 520),
                        figures(2_461, 531),
                        List.of(
                                new Change(Field.SUBMITTED_INDIVIDUALS, 2_462L, 2_461L),
                                new Change(Field.MATCHED, 520L, 531L),
                                new Change(Field.REQUESTED_ITEMS, null, List.of("ADDRESS", "SCHOOL"))),
                        Cause.RECOUNT,
                        new SourceReference("HCWS272")),
                new RequestEvent.Annulled(figures(2_461, 531), Cause.TRANSCRIPTION, new SourceReference("DFE-2024-17")),
                new CoverageEvent.Proposed(declaration(YearMonth.of(2018, 6))),
                new CoverageEvent.Declared(declaration(null)),
                new CoverageEvent.WithdrawalProposed(
                        declaration(YearMonth.of(2018, 6)), Cause.LATE_INFORMATION, new SourceReference("PQ-135467")),
                new CoverageEvent.Withdrawn(
                        declaration(YearMonth.of(2018, 6)), Cause.LATE_INFORMATION, new SourceReference("PQ-135467")),
                new CoverageEvent.ProposalDropped(declaration(YearMonth.of(2018, 6))),
                new PeriodTotalEvent.Recorded(
                        SPAN,
                        counts(2_462, 520, 1_942),
                        new Historic(Source.PARLIAMENT, new SourceReference("PQ52645"), date("2016-10-27"))),
                new PeriodTotalEvent.Corrected(
                        SPAN,
                        counts(2_462, 520, 1_942),
                        counts(2_461, 531, 1_930),
                        Cause.RECOUNT,
                        new SourceReference("HCWS272")),
                new PeriodTotalEvent.Annulled(
                        SPAN, counts(2_461, 531, 1_930), Cause.TRANSCRIPTION, new SourceReference("DFE-2024-17")),
                new StatementEvent.Made(
                        new Telling(date("2016-10-27"), Channel.PARLIAMENT, new SourceReference("PQ48634")),
                        new OrganisationCode("MOJ"),
                        new Figure(
                                PublishedMeasure.OTHER,
                                new Subject("MEMORANDA_DRAFTED"),
                                HOME_OFFICE,
                                Period.range(YearMonth.of(2015, 7), YearMonth.of(2016, 9)),
                                LocalDate.of(2016, 9, 27)),
                        Amount.about(500),
                        new Backing.NamedSource(Source.PARLIAMENT, new SourceReference("PQ48634"))),
                new StatementEvent.Corrected(
                        Amount.between(500, 550L),
                        Amount.exactly(531),
                        new Telling(date("2017-11-27"), Channel.PARLIAMENT, new SourceReference("HCWS272")),
                        Cause.RECOUNT),
                new StatementEvent.RecipientsTold(new Telling(date("2017-12"), Channel.OTHER, null), 531),
                new StatementEvent.Annulled(Cause.TRANSCRIPTION, new SourceReference("DFE-2024-17")));
    }

    /** What the golden samples of version 1 say, of each type that has another form now. */
    static List<Object> ofVersion1() {
        return List.of(
                new AgreementEvent.Registered(
                        AGREEMENT,
                        AgreementLevel.PROCESS,
                        new AgreementReference("R0039"),
                        beforeDetails(terms(
                                "1.0", new Route(AccessRoute.SECURE_RESEARCH_SERVICE, RouteReason.OTHER), 1_500))),
                new AgreementEvent.Amended(
                        AGREEMENT,
                        beforeDetails(terms(
                                "2.1",
                                new Route(AccessRoute.DIRECT_TRANSFER, RouteReason.OPERATIONAL_MATCHING),
                                2_000))),
                new RequestEvent.Received(
                        new Ask(
                                ASK.references(),
                                DWP,
                                date("2023-08"),
                                Purpose.SCHOOL_REGISTRATION_CHECK,
                                Gateway.DWP_FUNC,
                                LawfulBasis.PUBLIC_TASK,
                                null,
                                ASK.submitted(),
                                ASK.requestedItems(),
                                ASK.historic()),
                        Why.UNTOLD),
                new RequestEvent.OverrideRecorded(
                        HEADER_OF_VERSION_1,
                        new AgreementOverride(
                                Decider.SENIOR_INFORMATION_RISK_OWNER, new SourceReference("DSAP-2024-0117"))),
                new RequestEvent.Withdrawn(HEADER_OF_VERSION_1, Outcome.OPEN, new Stage.Withdrawal(date("2023-09"))),
                new RequestEvent.Destroyed(
                        HEADER_OF_VERSION_1, new Stage.Destruction(date("2023-09-01"), DestructionMethod.SECURE_ERASE)),
                new RequestEvent.Closed(HEADER_OF_VERSION_1, new Stage.Closure(date("2023-09-04"))),
                new RequestEvent.Decided(
                        HEADER_OF_VERSION_1,
                        Outcome.OPEN,
                        new Stage.Decision(
                                Outcome.APPROVED,
                                date("2023-08-15"),
                                null,
                                new Stage.CourtOrder(FAMILY_COURT, date("2023-08-10")))),
                new RequestEvent.Matched(
                        HEADER_OF_VERSION_1,
                        Outcome.APPROVED,
                        Individuals.of(7),
                        new Stage.Match(date("2023-08-21"), Individuals.of(2), Individuals.of(1))),
                new RequestEvent.Disclosed(
                        HEADER_OF_VERSION_1,
                        new Stage.Disclosure(
                                date("2023-08-22"),
                                Individuals.of(2),
                                Individuals.of(2),
                                List.of(Item.SCHOOL, Item.DATE_LAST_COLLECTED))),
                new RequestEvent.Corrected(
                        figuresOfVersion1(2_462, 520),
                        figuresOfVersion1(2_461, 531),
                        List.of(
                                new Change(Field.SUBMITTED_INDIVIDUALS, 2_462L, 2_461L),
                                new Change(Field.MATCHED, 520L, 531L),
                                new Change(Field.REQUESTED_ITEMS, null, List.of("ADDRESS", "SCHOOL"))),
                        Cause.RECOUNT,
                        new SourceReference("HCWS272")),
                new RequestEvent.Annulled(
                        figuresOfVersion1(2_461, 531), Cause.TRANSCRIPTION, new SourceReference("DFE-2024-17")),
                new StatementEvent.Made(
                        new Telling(date("2016-10-27"), Channel.PARLIAMENT, new SourceReference("PQ48634")),
                        new OrganisationCode("MOJ"),
                        new Figure(
                                PublishedMeasure.INDIVIDUALS_MATCHED,
                                HOME_OFFICE,
                                Period.range(YearMonth.of(2015, 7), YearMonth.of(2016, 9))),
                        520,
                        new Backing.NamedSource(Source.PARLIAMENT, new SourceReference("PQ48634"))),
                new StatementEvent.Corrected(
                        520,
                        531,
                        new Telling(date("2017-11-27"), Channel.PARLIAMENT, new SourceReference("HCWS272")),
                        Cause.RECOUNT),
                new StatementEvent.RecipientsTold(new Telling(date("2017-12"), Channel.OTHER, null), 531));
    }

    /** The type of an event that is known to have one. */
    static EventType<?> typeOf(Object event) {
        return Objects.requireNonNull(EventTypes.current().typeOf(event.getClass()));
    }

    /** The bytes of every golden sample by the name of its file. */
    static Map<String, byte[]> golden() {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), EventSamples::bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The golden sample of a type; nothing where it has none. */
    static byte @Nullable [] goldenOf(String name, int version) {
        Path file = GOLDEN.resolve(fileName(name, version));
        return Files.exists(file) ? bytes(file) : null;
    }

    static String fileName(String name, int version) {
        return name + ".v" + version + ".json";
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Terms terms(String number, Route route, int ceiling) {
        return new Terms(
                new VersionNumber(number),
                date("2016-10"),
                List.of(new Party(DWP, PartyRole.FUNDER), new Party(HOME_OFFICE, PartyRole.PARTY)),
                LawfulBasis.PUBLIC_TASK,
                Gateway.DPA18_S2P4,
                route,
                new Details(
                        new SourceReference("DPIA-2016-31"),
                        VersionStatus.IN_FORCE,
                        date("2016-09-21"),
                        date("2026-09"),
                        date("2020-09"),
                        new PublicText("Matching of school records"),
                        new PublicText("To find children who are missing from education."),
                        new Licence(date("2026-09-30"), new PublicText("Rolling, reviewed every year")),
                        new Approval(ApprovalPanel.DSAP, date("2016-07")),
                        new SourceReference("external-data-shares-2024-09")),
                List.of(Item.NAME, Item.DATE_OF_BIRTH),
                List.of(Item.SCHOOL, Item.ADDRESS),
                ceiling);
    }

    private static Declaration declaration(@Nullable YearMonth to) {
        return new Declaration(
                new CoveredMonths(DWP, YearMonth.of(2018, 4), to),
                Source.FOI_ANSWER,
                new SourceReference("pupil_data_dwp_pupil_matching_re"));
    }

    /** Before it was told what a register says of a version, there was only the impact assessment. */
    private static Terms beforeDetails(Terms terms) {
        return new Terms(
                terms.number(),
                terms.from(),
                terms.parties(),
                terms.lawfulBasis(),
                terms.gateway(),
                terms.route(),
                Details.of(terms.details().dpia()),
                terms.itemsIn(),
                terms.itemsOut(),
                terms.monthlyCeiling());
    }

    private static Figures figures(int submitted, int matched) {
        RequestHeader header = new RequestHeader(
                HOME_OFFICE,
                date("2016-09").month(),
                new Requests(25),
                new Why(Purpose.IMMIGRATION_ENFORCEMENT.code(), Gateway.EA96_537A.code(), Why.NOT_STATED));
        return new Figures(
                header,
                Outcome.APPROVED,
                Individuals.of(submitted),
                new MatchFigures(Individuals.of(matched), Individuals.of(0), Individuals.of(submitted - matched)),
                new DisclosureFigures(
                        Individuals.of(520),
                        Individuals.of(520),
                        List.of(Item.ADDRESS, Item.SCHOOL),
                        List.of(new Stage.Return(Individuals.of(520), List.of(Item.ADDRESS, Item.SCHOOL))),
                        List.of(answer("2023-0028896", 520, List.of(Item.ADDRESS, Item.SCHOOL)))),
                2);
    }

    private static Figures figuresOfVersion1(int submitted, int matched) {
        return new Figures(
                new RequestHeader(HOME_OFFICE, date("2016-09").month(), new Requests(25)),
                Outcome.APPROVED,
                Individuals.of(submitted),
                new MatchFigures(Individuals.of(matched), Individuals.of(0)),
                new DisclosureFigures(Individuals.of(520), Individuals.of(520), List.of(Item.ADDRESS, Item.SCHOOL)));
    }

    private static Stage.OfReference answer(String reference, int people, List<Item> items) {
        return new Stage.OfReference(new Reference(reference), Individuals.of(people), Individuals.of(people), items);
    }

    private static Counts counts(int submitted, int matched, int unmatched) {
        return new Counts(Map.of(
                Count.RECEIVED,
                25,
                Count.WITHDRAWN,
                2,
                Count.SUBMITTED,
                submitted,
                Count.MATCHED,
                matched,
                Count.UNMATCHED,
                unmatched));
    }

    private static BusinessDate date(String text) {
        return BusinessDate.parse(text).orElseThrow();
    }
}
