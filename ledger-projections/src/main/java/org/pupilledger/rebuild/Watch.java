package org.pupilledger.rebuild;

import java.util.concurrent.CancellationException;

/** Watches a rebuild. Both are called often, by the thread that rebuilds. */
public interface Watch {
    /** Says how far it has come. */
    void at(Progress progress);

    /** Looked at between two batches. */
    Wish wish();

    /**
     * Ends what need not be tidied up.
     *
     * @throws CancellationException it is not to go on
     */
    default void heed() {
        if (wish() != Wish.GO_ON) {
            throw new CancellationException("the rebuild was stopped");
        }
    }
}
