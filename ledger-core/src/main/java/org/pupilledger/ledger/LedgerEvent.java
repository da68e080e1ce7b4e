package org.pupilledger.ledger;

import java.time.LocalDate;

/** Facts about the ledger itself. Names and fields are stored for ever; see {@code EventTypes}. */
public sealed interface LedgerEvent {
    /**
     * The ledger began.
     *
     * @param inception its first day, a date in Europe/London; what was received before may be recorded from a source
     */
    record Opened(LocalDate inception) implements LedgerEvent {}
}
