package org.pupilledger.ledger;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Makes a key one of those that sign the ledger's checkpoints; one that is active already changes nothing.
 *
 * @param verifierKey see {@link LedgerEvent.KeyIntroduced}
 */
public record IntroduceKey(@TargetAggregateIdentifier String id, String verifierKey) {
    public IntroduceKey {
        KeyText.check(verifierKey);
    }

    public IntroduceKey(String verifierKey) {
        this(LedgerEvent.ID, verifierKey);
    }
}
