package org.pupilledger.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Decider;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Source;
import org.pupilledger.intake.RequestInput.AnnulmentInput;
import org.pupilledger.intake.RequestInput.ChangeInput;
import org.pupilledger.intake.RequestInput.ClosureInput;
import org.pupilledger.intake.RequestInput.CorrectionInput;
import org.pupilledger.intake.RequestInput.CourtOrderInput;
import org.pupilledger.intake.RequestInput.DecisionInput;
import org.pupilledger.intake.RequestInput.DestructionInput;
import org.pupilledger.intake.RequestInput.DisclosureInput;
import org.pupilledger.intake.RequestInput.HistoricInput;
import org.pupilledger.intake.RequestInput.MatchInput;
import org.pupilledger.intake.RequestInput.OverrideInput;
import org.pupilledger.intake.RequestInput.SubmittedInput;
import org.pupilledger.intake.RequestInput.WithdrawalInput;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.reading.Form;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.AgreementOverride;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.RequestCommand;
import org.pupilledger.request.RequestCommand.AnnulRequest;
import org.pupilledger.request.RequestCommand.CorrectRequest;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestCommand.RecordStage;
import org.pupilledger.request.RequestRules;
import org.pupilledger.request.RequestState;
import org.pupilledger.request.Stage;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RequestId;
import org.pupilledger.values.SourceReference;
import org.pupilledger.values.Submitted;

/**
 * Turns what was typed into a command. Every flaw of form is told at once; then every rule that the input alone
 * breaks. An unknown code is put aside as not stated, so that the other rules can still be looked at.
 */
public final class RequestReader {
    /** Stands in for a date that cannot be read; the flaw is noted beside it. */
    private static final BusinessDate NO_DATE = BusinessDate.of(LocalDate.EPOCH);

    private final Form form = new Form();
    private final PartsReader parts = new PartsReader(form);

    private RequestReader() {}

    /**
     * @throws PersonalDataFound  what was typed must not be kept
     * @throws InvalidInput       the form is wrong or something is missing
     * @throws Refused.RuleBroken rules are broken, all that the input alone breaks
     */
    public static RecordRequest record(RequestId id, RequestInput input, Occasion occasion) {
        InputGuard.check(input);
        RequestReader reader = new RequestReader();
        RecordRequest command = reader.command(id, input, occasion);
        reader.checkOneEnd(input);
        reader.finish(command);
        return command;
    }

    /**
     * A live request with all of its stages, as a file tells them together. Only the form is looked at: each of them is
     * recorded by itself, when its turn comes.
     *
     * @throws PersonalDataFound  what was typed must not be kept
     * @throws InvalidInput       the form is wrong
     * @throws Refused.RuleBroken a code is not known
     */
    public static RecordRequest told(RequestId id, RequestInput input, Occasion occasion) {
        InputGuard.check(input);
        RequestReader reader = new RequestReader();
        RecordRequest command = reader.command(id, input, occasion);
        reader.form.fail();
        return command;
    }

    private void checkOneEnd(RequestInput input) {
        if (input.decision() != null && input.withdrawal() != null) {
            form.flaw("/withdrawal", Form.MALFORMED, "A withdrawal stands instead of a decision, not beside it.");
        }
    }

    private RecordRequest command(RequestId id, RequestInput input, Occasion occasion) {
        Ask ask = ask(input);
        DecisionInput decision = input.decision();
        WithdrawalInput withdrawal = input.withdrawal();
        MatchInput match = input.match();
        DisclosureInput disclosure = input.disclosure();
        return new RecordRequest(
                id,
                ask,
                decision == null ? null : override(decision.override(), "/decision/override"),
                decision == null ? null : decision(decision, "/decision"),
                withdrawal == null ? null : new Stage.Withdrawal(form.date(withdrawal.on(), "/withdrawal/on")),
                match == null ? null : match(match, "/match"),
                disclosure == null ? null : parts.disclosure(disclosure, "/disclosure"),
                occasion);
    }

