package org.pupilledger.rebuild;

/** A rebuild cannot go on as things are; the message, which quotes no data, says what is wrong. */
final class NotRebuilt extends RuntimeException {
    NotRebuilt(String why) {
        super(why);
    }
}
