package org.pupilledger.verification;

import java.util.function.Supplier;

/** Is told now and then how far a verification has come. */
@FunctionalInterface
public interface ProgressListener {
    /**
     * Called by the thread that verifies, every few thousand entries.
     *
     * @param done  entries verified
     * @param of    how many there are
     * @param state from which a later run can go on; asked for during the call or not at all
     */
    void at(long done, long of, Supplier<VerificationState> state);
}
