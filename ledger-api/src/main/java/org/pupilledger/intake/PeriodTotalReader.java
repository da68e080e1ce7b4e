package org.pupilledger.intake;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Source;
import org.pupilledger.intake.PeriodTotalInput.PeriodTotalCorrectionInput;
import org.pupilledger.intake.RequestInput.AnnulmentInput;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.reading.Form;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.reading.Queries;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Occasion;
import org.pupilledger.spans.CountedElsewhere;
import org.pupilledger.spans.Counts;
import org.pupilledger.spans.PeriodTotalCommand.AnnulPeriodTotal;
import org.pupilledger.spans.PeriodTotalCommand.CorrectPeriodTotal;
import org.pupilledger.spans.PeriodTotalCommand.RecordPeriodTotal;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.spans.PeriodTotalId;
import org.pupilledger.spans.PeriodTotalRules;
import org.pupilledger.spans.SpanHeader;
import org.pupilledger.values.Historic;
import org.pupilledger.values.SourceReference;
import org.pupilledger.views.PeriodTotalCounts;

/** Turns what was typed about a total of a longer period into a command. */
public final class PeriodTotalReader {
    private final Form form = new Form();

    private PeriodTotalReader() {}

    /**
     * @param others what else is counted for the organisation
     * @throws PersonalDataFound  what was typed must not be kept
     * @throws InvalidInput       the form is wrong or something is missing
     * @throws Refused.RuleBroken the total breaks rules by itself
     */
    public static RecordPeriodTotal total(
            PeriodTotalId id, PeriodTotalInput input, CountedElsewhere others, Occasion occasion) {
        InputGuard.check(input);
        return new PeriodTotalReader().command(id, input, others, occasion);
    }

    private RecordPeriodTotal command(
            PeriodTotalId id, PeriodTotalInput input, CountedElsewhere others, Occasion occasion) {
        OrganisationCode organisation = form.organisation(input.organisation(), "/organisation");
        YearMonth from = month(input.from(), "/from", occasion);
        YearMonth to = month(input.to(), "/to", occasion);
        Counts counts = counts(new PeriodTotalCounts(input.requests(), input.individuals()), "");
        Historic source = new Historic(
                form.required(Source.class, input.source(), Source.OTHER, "/source"),
                form.sourceReference(input.reference(), "/reference"),
                form.date(input.published(), "/published"));
        form.failOnFlaws();
        if (to.isBefore(from)) {
            form.addAll(List.of(new Violation(Rule.DATES_OUT_OF_ORDER, "/to")));
        }
        SpanHeader header = new SpanHeader(organisation, Period.months(from, to.isBefore(from) ? from : to));
        PeriodTotalEvent.Recorded total = new PeriodTotalEvent.Recorded(header, counts, source);
        form.addAll(PeriodTotalRules.broken(total, occasion));
        form.failOnViolations();
        return new RecordPeriodTotal(id, total, others, occasion);
    }

    /** Reads a correction; throws as {@link #total} does. */
    public static CorrectPeriodTotal correction(PeriodTotalId id, PeriodTotalCorrectionInput input, Occasion occasion) {
        InputGuard.check(input);
        PeriodTotalReader reader = new PeriodTotalReader();
        Counts was = reader.counts(input.was(), "/was");
        Counts now = reader.counts(input.now(), "/now");
        Cause cause = reader.form.required(Cause.class, input.cause(), Cause.OTHER, "/cause");
        SourceReference authority = reader.form.sourceReference(input.authority(), "/authority");
        reader.form.fail();
        return new CorrectPeriodTotal(id, was, now, cause, authority, occasion);
    }

    /** Reads that it was recorded by mistake; throws as {@link #total} does. */
    public static AnnulPeriodTotal annulment(PeriodTotalId id, AnnulmentInput input, Occasion occasion) {
        InputGuard.check(input);
        Form form = new Form();
        Cause cause = form.required(Cause.class, input.cause(), Cause.OTHER, "/cause");
        SourceReference authority = form.sourceReference(input.authority(), "/authority");
        form.fail();
        return new AnnulPeriodTotal(id, cause, authority, occasion);
    }

    private Counts counts(@Nullable PeriodTotalCounts input, String at) {
        form.require(input, at);
        return input == null ? new Counts(Map.of()) : input.counts();
    }

    private YearMonth month(@Nullable String text, String at, Occasion occasion) {
        return form.required(text, Queries::month, YearMonth.from(occasion.today()), at, "A month is written 2018-04.");
    }
}
