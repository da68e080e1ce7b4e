package org.pupilledger.views;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.Summary;
import org.pupilledger.figures.Tally;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.spans.PeriodTotalState;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;
import org.pupilledger.views.PeriodTotalCounts.PeopleCounts;
import org.pupilledger.views.PeriodTotalCounts.RequestCounts;

/**
 * A total of a longer period as it reads back.
 *
 * @param from        first month of receipt
 * @param to          last month, inclusive
 * @param requests    after every correction
 * @param individuals after every correction
 * @param corrections oldest first; the old values stay readable
 * @param annulment   null while it counts
 * @param sequence    0-based sequence of its newest event
 * @param position    of its newest event in the ledger, null until it has one
 */
@Schema(name = "PeriodTotal", description = "A total of a longer period: as recorded, with what follows from it.")
public record PeriodTotalView(
        String id,
        OrganisationCode organisation,
        YearMonth from,
        YearMonth to,
        RequestCounts requests,
        PeopleCounts individuals,
        Source source,
        @Nullable SourceReference reference,
        @Nullable BusinessDate published,
        List<PeriodTotalCorrectionView> corrections,
        @Nullable PeriodTotalAnnulmentView annulment,
        String summary,
        long sequence,
        @Nullable Long position) {
    /** @param sequence of the event that corrected it */
    public record PeriodTotalCorrectionView(
            PeriodTotalCounts was,
            PeriodTotalCounts now,
            Cause cause,
            @Nullable SourceReference authority,
            long sequence) {}

    public record PeriodTotalAnnulmentView(
            Cause cause, @Nullable SourceReference authority) {}

    public static PeriodTotalView of(String id, PeriodTotalState state, long sequence, @Nullable Long position) {
        Tally tally = Delta.contribution(state.counts());
        PeriodTotalState.Annulment annulment = state.annulment();
        return new PeriodTotalView(
                id,
                state.header().organisation(),
                state.header().period().from(),
                state.header().period().to(),
                RequestCounts.of(state.counts()),
                PeopleCounts.of(state.counts()),
                state.source().source(),
                state.source().reference(),
                state.source().published(),
                state.corrections().stream()
                        .map(correction -> new PeriodTotalCorrectionView(
                                PeriodTotalCounts.of(correction.was()),
                                PeriodTotalCounts.of(correction.now()),
                                correction.cause(),
                                correction.authority(),
                                correction.sequence()))
                        .toList(),
                annulment == null ? null : new PeriodTotalAnnulmentView(annulment.cause(), annulment.authority()),
                annulment == null ? Summary.of(tally) : Summary.ofAnnulled(tally),
                sequence,
                position);
    }
}