    /** The same checks in the same order as the aggregate, but with the flaws of form told beside what is missing. */
    private void finish(RecordRequest command) {
        RequestState state = RequestState.of(command);
        for (String pointer : RequestRules.missing(state)) {
            boolean isTold =
                    form.flaws().stream().anyMatch(flaw -> flaw.pointer().startsWith(pointer));
            boolean isUnknown = form.violations().stream()
                    .anyMatch(violation -> violation.pointer().startsWith(pointer));
            if (!isTold && !isUnknown) {
                form.require(null, pointer);
            }
        }
        form.failOnFlaws();
        List<Violation> misshapen = RequestRules.brokenBy(command);
        List<Violation> sourceless = new ArrayList<>(RequestRules.sourceless(state));
        misshapen.stream()
                .filter(violation -> violation.rule() == Rule.SOURCE_REQUIRED)
                .forEach(sourceless::add);
        if (!sourceless.isEmpty()) {
            throw new Refused.RuleBroken(sourceless);
        }
        form.addAll(misshapen);
        form.addAll(RequestRules.broken(null, state, command.occasion()));
        form.failOnViolations();
    }

    /**
     * @param input one of the stage inputs
     * @throws PersonalDataFound  what was typed must not be kept
     * @throws InvalidInput       the form is wrong or something is missing
     * @throws Refused.RuleBroken a code is not known
     */
    public static RecordStage stage(RequestId id, Record input, Occasion occasion) {
        InputGuard.check(input);
        RequestReader reader = new RequestReader();
        Stage stage = switch (input) {
            case DecisionInput decision -> reader.decision(decision, "");
            case WithdrawalInput withdrawal -> new Stage.Withdrawal(reader.form.date(withdrawal.on(), "/on"));
            case MatchInput match -> reader.match(match, "");
            case DisclosureInput disclosure -> reader.parts.disclosure(disclosure, "");
            case DestructionInput destruction -> reader.destruction(destruction);
            case ClosureInput closure -> new Stage.Closure(reader.form.date(closure.on(), "/on"));
            default -> throw new IllegalArgumentException("no stage: " + input.getClass());
        };
        AgreementOverride override =
                input instanceof DecisionInput decision ? reader.override(decision.override(), "/override") : null;
        reader.form.fail();
        return new RecordStage(id, stage, override, occasion);
    }

    /** @see #stage */
    public static CorrectRequest correction(RequestId id, CorrectionInput input, Occasion occasion) {
        InputGuard.check(input);
        RequestReader reader = new RequestReader();
        List<Change> changes = reader.changes(input.changes());
        Cause cause = reader.form.required(Cause.class, input.cause(), Cause.OTHER, "/cause");
        SourceReference authority = reader.form.sourceReference(input.authority(), "/authority");
        reader.form.fail();
        return new CorrectRequest(id, changes, cause, authority, occasion);
    }

    /** @see #stage */
    public static RequestCommand annulment(RequestId id, AnnulmentInput input, Occasion occasion) {
        InputGuard.check(input);
        RequestReader reader = new RequestReader();
        Cause cause = reader.form.required(Cause.class, input.cause(), Cause.OTHER, "/cause");
        SourceReference authority = reader.form.sourceReference(input.authority(), "/authority");
        reader.form.fail();
        return new AnnulRequest(id, cause, authority, occasion);
    }

    private Ask ask(RequestInput input) {
        List<Reference> references = parts.references(input.references(), "/references");
        OrganisationCode organisation = form.organisation(input.organisation(), "/organisation");
        BusinessDate received = form.date(input.received(), NO_DATE, "/received");
        return new Ask(
                references,
                organisation,
                form.known(input.unit(), OrganisationCode::parse, "/unit"),
                received,
                parts.purposes(input),
                form.optional(Gateway.class, input.gateway(), "/gateway"),
                form.optional(LawfulBasis.class, input.lawfulBasis(), "/lawfulBasis"),
                form.known(input.agreement(), AgreementReference::parse, "/agreement"),
                form.known(input.recipient(), OrganisationCode::parse, "/recipient"),
                submitted(input.submitted(), input.historic() != null),
                form.items(input.requestedItems(), "/requestedItems"),
                historic(input.historic()));
    }

    private Submitted submitted(@Nullable SubmittedInput input, boolean isHistoric) {
        if (!isHistoric) {
            form.require(input, "/submitted");
        }
        SubmittedInput told = input == null ? new SubmittedInput(null, null, null, null, null) : input;
        return new Submitted(
                Individuals.ofNullable(told.individuals()),
                form.items(told.items(), "/submitted/items"),
                Individuals.ofNullable(told.rowsReceived()),
                Individuals.ofNullable(told.duplicates()),
                Individuals.ofNullable(told.invalid()));
    }

