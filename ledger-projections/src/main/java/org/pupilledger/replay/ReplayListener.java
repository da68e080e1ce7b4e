package org.pupilledger.replay;

import java.util.concurrent.CancellationException;

/** Is told how far a replay has come, and can end it. */
@FunctionalInterface
public interface ReplayListener {
    /** Nobody looks. */
    ReplayListener NONE = (done, of) -> {};

    /**
     * @param done entries gone through
     * @param of   how many there are to go through, as far as that is known: a replay to an instant may end before
     * @throws CancellationException nobody wants the answer any more
     */
    void at(long done, long of);
}
