package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;

/** @param sequence 0-based sequence of its newest event */
@Schema(name = "Organisation", description = "An organisation that asks or receives.")
public record OrganisationView(
        String code, String name, String category, @Nullable String parent, long sequence) {
    static OrganisationView of(OrganisationCode code, OrganisationProfile profile, long sequence) {
        OrganisationCode parent = profile.parent();
        return new OrganisationView(
                code.value(),
                profile.name(),
                profile.category().name(),
                parent == null ? null : parent.value(),
                sequence);
    }
}
