package org.pupilledger.views;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementCounts;
import org.pupilledger.organisation.OrganisationCode;

/** @param distinct agreements in force of all these organisations, each counted once */
@Schema(
        name = "AgreementCounts",
        description =
                "Agreements in force on a day, by organisation. An agreement of several organisations counts for each"
                        + " of them, so their numbers must not be added up.")
public record AgreementCountsView(LocalDate on, int distinct, List<OrganisationCountView> organisations) {
    /**
     * @param own       in which it is itself, in whatever role
     * @param withBelow those, and those of organisations below it; each once
     * @param shared    how many of these are between more than one organisation
     */
    public record OrganisationCountView(
            OrganisationCode organisation,
            String name,
            @Nullable OrganisationCode parent,
            int own,
            int withBelow,
            int shared,
            List<AgreementCounts.Counted> agreements) {}

    public static AgreementCountsView of(AgreementCounts counts) {
        return new AgreementCountsView(
                counts.on(),
                counts.distinct(),
                counts.organisations().stream()
                        .map(row -> new OrganisationCountView(
                                row.organisation(),
                                row.profile().name(),
                                row.profile().parent(),
                                row.own(),
                                row.withBelow(),
                                row.shared(),
                                row.agreements()))
                        .toList());
    }
}
