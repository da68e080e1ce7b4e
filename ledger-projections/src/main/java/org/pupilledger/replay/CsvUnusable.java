package org.pupilledger.replay;

/** A CSV that was given is not one of figures; the message says what is wrong with it and never what is in it. */
public final class CsvUnusable extends RuntimeException {
    CsvUnusable(String message) {
        super(message, null, false, false);
    }
}
