package org.pupilledger.store;

/** Nothing is recorded at present, since it could not be sealed or not be stored; the message says why. */
public final class NotRecording extends RuntimeException {
    NotRecording(String why) {
        super(why, null, false, false);
    }

    NotRecording(String why, Throwable cause) {
        super(why, cause, false, false);
    }
}
