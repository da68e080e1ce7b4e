package org.pupilledger.organisation;

import org.jspecify.annotations.Nullable;

/**
 * Where an organisation stands among the others, as far as the figures go by it.
 *
 * @param parent the organisation it rolls up to, if any
 */
public record Placement(Category category, @Nullable OrganisationCode parent) {
    public static Placement of(OrganisationProfile profile) {
        return new Placement(profile.category(), profile.parent());
    }
}
