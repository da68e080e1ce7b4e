package org.pupilledger.organisation;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The organisations that exist, as far as a rule needs to know them. */
@FunctionalInterface
public interface Organisations {
    Optional<OrganisationProfile> find(OrganisationCode code);

    /**
     * An organisation and whatever is above it, the nearest first. Where two proposals, confirmed at the same moment, made a
     * circle of parents, each organisation of it once.
     */
    default Set<OrganisationCode> chain(OrganisationCode organisation) {
        return chain(organisation, code -> find(code).map(OrganisationProfile::parent));
    }

    /** @param parent of an organisation; empty where it has none, or is not known */
    static Set<OrganisationCode> chain(
            OrganisationCode organisation, Function<OrganisationCode, Optional<OrganisationCode>> parent) {
        Set<OrganisationCode> chain = new LinkedHashSet<>();
        Optional<OrganisationCode> next = Optional.of(organisation);
        while (next.isPresent() && chain.add(next.get())) {
            next = parent.apply(next.get());
        }
        return chain;
    }
}
