package org.pupilledger.rest;

import java.time.LocalDate;

/** What is asked for is announced, and not released yet. */
final class NotReleased extends RuntimeException {
    private final LocalDate due;

    NotReleased(LocalDate due) {
        super("not released", null, false, false);
        this.due = due;
    }

    /** The date that is announced. */
    LocalDate due() {
        return due;
    }
}
