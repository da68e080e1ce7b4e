package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.register.AgreementRegister.StaleListing;

/** Agreements that a published list showed as live on a day on which they were not in force. */
@Schema(name = "StaleListings")
public record StaleListingsView(String on, List<StaleListingView> items) {
    /**
     * @param listedOn when the list first showed it so
     * @param source   the publication
     * @param reason   why it was not in force, as one sentence
     */
    public record StaleListingView(
            String reference, String level, String listedOn, String source, String standing, String reason) {}

    static StaleListingsView of(LocalDate on, List<StaleListing> stale) {
        return new StaleListingsView(
                on.toString(), stale.stream().map(StaleListingsView::view).toList());
    }

    private static StaleListingView view(StaleListing stale) {
        AgreementState state = stale.agreement().state();
        return new StaleListingView(
                state.reference().value(),
                state.level().code(),
                stale.shown().notice().on().toString(),
                stale.shown().notice().source().value(),
                stale.agreement().permission().standing(stale.on()).code(),
                state.reason(stale.on(), stale.agreement().permission().umbrella()));
    }
}
