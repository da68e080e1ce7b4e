package org.pupilledger.ledger;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The ledger as a thing with facts of its own; there is exactly one. */
@AggregateRoot(type = Ledger.TYPE)
public class Ledger {
    public static final String TYPE = "ledger";

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String id;

    private @Nullable LocalDate inception;
    private @Nullable String keyName;
    private final Set<String> activeKeys = new HashSet<>();
    private final Set<String> retiredKeys = new HashSet<>();

    protected Ledger() {}

    /** Returns the ledger's first day, which is the one given only where the ledger was not open yet. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    LocalDate handle(OpenLedger command) {
        if (inception == null) {
            apply(new LedgerEvent.Opened(command.inception()));
            return command.inception();
        }
        return inception;
    }

    /** Returns true where this was recorded. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Boolean handle(IntroduceKey command) {
        String key = command.verifierKey();
        if (activeKeys.contains(key)) {
            return false;
        }
        if (retiredKeys.contains(key)) {
            throw new KeyRefused(KeyRefused.Reason.RETIRED);
        }
        if (keyName != null && !keyName.equals(KeyText.nameIn(key))) {
            throw new KeyRefused(KeyRefused.Reason.OTHER_NAME);
        }
        apply(new LedgerEvent.KeyIntroduced(key));
        return true;
    }

    /** Returns true where this was recorded. */
    @CommandHandler
    Boolean handle(RetireKey command) {
        String key = command.verifierKey();
        if (!activeKeys.contains(key)) {
            return false;
        }
        if (activeKeys.size() == 1) {
            throw new KeyRefused(KeyRefused.Reason.LAST_ACTIVE);
        }
        apply(new LedgerEvent.KeyRetired(key));
        return true;
    }

    @EventSourcingHandler
    void on(LedgerEvent event) {
        id = LedgerEvent.ID;
        switch (event) {
            case LedgerEvent.Opened opened -> inception = opened.inception();
            case LedgerEvent.KeyIntroduced introduced -> {
                keyName = KeyText.nameIn(introduced.verifierKey());
                activeKeys.add(introduced.verifierKey());
            }
            case LedgerEvent.KeyRetired retired -> {
                activeKeys.remove(retired.verifierKey());
                retiredKeys.add(retired.verifierKey());
            }
        }
    }
}
