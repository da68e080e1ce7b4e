package org.pupilledger.views;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.agreement.Standing;
import org.pupilledger.register.AgreementRegister.StaleListing;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/** Agreements that a published list showed as live on a day on which they were not in force. */
@Schema(name = "StaleListings")
public record StaleListingsView(LocalDate on, List<StaleListingView> items) {
    /**
     * @param listedOn when the list first showed it so
     * @param source   the publication
     * @param reason   why it was not in force, as one sentence
     */
    public record StaleListingView(
            AgreementReference reference,
            AgreementLevel level,
            BusinessDate listedOn,
            SourceReference source,
            Standing standing,
            String reason) {}

    public static StaleListingsView of(LocalDate on, List<StaleListing> stale) {
        return new StaleListingsView(
                on, stale.stream().map(StaleListingsView::view).toList());
    }

    private static StaleListingView view(StaleListing stale) {
        AgreementState state = stale.agreement().state();
        return new StaleListingView(
                state.reference(),
                state.level(),
                stale.shown().notice().on(),
                stale.shown().notice().source(),
                stale.agreement().permission().standing(stale.on()),
                state.reason(stale.on(), stale.agreement().permission().umbrella()));
    }
}
