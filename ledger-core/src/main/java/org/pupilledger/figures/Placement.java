package org.pupilledger.figures;

import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;

/**
 * Where an organisation stands among the others, as far as the figures go by it.
 *
 * @param parent the organisation it rolls up to, if any
 */
public record Placement(Category category, @Nullable OrganisationCode parent) {
    static Placement of(OrganisationProfile profile) {
        return new Placement(profile.category(), profile.parent());
    }
}
