package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementCounts;
import org.pupilledger.agreement.PartyRole;

/** @param distinct agreements in force of all these organisations, each counted once */
@Schema(
        name = "AgreementCounts",
        description =
                "Agreements in force on a day, by organisation. An agreement of several organisations counts for each"
                        + " of them, so their numbers must not be added up.")
public record AgreementCountsView(String on, int distinct, List<OrganisationCountView> organisations) {
    /**
     * @param own       in which it is itself, in whatever role
     * @param withBelow those, and those of organisations below it; each once
     * @param shared    how many of these are between more than one organisation
     */
    public record OrganisationCountView(
            String organisation,
            String name,
            @Nullable String parent,
            int own,
            int withBelow,
            int shared,
            List<CountedAgreementView> agreements) {}

    /**
     * @param via    the organisation below through which it counts; null where the organisation is in it itself
     * @param reason why it counts or does not, as one sentence
     */
    public record CountedAgreementView(
            String reference,
            String level,
            List<String> roles,
            @Nullable String via,
            boolean shared,
            String standing,
            boolean counted,
            String reason) {}

    static AgreementCountsView of(AgreementCounts counts) {
        return new AgreementCountsView(
                counts.on().toString(),
                counts.distinct(),
                counts.organisations().stream()
                        .map(AgreementCountsView::organisation)
                        .toList());
    }

    private static OrganisationCountView organisation(AgreementCounts.OfOrganisation row) {
        return new OrganisationCountView(
                row.organisation().value(),
                row.profile().name(),
                row.profile().parent() == null ? null : row.profile().parent().value(),
                row.own(),
                row.withBelow(),
                row.shared(),
                row.agreements().stream().map(AgreementCountsView::agreement).toList());
    }

    private static CountedAgreementView agreement(AgreementCounts.Counted one) {
        return new CountedAgreementView(
                one.reference().value(),
                one.level().code(),
                one.roles().stream().map(PartyRole::code).toList(),
                one.via() == null ? null : one.via().value(),
                one.isShared(),
                one.standing().code(),
                one.isCounted(),
                one.reason());
    }
}
