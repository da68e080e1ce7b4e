package org.pupilledger.statement;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.values.BusinessDate;

/**
 * What a number is about. Two statements are about the same figure where all of this is the same.
 *
 * @param subject      what is counted, of {@link PublishedMeasure#OTHER}; null of every other measure
 * @param organisation whose requests are counted; null for those of all organisations together
 * @param endsOn       the day in the last month of the period up to which it counts; null for the whole month
 */
public record Figure(
        PublishedMeasure measure,
        @Nullable Subject subject,
        @Nullable OrganisationCode organisation,
        Period period,
        @Nullable LocalDate endsOn) {
    public Figure {
        if ((subject != null) != (measure == PublishedMeasure.OTHER)) {
            throw new IllegalArgumentException("a subject is told of another measure, and of nothing else");
        }
        if (endsOn != null && !endsOn.isBefore(period.to().atEndOfMonth())) {
            endsOn = null;
        }
        if (endsOn != null && endsOn.isBefore(period.to().atDay(1))) {
            throw new IllegalArgumentException("a period that ends before its last month");
        }
    }

    /** Of whole months. */
    public Figure(PublishedMeasure measure, @Nullable OrganisationCode organisation, Period period) {
        this(measure, null, organisation, period, null);
    }

    /** The same of other months, all of them whole. */
    Figure in(Period months) {
        return new Figure(measure, subject, organisation, months, null);
    }

    /** The last month, or the day in it up to which it counts. */
    public BusinessDate to() {
        return endsOn == null ? new BusinessDate(period.to(), null) : BusinessDate.of(endsOn);
    }

    /** The last day that it counts. */
    LocalDate end() {
        return endsOn == null ? period.to().atEndOfMonth() : endsOn;
    }

    /** Whether it counts all days that another does, or more. */
    boolean spans(Figure other) {
        return !period.from().isAfter(other.period.from()) && !end().isBefore(other.end());
    }

    /** {@code individuals matched of DWP in Apr to Jun 2018} */
    public String label() {
        return (subject == null ? measure.label() : subject.label()) + " of "
                + (organisation == null ? "all organisations" : organisation) + " in "
                + Period.months(period.from(), period.to()).label() + (endsOn == null ? "" : " up to " + endsOn);
    }
}
