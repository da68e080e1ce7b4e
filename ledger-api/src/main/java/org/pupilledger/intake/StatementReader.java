package org.pupilledger.intake;

import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.intake.RequestInput.AnnulmentInput;
import org.pupilledger.intake.StatementInput.BackingInput;
import org.pupilledger.intake.StatementInput.RecipientsToldInput;
import org.pupilledger.intake.StatementInput.StatementCorrectionInput;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.Refused;
import org.pupilledger.request.Rule;
import org.pupilledger.request.SourceReference;
import org.pupilledger.request.Violation;
import org.pupilledger.statement.Backing;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.StatementCommand.AnnulStatement;
import org.pupilledger.statement.StatementCommand.CorrectStatement;
import org.pupilledger.statement.StatementCommand.RecordRecipientsTold;
import org.pupilledger.statement.StatementCommand.RecordStatement;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.statement.StatementId;
import org.pupilledger.statement.StatementRules;
import org.pupilledger.statement.Telling;
import org.pupilledger.statement.Unit;

/** Turns what was typed about a statement into a command; tells what is wrong in the order that the contract fixes. */
public final class StatementReader {
    private final Form form = new Form();
    private final Occasion occasion;

    private StatementReader(Occasion occasion) {
        this.occasion = occasion;
    }

    /**
     * @param newest position of the ledger's newest entry, beyond which nothing can be backed; -1 before the first
     * @throws PersonalDataFound  what was typed must not be kept
     * @throws InvalidInput       the form is wrong or something is missing
     * @throws Refused.RuleBroken the statement breaks rules by itself
     */
    public static RecordStatement statement(StatementId id, StatementInput input, Occasion occasion, long newest) {
        InputGuard.check(input);
        return new StatementReader(occasion).command(id, input, newest);
    }

    private RecordStatement command(StatementId id, StatementInput input, long newest) {
        Telling telling = telling(input.toldOn(), input.channel(), input.reference());
        OrganisationCode body = input.body() == null ? null : form.organisation(input.body(), "/body");
        PublishedMeasure measure =
                form.required(PublishedMeasure.class, input.measure(), PublishedMeasure.REQUESTS_RECEIVED, "/measure");
        OrganisationCode organisation =
                input.organisation() == null ? null : form.organisation(input.organisation(), "/organisation");
        YearMonth from = month(input.from(), "/from");
        YearMonth to = month(input.to(), "/to");
        int value = number(input.value(), "/value");
        Unit unit = form.required(Unit.class, input.unit(), measure.unit(), "/unit");
        Backing backing = backing(input.backing(), newest);
        Period period = Period.range(from, to.isBefore(from) ? from : to);
        StatementEvent.Made made =
                new StatementEvent.Made(telling, body, new Figure(measure, organisation, period), value, backing);
        if (input.channel() != null && input.reference() == null && !isUnknown("/channel")) {
            StatementRules.missing(made).forEach(pointer -> form.require(null, pointer));
        }
        form.failOnFlaws();
        if (to.isBefore(from)) {
            form.addAll(List.of(new Violation(Rule.DATES_OUT_OF_ORDER, "/to")));
        }
        RecordStatement command = new RecordStatement(id, made, unit, occasion);
        form.addAll(broken(command));
        form.failOnViolations();
        return command;
    }

    /** A code that is not known has no unit of its own to compare. */
    private Collection<Violation> broken(RecordStatement command) {
        boolean isGuess = isUnknown("/measure") || isUnknown("/unit");
        return StatementRules.broken(command).stream()
                .filter(violation -> !isGuess || violation.rule() != Rule.UNIT_DOES_NOT_FIT)
                .toList();
    }

    private boolean isUnknown(String pointer) {
        return form.violations().contains(new Violation(Rule.UNKNOWN_CODE, pointer));
    }

    /** Reads a correction; throws as {@link #statement} does. */
    public static CorrectStatement correction(StatementId id, StatementCorrectionInput input, Occasion occasion) {
        InputGuard.check(input);
        StatementReader reader = new StatementReader(occasion);
        int was = reader.number(input.was(), "/was");
        int now = reader.number(input.now(), "/now");
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
        int value = reader.number(input.value(), "/value");
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

    private int number(@Nullable Integer number, String at) {
        form.require(number, at);
        return Objects.requireNonNullElse(number, 0);
    }

    private Backing backing(@Nullable BackingInput input, long newest) {
        Backing otherwise = new Backing.NamedSource(Source.OTHER, null);
        if (input == null || (input.position() == null && input.source() == null)) {
            form.flaw("/backing", Form.REQUIRED, "A number comes from a position of the ledger, or from a source.");
            return otherwise;
        }
        if (input.position() == null) {
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
        return new Backing.AtPosition(input.position());
    }
}
