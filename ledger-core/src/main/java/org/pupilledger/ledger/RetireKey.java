package org.pupilledger.ledger;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Takes a key out of use for ever; one that is not active changes nothing.
 *
 * @param verifierKey the text with which it was introduced
 */
public record RetireKey(@TargetAggregateIdentifier String id, String verifierKey) {
    public RetireKey {
        KeyText.check(verifierKey);
    }

    public RetireKey(String verifierKey) {
        this(LedgerEvent.ID, verifierKey);
    }
}
