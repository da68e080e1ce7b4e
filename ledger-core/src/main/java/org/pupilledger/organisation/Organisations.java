package org.pupilledger.organisation;

import java.util.Optional;

/** The organisations that exist, as far as a rule needs to know them. */
@FunctionalInterface
public interface Organisations {
    Optional<OrganisationProfile> find(OrganisationCode code);
}
