package org.pupilledger.store;

/** A clock is wrong, so nothing is recorded: when events were recorded could not be believed. The message says which. */
public final class ClockRefused extends RuntimeException {
    ClockRefused(String message) {
        super(message, null, false, false);
    }
}
