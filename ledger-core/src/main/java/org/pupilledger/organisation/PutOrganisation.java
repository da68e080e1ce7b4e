package org.pupilledger.organisation;

import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Adds an organisation, or changes its name, category or parent.
 *
 * @param ifMatch     sequences of which its newest event must have one, or null for any (RFC 9110, 13.1.1)
 * @param ifNoneMatch sequences of which it must have none (RFC 9110, 13.1.2)
 */
public record PutOrganisation(
        @TargetAggregateIdentifier OrganisationCode code,
        OrganisationProfile profile,
        @Nullable Set<Long> ifMatch,
        Set<Long> ifNoneMatch) {
    /** Stands for the sequence of an organisation that is not there yet. */
    public static final long NEW = -1;

    public PutOrganisation(OrganisationCode code, OrganisationProfile profile, @Nullable Set<Long> ifMatch) {
        this(code, profile, ifMatch, Set.of());
    }

    /** Whether it may only be added, and nothing changed that is there. */
    boolean mustBeNew() {
        return ifMatch != null && ifMatch.contains(NEW);
    }

    boolean admits(long sequence) {
        return (ifMatch == null || ifMatch.contains(sequence)) && !ifNoneMatch.contains(sequence);
    }
}
