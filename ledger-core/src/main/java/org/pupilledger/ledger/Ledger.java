package org.pupilledger.ledger;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.time.LocalDate;
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

    static final String ID = "ledger";

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String id;

    private @Nullable LocalDate inception;

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

    @EventSourcingHandler
    void on(LedgerEvent event) {
        switch (event) {
            case LedgerEvent.Opened opened -> {
                id = ID;
                inception = opened.inception();
            }
        }
    }
}
