package org.pupilledger.organisation;

/** Facts about one organisation. Names and fields are stored for ever; see {@code EventTypes}. */
public sealed interface OrganisationEvent {
    record Registered(OrganisationCode code, OrganisationProfile profile) implements OrganisationEvent {}

    record Changed(OrganisationCode code, OrganisationProfile was, OrganisationProfile now)
            implements OrganisationEvent {}
}
