package org.pupilledger.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.intake.InvalidInput.Flaw;
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
import org.pupilledger.intake.RequestInput.SubmittedInput;
import org.pupilledger.intake.RequestInput.WithdrawalInput;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.request.Ask;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.Cause;
import org.pupilledger.request.Change;
import org.pupilledger.request.Code;
import org.pupilledger.request.DestructionMethod;
import org.pupilledger.request.Field;
import org.pupilledger.request.Gateway;
import org.pupilledger.request.Historic;
import org.pupilledger.request.Individuals;
import org.pupilledger.request.Item;
import org.pupilledger.request.LawfulBasis;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.Outcome;
import org.pupilledger.request.Purpose;
import org.pupilledger.request.Reference;
import org.pupilledger.request.RefusalReason;
import org.pupilledger.request.Refused;
import org.pupilledger.request.RequestCommand;
import org.pupilledger.request.RequestCommand.AnnulRequest;
import org.pupilledger.request.RequestCommand.CorrectRequest;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestCommand.RecordStage;
import org.pupilledger.request.RequestId;
import org.pupilledger.request.RequestRules;
import org.pupilledger.request.RequestState;
import org.pupilledger.request.Requests;
import org.pupilledger.request.Rule;
import org.pupilledger.request.Source;
import org.pupilledger.request.SourceReference;
import org.pupilledger.request.Stage;
import org.pupilledger.request.Submitted;
import org.pupilledger.request.Violation;

/**
 * Turns what was typed into a command. Every flaw of form is told at once; then every rule that the input alone
 * breaks. An unknown code is put aside as not stated, so that the other rules can still be looked at.
 */
public final class RequestReader {
    /** Stands in for an organisation that cannot be one; the violation is noted beside it. */
    private static final OrganisationCode NO_ORGANISATION = new OrganisationCode("NOT_KNOWN");

    private static final String REQUIRED = "required";
    private static final String MALFORMED = "malformed";

