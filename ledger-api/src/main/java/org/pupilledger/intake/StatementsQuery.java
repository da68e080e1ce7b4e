package org.pupilledger.intake;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.SourceReference;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.Conflict;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.Standing;
import org.pupilledger.statement.StatementState;

/**
 * Which statements are asked for; null for any.
 *
 * @param toldBy      leaves out what had not been told by then
 * @param reference   of the statement, of a correction of it, or of what its recipients were told
 * @param isCorrected whether it was ever corrected
 * @param isStale     whether recipients must be told anew
 */
public record StatementsQuery(
        @Nullable LocalDate toldBy,
        @Nullable OrganisationCode organisation,
        @Nullable PublishedMeasure measure,
        @Nullable Period period,
        @Nullable Channel channel,
        @Nullable SourceReference reference,
        @Nullable Boolean isCorrected,
        @Nullable Boolean isStale) {

    /**
     * Reads the parameters as they were typed.
     *
     * @throws InvalidInput naming the parameter
     */
    public static StatementsQuery read(
            @Nullable String asToldOn,
            @Nullable String organisation,
            @Nullable String measure,
            @Nullable String period,
            @Nullable String channel,
            @Nullable String reference,
            @Nullable String corrected,
            @Nullable String stale) {
        return new StatementsQuery(
                asToldOn == null ? null : date(asToldOn),
                organisation == null ? null : Queries.organisation("organisation", organisation),
                measure == null
                        ? null
                        : Code.parse(PublishedMeasure.class, measure).orElseThrow(() -> Queries.unknownCode("measure")),
                period == null ? null : period(period),
                channel == null
                        ? null
                        : Code.parse(Channel.class, channel).orElseThrow(() -> Queries.unknownCode("channel")),
                reference == null
                        ? null
                        : SourceReference.parse(reference)
                                .orElseThrow(() -> new InvalidInput(
                                        "reference", "malformed", "This is not how references are written.")),
                corrected == null ? null : (Boolean) Queries.truth("corrected", corrected),
                stale == null ? null : (Boolean) Queries.truth("stale", stale));
    }

    private static LocalDate date(String text) {
        return BusinessDate.parse(text)
                .map(BusinessDate::latest)
                .orElseThrow(() -> new InvalidInput(
                        "asToldOn", "malformed", "A date is written 2016-12-31; a month means its last day."));
    }

    private static Period period(String text) {
        return Queries.period(text)
                .filter(period -> period.by() == By.MONTH || period.by() == By.TOTAL)
                .map(period -> Period.range(period.from(), period.to()))
                .orElseThrow(() -> new InvalidInput(
                        "period",
                        "malformed",
                        "A period is written 2015-07/2016-09, first and last month, or 2016-09."));
    }

    public boolean admits(Standing standing) {
        StatementState state = standing.statement().state();
        Figure figure = state.figure();
        return admits(figure)
                && (toldBy == null || state.valueToldBy(toldBy) != null)
                && (period == null || period.equals(figure.period()))
                && (channel == null || channel == state.made().telling().channel())
                && (reference == null || state.hasReference(reference.value()))
                && (isCorrected == null || isCorrected == state.isCorrected())
                && (isStale == null || isStale == standing.isStale());
    }

    public boolean admits(Conflict conflict) {
        return admits(conflict.figure());
    }

    private boolean admits(Figure figure) {
        return (organisation == null || organisation.equals(figure.organisation()))
                && (measure == null || measure == figure.measure());
    }
}
