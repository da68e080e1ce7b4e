package org.pupilledger.store;

/** Nothing is recorded at present, since what is recorded now could not be sealed; the message says why. */
public final class NotRecording extends RuntimeException {
    NotRecording(String why) {
        super(why, null, false, false);
    }
}
