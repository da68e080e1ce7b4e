package org.pupilledger.organisation;

/** Facts about one organisation. Names and fields are stored for ever; see {@code EventTypes}. */
public sealed interface OrganisationEvent {
    OrganisationCode code();

    /** What is recorded of the organisation once this has happened. */
    default OrganisationProfile standing() {
        return switch (this) {
            case Registered registered -> registered.profile();
            case Changed changed -> changed.now();
            case ChangeProposed change -> change.was();
        };
    }

    /** The aggregate's type; the names of the events begin with it. Here, so that who only reads needs no aggregate. */
    String AGGREGATE = "organisation";

    record Registered(OrganisationCode code, OrganisationProfile profile) implements OrganisationEvent {}

    record Changed(OrganisationCode code, OrganisationProfile was, OrganisationProfile now)
            implements OrganisationEvent {}

    /**
     * Another category or parent is before a second person; until then everything stays.
     *
     * @param was what stands
     * @param now what takes effect when somebody else says the same; the same as {@code was} where nothing does any more
     */
    record ChangeProposed(OrganisationCode code, OrganisationProfile was, OrganisationProfile now)
            implements OrganisationEvent {}
}
