package org.pupilledger.views;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;

/**
 * @param proposed what takes effect when a second person says the same; only there while something is proposed
 * @param sequence 0-based sequence of its newest event
 */
@Schema(name = "Organisation", description = "An organisation that asks or receives.")
public record OrganisationView(
        OrganisationCode code,
        @JsonUnwrapped OrganisationProfile profile,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Proposed proposed,
        long sequence) {
    /** Another category or parent. */
    @Schema(name = "ProposedOrganisation", description = "What takes effect when a second person puts the same.")
    public record Proposed(@JsonUnwrapped OrganisationProfile profile) {}

    public static OrganisationView of(
            OrganisationCode code, OrganisationProfile profile, @Nullable OrganisationProfile proposed, long sequence) {
        return new OrganisationView(code, profile, proposed == null ? null : new Proposed(proposed), sequence);
    }
}
