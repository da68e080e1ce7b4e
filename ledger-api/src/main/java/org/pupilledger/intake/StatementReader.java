package org.pupilledger.intake;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Source;
import org.pupilledger.intake.RequestInput.AnnulmentInput;
import org.pupilledger.intake.StatementInput.BackingInput;
import org.pupilledger.intake.StatementInput.RecipientsToldInput;
import org.pupilledger.intake.StatementInput.StatementCorrectionInput;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.reading.Form;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.reading.Queries;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Occasion;
import org.pupilledger.statement.Amount;
import org.pupilledger.statement.Backing;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.LedgerFigures;
import org.pupilledger.statement.LedgerFigures.LedgerFigure;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.StatementCommand.AnnulStatement;
import org.pupilledger.statement.StatementCommand.CorrectStatement;
import org.pupilledger.statement.StatementCommand.RecordRecipientsTold;
import org.pupilledger.statement.StatementCommand.RecordStatement;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.statement.StatementId;
import org.pupilledger.statement.StatementRules;
import org.pupilledger.statement.Subject;
import org.pupilledger.statement.Telling;
import org.pupilledger.statement.Unit;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/** Turns what was typed about a statement into a command; tells what is wrong in the order that the contract fixes. */
public final class StatementReader {
    /** Stands in for one that is missing or cannot be one; the flaw is noted beside it. */
    private static final Subject NO_SUBJECT = new Subject("NOT_TOLD");

    private final Form form = new Form();
    private final Occasion occasion;

    private StatementReader(Occasion occasion) {
        this.occasion = occasion;
    }

    /**
     * @param newest position of the ledger's newest entry, beyond which nothing can be backed; -1 before the first
     * @param then   the figures as they were at a position
     * @throws PersonalDataFound  what was typed must not be kept
     * @throws InvalidInput       the form is wrong or something is missing
     * @throws Refused.RuleBroken the statement breaks rules by itself
     */
    public static RecordStatement statement(
            StatementId id, StatementInput input, Occasion occasion, long newest, LongFunction<LedgerFigures> then) {
        InputGuard.check(input);
        return new StatementReader(occasion).command(id, input, newest, then);
    }

    private RecordStatement command(
            StatementId id, StatementInput input, long newest, LongFunction<LedgerFigures> then) {
        Telling telling = telling(input.toldOn(), input.channel(), input.reference());
        OrganisationCode body = input.body() == null ? null : form.organisation(input.body(), "/body");
        PublishedMeasure measure =
                form.required(PublishedMeasure.class, input.measure(), PublishedMeasure.REQUESTS_RECEIVED, "/measure");
        OrganisationCode organisation =
                input.organisation() == null ? null : form.organisation(input.organisation(), "/organisation");
        YearMonth from = month(input.from(), "/from");
        BusinessDate to = form.date(input.to(), new BusinessDate(YearMonth.from(occasion.today()), null), "/to");
        Subject subject = subject(input, measure);
        Amount value = amount(input.value(), "/value");
        Unit unit = form.required(Unit.class, input.unit(), measure.unit(), "/unit");
        Backing backing = backing(input.backing(), newest);
        boolean isBackwards = to.month().isBefore(from);
        Period period = Period.range(from, isBackwards ? from : to.month());
        LocalDate endsOn = isBackwards || to.day() == null ? null : to.latest();
        Figure figure = new Figure(measure, subject, organisation, period, endsOn);
        StatementEvent.Made made = new StatementEvent.Made(telling, body, figure, value, backing);
        if (input.channel() != null && input.reference() == null && !isUnknown("/channel")) {
            StatementRules.missing(made).forEach(pointer -> form.require(null, pointer));
        }
        form.failOnFlaws();
        if (isBackwards) {
            form.addAll(List.of(new Violation(Rule.DATES_OUT_OF_ORDER, "/to")));
        }
        LedgerFigure ledger = backing instanceof Backing.AtPosition at
                ? then.apply(at.position()).holds(figure)
                : null;
        RecordStatement command = new RecordStatement(id, made, unit, ledger, occasion);
        form.addAll(broken(command));
        form.failOnViolations();
        return command;
    }

    /** A code that is not known has no unit of its own to compare. */
    private Collection<Violation> broken(RecordStatement command) {
        boolean isGuess = isUnknown("/measure") || isUnknown("/unit");
        boolean isFigure = !isUnknown("/measure") && !isUnknown("/organisation");
        return StatementRules.broken(command).stream()
                .filter(violation -> !isGuess || violation.rule() != Rule.UNIT_DOES_NOT_FIT)
                .filter(violation -> isFigure || violation.rule() != Rule.CONTRADICTS_LEDGER)
                .toList();
    }

    private boolean isUnknown(String pointer) {
        return form.violations().contains(new Violation(Rule.UNKNOWN_CODE, pointer));
    }

