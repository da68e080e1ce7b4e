package org.pupilledger.organisation;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Adds an organisation, or changes its name, category or parent. */
public record PutOrganisation(@TargetAggregateIdentifier OrganisationCode code, OrganisationProfile profile) {}
