package org.pupilledger.organisation;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;
import org.pupilledger.privacy.Guard;
import org.pupilledger.request.MatchingRequest;

/** One organisation. It is never removed, since figures name it for ever. */
@AggregateRoot(type = Organisation.TYPE)
public class Organisation {
    public static final String TYPE = OrganisationEvent.AGGREGATE;

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable OrganisationCode code;

    private @Nullable OrganisationProfile profile;

    /** Another category or parent, before a second person. */
    private @Nullable OrganisationProfile proposed;

    private @Nullable String proposer;

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
     * @param standing what still holds where the command only proposed another; else null
     */
    public record Recorded(
            boolean isNew, long sequence, @Nullable OrganisationProfile standing) {
        /** What took effect. */
        public Recorded(boolean isNew, long sequence) {
            this(isNew, sequence, null);
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Recorded handle(PutOrganisation command, @MetaDataValue(MatchingRequest.ACTOR) String actor) {
        Guard.inName(command.profile().name()).ifPresent(finding -> {
            throw new NameRefused(finding);
        });
        OrganisationProfile before = profile;
        OrganisationProfile now = command.profile();
        if (before == null) {
            checkVersion(command, PutOrganisation.NEW);
            apply(new OrganisationEvent.Registered(command.code(), now));
            return new Recorded(true, getVersion());
        }
        if (now.equals(before)) {
            if (proposed != null) {
                checkVersion(command, getVersion());
                apply(new OrganisationEvent.ChangeProposed(command.code(), before, before));
            } else if (command.mustBeNew()) {
                throw new StaleOrganisation();
            }
            return new Recorded(false, getVersion());
        }
        boolean isProposed = now.equals(proposed);
        boolean isOwn = isProposed && actor.equals(proposer);
        if (!isOwn || command.mustBeNew()) {
            checkVersion(command, getVersion());
        }
        if (now.isPlacedLike(before) || (isProposed && !isOwn)) {
            apply(new OrganisationEvent.Changed(command.code(), before, now));
            return new Recorded(false, getVersion());
        }
        if (!isOwn) {
            apply(new OrganisationEvent.ChangeProposed(command.code(), before, now));
        }
        return new Recorded(false, getVersion(), before);
    }

    private static void checkVersion(PutOrganisation command, long sequence) {
        if (!command.admits(sequence)) {
            throw new StaleOrganisation();
        }
    }

    @EventSourcingHandler
    void on(OrganisationEvent event, @MetaDataValue(MatchingRequest.ACTOR) @Nullable String actor) {
        proposed = null;
        proposer = null;
        switch (event) {
            case OrganisationEvent.Registered registered -> {
                code = registered.code();
                profile = registered.profile();
            }
            case OrganisationEvent.Changed changed -> profile = changed.now();
            case OrganisationEvent.ChangeProposed change -> {
                if (!change.now().equals(change.was())) {
                    proposed = change.now();
                    proposer = actor;
                }
            }
        }
    }
}
