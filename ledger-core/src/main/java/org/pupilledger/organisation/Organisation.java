package org.pupilledger.organisation;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;
import org.pupilledger.privacy.Guard;

/** One organisation. It is never removed, since figures name it for ever. */
@AggregateRoot(type = Organisation.TYPE)
public class Organisation {
    public static final String TYPE = "organisation";

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable OrganisationCode code;

    private @Nullable OrganisationProfile profile;

    protected Organisation() {}

    /** What is recorded of it; only of one that exists. */
    public OrganisationProfile profile() {
        if (profile == null) {
            throw new IllegalStateException("not registered");
        }
        return profile;
    }

    /**
     * What a command led to.
     *
     * @param sequence 0-based sequence of the newest event
     */
    public record Recorded(boolean isNew, long sequence) {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Recorded handle(PutOrganisation command) {
        Guard.inName(command.profile().name()).ifPresent(finding -> {
            throw new NameRefused(finding);
        });
        boolean isNew = profile == null;
        if (profile == null) {
            checkVersion(command, PutOrganisation.NEW);
            apply(new OrganisationEvent.Registered(command.code(), command.profile()));
        } else if (!profile.equals(command.profile())) {
            checkVersion(command, getVersion());
            apply(new OrganisationEvent.Changed(command.code(), profile, command.profile()));
        } else if (command.mustBeNew()) {
            throw new StaleOrganisation();
        }
        return new Recorded(isNew, getVersion());
    }

    private static void checkVersion(PutOrganisation command, long sequence) {
        if (!command.admits(sequence)) {
            throw new StaleOrganisation();
        }
    }

    @EventSourcingHandler
    void on(OrganisationEvent event) {
        switch (event) {
            case OrganisationEvent.Registered registered -> {
                code = registered.code();
                profile = registered.profile();
            }
            case OrganisationEvent.Changed changed -> profile = changed.now();
        }
    }
}
