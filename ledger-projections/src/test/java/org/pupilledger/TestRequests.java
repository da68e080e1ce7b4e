package org.pupilledger;

import static org.pupilledger.TestLedger.DWP;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AccessRoute;
import org.pupilledger.agreement.AgreementCommand.RegisterAgreement;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.agreement.Details;
import org.pupilledger.agreement.Party;
import org.pupilledger.agreement.PartyRole;
import org.pupilledger.agreement.Route;
import org.pupilledger.agreement.RouteReason;
import org.pupilledger.agreement.Terms;
import org.pupilledger.agreement.VersionNumber;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Organisations;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Change;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.RequestCommand.AnnulRequest;
import org.pupilledger.request.RequestCommand.CorrectRequest;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestCommand.RecordStage;
import org.pupilledger.request.Stage;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RequestId;
import org.pupilledger.values.Submitted;

/** Commands about requests, valid unless a test makes them otherwise. */
public record TestRequests(Organisations organisations) {
    private static final LocalDate INCEPTION = LocalDate.of(2026, 1, 1);
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

    public Occasion occasion() {
        return new Occasion(TODAY, INCEPTION, organisations, reference -> Optional.empty(), null);
    }

    public static RequestId newId() {
        return new RequestId(UUID.randomUUID());
    }

    /** A request recorded as it came. */
    public RecordRequest live(OrganisationCode organisation, String received, int individuals, String... references) {
        return record(newId(), ask(organisation, received, individuals, null, references));
    }

    /** A request from a source. */
    public RecordRequest historic(
            OrganisationCode organisation, String received, int individuals, String... references) {
        return record(
                newId(),
                ask(organisation, received, individuals, new Historic(Source.FOI_ANSWER, null, null), references));
    }

    /**
     * One from a source, approved, matched and answered.
     *
     * @param matched null where it is not stated
     */
    public RecordRequest answered(
            OrganisationCode organisation,
            String received,
            int submitted,
            @Nullable Integer matched,
            int answered,
            int returned,
            List<Item> items,
            String... references) {
        RecordRequest asked = historic(organisation, received, submitted, references);
        Ask ask = asked.ask();
        return new RecordRequest(
                asked.id(),
                new Ask(
                        ask.references(),
                        ask.organisation(),
                        ask.received(),
                        ask.purposes().getFirst(),
                        Objects.requireNonNull(ask.gateway()),
                        ask.lawfulBasis(),
                        ask.agreement(),
                        ask.submitted(),
                        items,
                        ask.historic()),
                new Stage.Decision(Outcome.APPROVED, null, null, null),
                null,
                new Stage.Match(
                        null,
                        matched == null ? Individuals.notStated() : Individuals.of(matched),
                        matched == null ? Individuals.notStated() : Individuals.of(0)),
                new Stage.Disclosure(null, Individuals.of(answered), Individuals.of(returned), items),
                asked.occasion());
    }

    /** An agreement with the DWP from a day on. */
    public RegisterAgreement agreement(String reference, String from) {
        Terms terms = new Terms(
                new VersionNumber("1.0"),
                date(from),
                List.of(new Party(DWP, PartyRole.PARTY)),
                LawfulBasis.PUBLIC_TASK,
                Gateway.DWP_FUNC,
                new Route(AccessRoute.DIRECT_TRANSFER, RouteReason.OPERATIONAL_MATCHING),
                Details.of(null),
                List.of(Item.NAME),
                List.of(Item.SCHOOL),
                null);
        return new RegisterAgreement(
                new AgreementReference(reference), AgreementLevel.PROCESS, null, terms, occasion());
    }

    private RecordRequest record(RequestId id, Ask ask) {
        return new RecordRequest(id, ask, null, null, null, null, occasion());
    }

    private static Ask ask(
            OrganisationCode organisation,
            String received,
            int individuals,
            @Nullable Historic historic,
            String... references) {
        return new Ask(
                Stream.of(references).map(Reference::new).toList(),
                organisation,
                date(received),
                Purpose.SCHOOL_REGISTRATION_CHECK,
                Gateway.DWP_FUNC,
                LawfulBasis.PUBLIC_TASK,
                null,
                new Submitted(
                        Individuals.of(individuals),
                        List.of(Item.NAME, Item.DATE_OF_BIRTH),
                        Individuals.notStated(),
                        Individuals.notStated(),
                        Individuals.notStated()),
                List.of(Item.RECORD_HELD, Item.SCHOOL),
                historic);
    }

    public RecordStage approve(RequestId id) {
        return stage(id, new Stage.Decision(Outcome.APPROVED, date("2026-05"), null, null));
    }

    public RecordStage match(RequestId id, int matched) {
        return stage(id, new Stage.Match(date("2026-05"), Individuals.of(matched), Individuals.of(0)));
    }

    public RecordStage disclose(RequestId id, int returned) {
        return stage(
                id,
                new Stage.Disclosure(
                        date("2026-05"),
                        Individuals.of(returned),
                        Individuals.of(returned),
                        returned == 0 ? List.of() : List.of(Item.SCHOOL)));
    }

    public RecordStage stage(RequestId id, Stage stage) {
        return new RecordStage(id, stage, occasion());
    }

    public CorrectRequest correct(RequestId id, Change... changes) {
        return new CorrectRequest(id, List.of(changes), Cause.TRANSCRIPTION, null, occasion());
    }

    public AnnulRequest annul(RequestId id) {
        return new AnnulRequest(id, Cause.OTHER, null, occasion());
    }

    public static BusinessDate date(String text) {
        return BusinessDate.parse(text).orElseThrow();
    }
}
