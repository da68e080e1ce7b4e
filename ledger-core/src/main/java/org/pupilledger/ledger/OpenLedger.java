package org.pupilledger.ledger;

import java.time.LocalDate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Opens the ledger; on one that is open already it changes nothing. */
public record OpenLedger(@TargetAggregateIdentifier String id, LocalDate inception) {
    public OpenLedger(LocalDate inception) {
        this(LedgerEvent.ID, inception);
    }
}
