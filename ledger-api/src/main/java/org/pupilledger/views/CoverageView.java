package org.pupilledger.views;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.coverage.Coverage;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.coverage.CoverageState;
import org.pupilledger.coverage.CoverageState.Standing;
import org.pupilledger.coverage.Declaration;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.SourceReference;

/**
 * A declaration of what is covered, as it reads back.
 *
 * @param to        last month; null where the record goes on
 * @param source    null where requests are recorded as they come in
 * @param standing  {@code PROPOSED} and {@code WITHDRAWAL_PROPOSED} wait for a second person
 * @param cause     of a withdrawal, proposed or confirmed
 * @param authority of a withdrawal, where it names one
 * @param sequence  0-based, of its newest event
 */
public record CoverageView(
        String id,
        OrganisationCode organisation,
        YearMonth from,
        @Nullable YearMonth to,
        @Nullable Source source,
        @Nullable SourceReference reference,
        Standing standing,
        @Nullable Cause cause,
        @Nullable SourceReference authority,
        long sequence) {
    public static CoverageView of(CoverageState state) {
        Declaration told = state.declaration();
        Cause cause = null;
        SourceReference authority = null;
        if (state.newest() instanceof CoverageEvent.WithdrawalProposed proposed) {
            cause = proposed.cause();
            authority = proposed.authority();
        } else if (state.newest() instanceof CoverageEvent.Withdrawn withdrawn) {
            cause = withdrawn.cause();
            authority = withdrawn.authority();
        }
        return new CoverageView(
                Coverage.idOf(told.months()),
                told.months().organisation(),
                told.months().from(),
                told.months().to(),
                told.source(),
                told.reference(),
                state.standing(),
                cause,
                authority,
                state.sequence());
    }
}
