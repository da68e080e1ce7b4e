package org.pupilledger.statement;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.values.SourceReference;

/**
 * Which statements are asked for; null for any.
 *
 * @param toldBy      leaves out what had not been told by then
 * @param reference   of the statement, of a correction of it, or of what its recipients were told
 * @param isCorrected whether it was ever corrected
 * @param isAnnulled  whether it was recorded by mistake
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
        @Nullable Boolean isAnnulled,
        @Nullable Boolean isStale) {

    boolean admits(Standing standing) {
        StatementState state = standing.statement().state();
        Figure figure = state.figure();
        return admits(figure)
                && (toldBy == null || state.valueToldBy(toldBy) != null)
                && (period == null || period.equals(figure.period()))
                && (channel == null || channel == state.made().telling().channel())
                && (reference == null || state.hasReference(reference.value()))
                && (isCorrected == null || isCorrected == state.isCorrected())
                && (isAnnulled == null || isAnnulled == (state.annulment() != null))
                && (isStale == null || isStale == standing.isStale());
    }

    boolean admits(Conflict conflict) {
        return conflict.statements().stream()
                .anyMatch(said -> admits(said.statement().state().figure()));
    }

    private boolean admits(Figure figure) {
        return (organisation == null || organisation.equals(figure.organisation()))
                && (measure == null || measure == figure.measure());
    }
}