    /** Reads a correction; throws as {@link #statement} does. */
    public static CorrectStatement correction(StatementId id, StatementCorrectionInput input, Occasion occasion) {
        InputGuard.check(input);
        StatementReader reader = new StatementReader(occasion);
        Amount was = reader.amount(input.was(), "/was");
        Amount now = reader.amount(input.now(), "/now");
        Telling telling = reader.followingTelling(input.toldOn(), input.channel(), input.reference());
        Cause cause = reader.form.required(Cause.class, input.cause(), Cause.OTHER, "/cause");
        reader.form.fail();
        return new CorrectStatement(id, new StatementEvent.Corrected(was, now, telling, cause), occasion);
    }

    /** Reads what recipients were told; throws as {@link #statement} does. */
    public static RecordRecipientsTold recipientsTold(StatementId id, RecipientsToldInput input, Occasion occasion) {
        InputGuard.check(input);
        StatementReader reader = new StatementReader(occasion);
        Telling telling = reader.followingTelling(input.toldOn(), input.channel(), input.reference());
        Amount value = reader.amount(input.value(), "/value");
        reader.form.fail();
        return new RecordRecipientsTold(id, new StatementEvent.RecipientsTold(telling, value), occasion);
    }

    /** Reads that it was recorded by mistake; throws as {@link #statement} does. */
    public static AnnulStatement annulment(StatementId id, AnnulmentInput input, Occasion occasion) {
        InputGuard.check(input);
        Form form = new Form();
        Cause cause = form.required(Cause.class, input.cause(), Cause.OTHER, "/cause");
        SourceReference authority = form.sourceReference(input.authority(), "/authority");
        form.fail();
        return new AnnulStatement(id, new StatementEvent.Annulled(cause, authority), occasion);
    }

    private Telling followingTelling(@Nullable String toldOn, @Nullable String channel, @Nullable String reference) {
        Telling telling = telling(toldOn, channel, reference);
        if (reference == null && !isUnknown("/channel")) {
            StatementRules.missing(telling).forEach(pointer -> form.require(null, pointer));
        }
        return telling;
    }

    private Telling telling(@Nullable String toldOnText, @Nullable String channelText, @Nullable String referenceText) {
        BusinessDate toldOn = form.date(toldOnText, BusinessDate.of(occasion.today()), "/toldOn");
        Channel channel = form.required(Channel.class, channelText, Channel.OTHER, "/channel");
        SourceReference reference = form.sourceReference(referenceText, "/reference");
        return new Telling(toldOn, channel, reference);
    }

    private YearMonth month(@Nullable String text, String at) {
        return form.required(text, Queries::month, YearMonth.from(occasion.today()), at, "A month is written 2018-04.");
    }

    /** Told in one of three ways, and not in two. */
    private Amount amount(@Nullable AmountInput input, String at) {
        form.require(input, at);
        if (input == null) {
            return Amount.exactly(0);
        }
        boolean isRange = input.least() != null || input.most() != null;
        long ways = Stream.of(input.exactly() != null, input.about() != null, isRange)
                .filter(isTold -> isTold)
                .count();
        int least = Objects.requireNonNullElse(input.least(), 0);
        if (ways != 1 || (input.most() != null && input.most() < least)) {
            form.flaw(at, Form.MALFORMED, "A number is told exactly, as about a number, or as a range.");
            return Amount.exactly(0);
        }
        if (isRange) {
            return Amount.between(least, input.most() == null ? null : (Long) (long) input.most());
        }
        return input.about() != null
                ? Amount.about(input.about())
                : Amount.exactly(Objects.requireNonNull(input.exactly()));
    }

    /** Told of the measure other, and of no other measure. */
    private @Nullable Subject subject(StatementInput input, PublishedMeasure measure) {
        Subject subject = form.parsed(
                input.subject(), Subject::parse, "/subject", "A subject is 2 to 40 capitals and underscores.");
        if (measure == PublishedMeasure.OTHER) {
            form.require(input.subject(), "/subject");
            return Objects.requireNonNullElse(subject, NO_SUBJECT);
        }
        if (input.subject() != null && !isUnknown("/measure")) {
            form.flaw("/subject", Form.MALFORMED, "Only of the measure 'other' is it told what is counted.");
        }
        return null;
    }

    private Backing backing(@Nullable BackingInput input, long newest) {
        Backing otherwise = new Backing.NamedSource(Source.OTHER, null);
        if (input == null || (input.position() == null && input.source() == null)) {
            form.flaw("/backing", Form.REQUIRED, "A number comes from a position of the ledger, or from a source.");
            return otherwise;
        }
        if (input.position() == null) {
            if (Boolean.TRUE.equals(input.wrongTelling())) {
                form.flaw(
                        "/backing/wrongTelling",
                        Form.MALFORMED,
                        "Only what is backed by a position can be told wrongly.");
            }
            return new Backing.NamedSource(
                    form.required(Source.class, input.source(), Source.OTHER, "/backing/source"),
                    form.sourceReference(input.reference(), "/backing/reference"));
        }
        if (input.source() != null || input.reference() != null) {
            form.flaw("/backing", Form.MALFORMED, "A number comes from a position of the ledger or from a source.");
            return otherwise;
        }
        if (input.position() > newest) {
            form.flaw("/backing/position", "out-of-range", "The ledger has no such position yet.");
            return otherwise;
        }
        return new Backing.AtPosition(input.position(), Boolean.TRUE.equals(input.wrongTelling()));
    }
}
