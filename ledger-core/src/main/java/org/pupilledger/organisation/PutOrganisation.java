package org.pupilledger.organisation;

import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Adds an organisation, or changes its name, category or parent.
 *
 * @param ifMatch sequences of which its newest event must have one, or null for any (RFC 9110, 13.1.1)
 */
public record PutOrganisation(
        @TargetAggregateIdentifier OrganisationCode code,
        OrganisationProfile profile,
        @Nullable Set<Long> ifMatch) {}
