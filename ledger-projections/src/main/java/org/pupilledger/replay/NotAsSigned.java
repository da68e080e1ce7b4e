package org.pupilledger.replay;

import org.pupilledger.failure.Damaged;

/** The entries are not those that a checkpoint was signed for, so nothing is said about them. */
public final class NotAsSigned extends Damaged {
    NotAsSigned(String what) {
        super(what + " Run the command verify to see what was changed, and where.");
    }
}