    private @Nullable Historic historic(@Nullable HistoricInput input) {
        if (input == null) {
            return null;
        }
        return new Historic(
                form.required(Source.class, input.source(), Source.OTHER, "/historic/source"),
                form.sourceReference(input.reference(), "/historic/reference"),
                form.date(input.published(), "/historic/published"),
                form.known(input.outcome(), RequestReader::open, "/historic/outcome"));
    }

    private Stage.Decision decision(DecisionInput input, String at) {
        form.require(input.outcome(), at + "/outcome");
        Outcome outcome = Objects.requireNonNullElse(
                form.known(input.outcome(), RequestReader::decided, at + "/outcome"), Outcome.APPROVED);
        if (outcome == Outcome.APPROVED && input.reason() != null) {
            form.flaw(at + "/reason", Form.MALFORMED, "Only a refusal has a reason.");
        }
        return new Stage.Decision(
                outcome,
                form.date(input.on(), at + "/on"),
                form.optional(RefusalReason.class, input.reason(), at + "/reason"),
                courtOrder(input.courtOrder(), at + "/courtOrder"));
    }

    private @Nullable AgreementOverride override(@Nullable OverrideInput input, String at) {
        return input == null
                ? null
                : new AgreementOverride(
                        form.required(
                                Decider.class, input.authoriser(), Decider.DATA_SHARING_BOARD, at + "/authoriser"),
                        form.sourceReference(input.authority(), at + "/authority"));
    }

    private Stage.@Nullable CourtOrder courtOrder(@Nullable CourtOrderInput input, String at) {
        if (input == null) {
            return null;
        }
        OrganisationCode court = form.organisation(input.court(), at + "/court");
        return new Stage.CourtOrder(court, form.date(input.made(), NO_DATE, at + "/made"));
    }

    private Stage.Match match(MatchInput input, String at) {
        return new Stage.Match(
                form.date(input.on(), at + "/on"),
                Individuals.ofNullable(input.matched()),
                Individuals.ofNullable(input.ambiguous()),
                Individuals.ofNullable(input.unmatched()));
    }

    private Stage.Destruction destruction(DestructionInput input) {
        return new Stage.Destruction(
                form.date(input.on(), "/on"),
                form.required(DestructionMethod.class, input.method(), DestructionMethod.SECURE_ERASE, "/method"));
    }

    private List<Change> changes(@Nullable List<ChangeInput> inputs) {
        List<Change> changes = new ArrayList<>();
        form.require(inputs, "/changes");
        if (inputs == null) {
            return changes;
        }
        if (inputs.size() > Field.values().length) {
            form.flaw("/changes", "too-many", "There are fewer fields than changes.");
            return changes;
        }
        Set<Field> seen = new HashSet<>();
        for (int i = 0; i < inputs.size(); i++) {
            change(inputs.get(i), "/changes/" + i, seen, changes);
        }
        return changes;
    }

    private void change(ChangeInput input, String at, Set<Field> seen, Collection<Change> changes) {
        form.require(input.field(), at + "/field");
        Field field = form.known(input.field(), Field::parse, at + "/field");
        if (field == null) {
            return;
        }
        if (!seen.add(field)) {
            form.flaw(at + "/field", "repeated", "Each field can be changed once.");
        }
        Change change = new Change(field, Form.json(input.was()), Form.json(input.now()));
        if (change.was() != null) {
            fits(field, change.was(), at + "/was");
        }
        fits(field, change.now(), at + "/now");
        changes.add(change);
    }

    private void fits(Field field, @Nullable Object value, String at) {
        field.misfit(value).ifPresent(misfit -> {
            switch (misfit) {
                case MALFORMED -> form.flaw(at, Form.MALFORMED, "This cannot be the value of that field.");
                case UNKNOWN_CODE -> form.unknown(at);
            }
        });
    }

    private static Optional<Outcome> open(String text) {
        return Code.parse(Outcome.class, text).filter(outcome -> outcome == Outcome.OPEN);
    }

    private static Optional<Outcome> decided(String text) {
        return Code.parse(Outcome.class, text)
                .filter(outcome -> outcome == Outcome.APPROVED || outcome == Outcome.REFUSED);
    }
}
