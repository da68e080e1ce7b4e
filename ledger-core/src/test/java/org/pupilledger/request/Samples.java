package org.pupilledger.request;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AccessRoute;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.agreement.AgreementPermission;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.agreement.Details;
import org.pupilledger.agreement.Party;
import org.pupilledger.agreement.PartyRole;
import org.pupilledger.agreement.Resumption;
import org.pupilledger.agreement.Route;
import org.pupilledger.agreement.Suspension;
import org.pupilledger.agreement.Terms;
import org.pupilledger.agreement.VersionNumber;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.request.RequestCommand.AnnulRequest;
import org.pupilledger.request.RequestCommand.CorrectRequest;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestCommand.RecordStage;
import org.pupilledger.request.Stage.Closure;
import org.pupilledger.request.Stage.Decision;
import org.pupilledger.request.Stage.Destruction;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.request.Stage.Match;
import org.pupilledger.request.Stage.Withdrawal;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Component;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RequestId;
import org.pupilledger.values.SourceReference;
import org.pupilledger.values.Submitted;

/** A live request and a historic one that break no rule, from which a test changes only what it is about. */
final class Samples {
    static final LocalDate INCEPTION = LocalDate.of(2024, 1, 1);
    static final LocalDate TODAY = LocalDate.of(2024, 6, 28);
    static final RequestId ID = new RequestId(UUID.fromString("3f2504e0-4f89-41d3-9a0c-0305e82c3301"));

    static final OrganisationCode DWP = new OrganisationCode("DWP");
    static final OrganisationCode HOME_OFFICE = new OrganisationCode("HOME_OFFICE");
    static final OrganisationCode FAMILY_COURT = new OrganisationCode("FAMILY_COURT");
    static final OrganisationCode CROWN_COURT = new OrganisationCode("CROWN_COURT");

    private static final Map<OrganisationCode, OrganisationProfile> ORGANISATIONS = Map.of(
            DWP, new OrganisationProfile("Department for Work and Pensions", Category.OTHER_GOVERNMENT, null),
            HOME_OFFICE, new OrganisationProfile("Home Office", Category.HOME_OFFICE, null),
            FAMILY_COURT, new OrganisationProfile("Family Court", Category.COURT, null),
            CROWN_COURT, new OrganisationProfile("Crown Court", Category.COURT, null));

    /** In force from the first day of the ledger on; of the Home Office. */
    static final AgreementReference IN_FORCE = new AgreementReference("DS00701");

    /** Between the Home Office and the department, and suspended from 1 March to the end of that month. */
    static final AgreementReference SUSPENDED = new AgreementReference("DS00702");

    /** Of a part of the department for work, to which no request here belongs. */
    static final AgreementReference OF_OTHERS = new AgreementReference("DS00703");

    private static final Map<AgreementReference, Agreements.Permission> AGREEMENTS = Map.of(
            IN_FORCE,
            new AgreementPermission(agreement(IN_FORCE, HOME_OFFICE), null),
            SUSPENDED,
            new AgreementPermission(
                    AgreementState.after(
                            AgreementState.after(
                                    agreement(SUSPENDED, HOME_OFFICE),
                                    new AgreementEvent.Suspended(
                                            SUSPENDED, new Suspension(date("2024-03-01"), null, null)),
                                    1),
                            new AgreementEvent.Resumed(SUSPENDED, new Resumption(date("2024-04-01"), null)),
                            2),
                    null),
            OF_OTHERS,
            new AgreementPermission(agreement(OF_OTHERS, DWP), null));

    private static AgreementState agreement(AgreementReference reference, OrganisationCode party) {
        return AgreementState.after(
                null,
                new AgreementEvent.Registered(
                        reference,
                        AgreementLevel.PROCESS,
                        null,
                        new Terms(
                                new VersionNumber("1.0"),
                                date("2024-01"),
                                List.of(new Party(party, PartyRole.PARTY)),
                                LawfulBasis.PUBLIC_TASK,
                                Gateway.EA96_537A,
                                new Route(AccessRoute.SECURE_RESEARCH_SERVICE, null),
                                Details.of(null),
                                List.of(Item.NAME, Item.DATE_OF_BIRTH),
                                List.of(Item.MATCH_INDICATOR, Item.ADDRESS),
                                1_500)),
                0);
    }

    static final Ask LIVE = new Ask(
            List.of(new Reference("2024-0000101")),
            HOME_OFFICE,
            date("2024-03-04"),
            Purpose.IMMIGRATION_ENFORCEMENT,
            Gateway.EA96_537A,
            LawfulBasis.PUBLIC_TASK,
            null,
            new Submitted(people(2_461), List.of(Item.NAME, Item.DATE_OF_BIRTH), people(2_470), people(6), people(3)),
            List.of(Item.MATCH_INDICATOR, Item.ADDRESS, Item.SCHOOL),
            null);
    static final Decision APPROVAL = new Decision(Outcome.APPROVED, date("2024-03-05"), null, null);
    static final AgreementOverride OVERRIDE =
            new AgreementOverride(Decider.DATA_SHARING_BOARD, new SourceReference("DSAP-2024-0117"));
    static final Decision REFUSAL =
            new Decision(Outcome.REFUSED, date("2024-03-05"), RefusalReason.DISPROPORTIONATE, null);
    static final Withdrawal WITHDRAWAL = new Withdrawal(date("2024-03-08"));
    static final Match MATCH = new Match(date("2024-03-06"), people(520), people(17));
    static final Disclosure DISCLOSURE =
            new Disclosure(date("2024-03-07"), people(520), people(510), List.of(Item.ADDRESS, Item.SCHOOL));
    static final Disclosure FURTHER = new Disclosure(date("2024-03-20"), people(5), people(6), List.of(Item.ADDRESS));
    static final Destruction DESTRUCTION = new Destruction(date("2024-04-02"), DestructionMethod.SECURE_ERASE);
    static final Closure CLOSURE = new Closure(date("2024-04-03"));

