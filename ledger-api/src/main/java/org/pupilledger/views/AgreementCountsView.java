package org.pupilledger.views;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementCounts;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.AgreementReference;

/**
 * @param asAt     the instant or date asked for
 * @param position of the newest entry that is looked at
 * @param distinct shares in force of all these organisations, each counted once
 */
@Schema(
        name = "AgreementCounts",
        description =
                "Data shares in force on a day, by organisation: agreements under one reference are one. A share of"
                        + " several organisations counts for each of them, so their numbers must not be added up.")
public record AgreementCountsView(
        LocalDate on, @Nullable String asAt, long position, int distinct, List<OrganisationCountView> organisations) {
    /**
     * @param own       to which it is itself a party or a recipient
     * @param withBelow those, and those of organisations below it; each once
     * @param shared    how many of these are between more than one organisation
     * @param startNotStated how many of these state neither start nor signature, so that no source says since when they are in
     *                       force
     * @param newest    of these the one that was signed last; null where no signature is stated
     */
    public record OrganisationCountView(
            OrganisationCode organisation,
            String name,
            @Nullable OrganisationCode parent,
            int own,
            int withBelow,
            int shared,
            int startNotStated,
            @Nullable AgreementReference newest,
            List<AgreementCounts.Counted> agreements) {}

    public static AgreementCountsView of(AgreementCounts counts, @Nullable String asAt, long position) {
        return new AgreementCountsView(
                counts.on(),
                asAt,
                position,
                counts.distinct(),
                counts.organisations().stream()
                        .map(row -> new OrganisationCountView(
                                row.organisation(),
                                row.profile().name(),
                                row.profile().parent(),
                                row.own(),
                                row.withBelow(),
                                row.shared(),
                                row.startNotStated(),
                                row.newest(),
                                row.agreements()))
                        .toList());
    }
}