    private final List<Flaw> flaws = new ArrayList<>();
    private final Set<Violation> violations = new LinkedHashSet<>();

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
        reader.finish(command);
        return command;
    }

    private RecordRequest command(RequestId id, RequestInput input, Occasion occasion) {
        Ask ask = ask(input);
        DecisionInput decision = input.decision();
        WithdrawalInput withdrawal = input.withdrawal();
        MatchInput match = input.match();
        DisclosureInput disclosure = input.disclosure();
        if (decision != null && withdrawal != null) {
            flaw("/withdrawal", MALFORMED, "A withdrawal stands instead of a decision, not beside it.");
        }
        return new RecordRequest(
                id,
                ask,
                decision == null ? null : decision(decision, "/decision"),
                withdrawal == null ? null : new Stage.Withdrawal(date(withdrawal.on(), "/withdrawal/on")),
                match == null ? null : match(match, "/match"),
                disclosure == null ? null : disclosure(disclosure, "/disclosure"),
                occasion);
    }

    /** The same checks in the same order as the aggregate, but with the flaws of form told beside what is missing. */
    private void finish(RecordRequest command) {
        RequestState state = RequestState.of(command);
        for (String pointer : RequestRules.missing(state)) {
            boolean isTold = flaws.stream().anyMatch(flaw -> flaw.pointer().startsWith(pointer));
            boolean isUnknown = violations.stream()
                    .anyMatch(violation -> violation.pointer().startsWith(pointer));
            if (!isTold && !isUnknown) {
                flaw(pointer, REQUIRED, "This is required.");
            }
        }
        failOnFlaws();
        List<Violation> misshapen = RequestRules.brokenBy(command);
        List<Violation> sourceless = new ArrayList<>(RequestRules.sourceless(state));
        misshapen.stream()
                .filter(violation -> violation.rule() == Rule.SOURCE_REQUIRED)
                .forEach(sourceless::add);
        if (!sourceless.isEmpty()) {
            throw new Refused.RuleBroken(sourceless);
        }
        violations.addAll(misshapen);
        violations.addAll(RequestRules.broken(state, command.occasion()));
        failOnViolations();
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
            case WithdrawalInput withdrawal -> new Stage.Withdrawal(reader.date(withdrawal.on(), "/on"));
            case MatchInput match -> reader.match(match, "");
            case DisclosureInput disclosure -> reader.disclosure(disclosure, "");
            case DestructionInput destruction -> reader.destruction(destruction);
            case ClosureInput closure -> new Stage.Closure(reader.date(closure.on(), "/on"));
            default -> throw new IllegalArgumentException("no stage: " + input.getClass());
        };
        reader.fail();
        return new RecordStage(id, stage, occasion);
    }

    /** @see #stage */
    public static CorrectRequest correction(RequestId id, CorrectionInput input, Occasion occasion) {
        InputGuard.check(input);
        RequestReader reader = new RequestReader();
        List<Change> changes = reader.changes(input.changes());
        Cause cause = reader.required(Cause.class, input.cause(), Cause.OTHER, "/cause");
        SourceReference authority = reader.sourceReference(input.authority(), "/authority");
        reader.fail();
        return new CorrectRequest(id, changes, cause, authority, occasion);
    }

    /** @see #stage */
    public static RequestCommand annulment(RequestId id, AnnulmentInput input, Occasion occasion) {
        InputGuard.check(input);
        RequestReader reader = new RequestReader();
        Cause cause = reader.required(Cause.class, input.cause(), Cause.OTHER, "/cause");
        SourceReference authority = reader.sourceReference(input.authority(), "/authority");
        reader.fail();
        return new AnnulRequest(id, cause, authority, occasion);
    }

    private Ask ask(RequestInput input) {
        List<Reference> references = references(input.references(), "/references");
        OrganisationCode organisation = organisation(input.organisation(), "/organisation");
        BusinessDate received = date(input.received(), "/received");
        if (received == null) {
            if (input.received() == null) {
                flaw("/received", REQUIRED, "This is required.");
            }
            received = BusinessDate.of(LocalDate.EPOCH);
        }
        return new Ask(
                references,
                organisation,
                received,
                required(Purpose.class, input.purpose(), Purpose.OTHER, "/purpose"),
                required(Gateway.class, input.gateway(), Gateway.OTHER, "/gateway"),
                optional(LawfulBasis.class, input.lawfulBasis(), "/lawfulBasis"),
                input.agreement(),
                submitted(input.submitted(), input.historic() != null),
                items(input.requestedItems(), "/requestedItems"),
                historic(input.historic()));
    }

    private Submitted submitted(@Nullable SubmittedInput input, boolean isHistoric) {
        if (input == null) {
            if (!isHistoric) {
                flaw("/submitted", REQUIRED, "This is required.");
            }
            return new Submitted(
                    Individuals.notStated(),
                    null,
                    Individuals.notStated(),
                    Individuals.notStated(),
                    Individuals.notStated());
        }
        return new Submitted(
                Individuals.ofNullable(input.individuals()),
                items(input.items(), "/submitted/items"),
                Individuals.ofNullable(input.rowsReceived()),
                Individuals.ofNullable(input.duplicates()),
                Individuals.ofNullable(input.invalid()));
    }

    private @Nullable Historic historic(@Nullable HistoricInput input) {
        if (input == null) {
            return null;
        }
        return new Historic(
                required(Source.class, input.source(), Source.OTHER, "/historic/source"),
                sourceReference(input.reference(), "/historic/reference"),
                date(input.published(), "/historic/published"));
    }

    private Stage.Decision decision(DecisionInput input, String at) {
        Outcome outcome = Outcome.APPROVED;
        if (input.outcome() == null) {
            flaw(at + "/outcome", REQUIRED, "This is required.");
        } else if (input.outcome().equals(Outcome.REFUSED.code())) {
            outcome = Outcome.REFUSED;
        } else if (!input.outcome().equals(Outcome.APPROVED.code())) {
            unknown(at + "/outcome");
        }
        if (outcome == Outcome.APPROVED && input.reason() != null) {
            flaw(at + "/reason", MALFORMED, "Only a refusal has a reason.");
        }
        return new Stage.Decision(
                outcome,
                date(input.on(), at + "/on"),
                optional(RefusalReason.class, input.reason(), at + "/reason"),
                courtOrder(input.courtOrder(), at + "/courtOrder"));
    }

    private Stage.@Nullable CourtOrder courtOrder(@Nullable CourtOrderInput input, String at) {
        if (input == null) {
            return null;
        }
        OrganisationCode court = organisation(input.court(), at + "/court");
        BusinessDate made = date(input.made(), at + "/made");
        if (input.made() == null) {
            flaw(at + "/made", REQUIRED, "This is required.");
        }
        return made == null ? null : new Stage.CourtOrder(court, made);
    }

    private Stage.Match match(MatchInput input, String at) {
        return new Stage.Match(
                date(input.on(), at + "/on"),
                Individuals.ofNullable(input.matched()),
                Individuals.ofNullable(input.ambiguous()));
    }

    private Stage.Disclosure disclosure(DisclosureInput input, String at) {
        return new Stage.Disclosure(
                date(input.on(), at + "/on"),
                Individuals.ofNullable(input.answered()),
                Individuals.ofNullable(input.returned()),
                items(input.items(), at + "/items"));
    }

    private Stage.Destruction destruction(DestructionInput input) {
        return new Stage.Destruction(
                date(input.on(), "/on"),
                required(DestructionMethod.class, input.method(), DestructionMethod.SECURE_ERASE, "/method"));
    }

    private List<Change> changes(@Nullable List<ChangeInput> inputs) {
        List<Change> changes = new ArrayList<>();
        if (inputs == null) {
            flaw("/changes", REQUIRED, "This is required.");
            return changes;
        }
        if (inputs.size() > Field.values().length) {
            flaw("/changes", "too-many", "There are fewer fields than changes.");
            return changes;
        }
        Set<Field> seen = new HashSet<>();
        for (int i = 0; i < inputs.size(); i++) {
            change(inputs.get(i), "/changes/" + i, seen, changes);
        }
        return changes;
    }

    private void change(ChangeInput input, String at, Set<Field> seen, Collection<Change> changes) {
        if (input.field() == null) {
            flaw(at + "/field", REQUIRED, "This is required.");
            return;
        }
        Field field = Field.parse(input.field()).orElse(null);
        if (field == null) {
            unknown(at + "/field");
            return;
        }
        if (!seen.add(field)) {
            flaw(at + "/field", "repeated", "Each field can be changed once.");
        }
        if (input.was() != null) {
            fits(field, input.was(), at + "/was");
        }
        fits(field, input.now(), at + "/now");
        changes.add(new Change(field, input.was(), input.now()));
    }

    private void fits(Field field, @Nullable Object value, String at) {
        field.misfit(value).ifPresent(misfit -> {
            switch (misfit) {
                case MALFORMED -> flaw(at, MALFORMED, "This cannot be the value of that field.");
                case UNKNOWN_CODE -> unknown(at);
            }
        });
    }

    private List<Reference> references(@Nullable List<String> texts, String at) {
        List<Reference> references = new ArrayList<>();
        if (texts == null) {
            return references;
        }
        if (texts.size() > Requests.MAX) {
            flaw(at, "too-many", "At most " + Requests.MAX + " references belong to one request.");
            return references;
        }
        for (int i = 0; i < texts.size(); i++) {
            Reference reference = parsed(
                    texts.get(i),
                    Reference::parse,
                    at + "/" + i,
                    "A reference is 1 to 40 letters, digits, points, slashes and hyphens, with at least one digit.");
            if (reference != null) {
                if (references.contains(reference)) {
                    flaw(at + "/" + i, "repeated", "Each reference counts as one request, so it stands here once.");
                }
                references.add(reference);
            }
        }
        return references;
    }

    private @Nullable List<Item> items(@Nullable List<String> texts, String at) {
        if (texts == null) {
            return null;
        }
        if (Set.copyOf(texts).size() < texts.size()) {
            flaw(at, "repeated", "Each item stands here once.");
            return null;
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Item item = Code.parse(Item.class, texts.get(i)).orElse(null);
            if (item == null) {
                unknown(at + "/" + i);
            } else {
                items.add(item);
            }
        }
        return items.size() == texts.size() ? items : null;
    }

    private OrganisationCode organisation(@Nullable String text, String at) {
        if (text == null) {
            flaw(at, REQUIRED, "This is required.");
            return NO_ORGANISATION;
        }
        return OrganisationCode.parse(text).orElseGet(() -> {
            unknown(at);
            return NO_ORGANISATION;
        });
    }

    private @Nullable BusinessDate date(@Nullable String text, String at) {
        return parsed(
                text,
                BusinessDate::parse,
                at,
                "A date is written 2018-04-17, or 2018-04 where only the month is known.");
    }

    private @Nullable SourceReference sourceReference(@Nullable String text, String at) {
        return parsed(
                text,
                SourceReference::parse,
                at,
                "A public reference is 1 to 80 letters, digits, points, underscores, slashes and hyphens.");
    }

    private <T> @Nullable T parsed(
            @Nullable String text, Function<String, Optional<T>> parse, String at, String detail) {
        if (text == null) {
            return null;
        }
        T value = parse.apply(text).orElse(null);
        if (value == null) {
            flaw(at, MALFORMED, detail);
        }
        return value;
    }

    private <E extends Enum<E> & Code> E required(Class<E> list, @Nullable String text, E otherwise, String at) {
        if (text == null) {
            flaw(at, REQUIRED, "This is required.");
        }
        E code = optional(list, text, at);
        return Objects.requireNonNullElse(code, otherwise);
    }

    private <E extends Enum<E> & Code> @Nullable E optional(Class<E> list, @Nullable String text, String at) {
        if (text == null) {
            return null;
        }
        return Code.parse(list, text).orElseGet(() -> {
            unknown(at);
            return null;
        });
    }

    private void flaw(String pointer, String code, String detail) {
        flaws.add(new Flaw(pointer, code, detail));
    }

    private void unknown(String pointer) {
        violations.add(new Violation(Rule.UNKNOWN_CODE, pointer));
    }

    private void fail() {
        failOnFlaws();
        failOnViolations();
    }

    private void failOnFlaws() {
        if (!flaws.isEmpty()) {
            throw new InvalidInput(flaws);
        }
    }

    private void failOnViolations() {
        if (!violations.isEmpty()) {
            throw new Refused.RuleBroken(new ArrayList<>(violations));
        }
    }
}