    /** An answer told for all 12 whether a record is held; how many matched it does not state. */
    static final Ask HISTORIC = new Ask(
            List.of(new Reference("2023-0020534")),
            DWP,
            date("2023-06"),
            Purpose.SCHOOL_REGISTRATION_CHECK,
            Gateway.DWP_FUNC,
            null,
            null,
            submitted(people(12)),
            null,
            new Historic(
                    Source.FOI_ANSWER, new SourceReference("pupil_data_dwp_pupil_matching_re"), date("2024-02-05")));

    static final Match HISTORIC_MATCH = new Match(null, notStated(), notStated());
    static final Disclosure HISTORIC_DISCLOSURE =
            new Disclosure(null, people(12), people(12), List.of(Item.RECORD_HELD, Item.DATE_LAST_COLLECTED));

    private Samples() {}

    static Occasion occasion() {
        return new Occasion(
                TODAY,
                INCEPTION,
                code -> Optional.ofNullable(ORGANISATIONS.get(code)),
                reference -> Optional.ofNullable(AGREEMENTS.get(reference)),
                null);
    }

    static Occasion ifMatch(Long... sequences) {
        Occasion any = occasion();
        return new Occasion(any.today(), any.inception(), any.organisations(), any.agreements(), Set.of(sequences));
    }

    static RecordRequest record(Ask ask) {
        return record(ask, null, null, null, null);
    }

    static RecordRequest record(
            Ask ask,
            @Nullable Decision decision,
            @Nullable Withdrawal withdrawal,
            @Nullable Match match,
            @Nullable Disclosure disclosure) {
        return new RecordRequest(ID, ask, decision, withdrawal, match, disclosure, occasion());
    }

    static RecordStage stage(Stage stage) {
        return new RecordStage(ID, stage, occasion());
    }

    static RecordStage overridden(Decision decision) {
        return new RecordStage(ID, decision, OVERRIDE, occasion());
    }

    static CorrectRequest correct(Change... changes) {
        return new CorrectRequest(ID, List.of(changes), Cause.RECOUNT, new SourceReference("HCWS272"), occasion());
    }

    static Change change(Field field, @Nullable Object was, @Nullable Object now) {
        return new Change(field, was, now);
    }

    static AnnulRequest annul(Cause cause) {
        return new AnnulRequest(ID, cause, new SourceReference("DFE-2024-17"), occasion());
    }

    /** The events of a live request that went through these stages; matched and withdrawn while approved. */
    static List<RequestEvent> live(Stage... stages) {
        return events(LIVE, Outcome.APPROVED, stages);
    }

    /** The events of a historic request without a known decision. */
    static List<RequestEvent> historic(Stage... stages) {
        return events(HISTORIC, Outcome.NOT_STATED, stages);
    }

    private static List<RequestEvent> events(Ask ask, Outcome was, Stage... stages) {
        return Stream.concat(
                        Stream.of(new RequestEvent.Received(ask)),
                        Arrays.stream(stages).map(stage -> event(ask, was, stage)))
                .toList();
    }

    static RequestEvent event(Ask ask, Outcome was, Stage stage) {
        RequestHeader header = ask.header();
        return switch (stage) {
            case Decision decision -> new RequestEvent.Decided(header, ask.outcome(), decision);
            case Withdrawal withdrawal -> new RequestEvent.Withdrawn(header, was, withdrawal);
            case Match match ->
                new RequestEvent.Matched(header, was, ask.submitted().individuals(), match);
            case Disclosure disclosure -> new RequestEvent.Disclosed(header, disclosure);
            case Destruction destruction -> new RequestEvent.Destroyed(header, destruction);
            case Closure closure -> new RequestEvent.Closed(header, closure);
        };
    }

    static RequestState state(List<RequestEvent> events) {
        RequestState state = null;
        for (int i = 0; i < events.size(); i++) {
            state = RequestState.after(state, events.get(i), i);
        }
        return Objects.requireNonNull(state);
    }

    static Submitted submitted(Individuals individuals) {
        return new Submitted(individuals, null, notStated(), notStated(), notStated());
    }

    static Individuals people(int count) {
        return Individuals.of(count);
    }

    static Individuals notStated() {
        return Individuals.notStated();
    }

    static BusinessDate date(String text) {
        return BusinessDate.parse(text).orElseThrow();
    }

    static Ask with(Ask ask, String component, @Nullable Object now) {
        return (Ask) Component.find(Ask.class, component).orElseThrow().with(ask, now);
    }
}
