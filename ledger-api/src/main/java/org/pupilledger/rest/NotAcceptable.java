package org.pupilledger.rest;

/** The caller accepts no format that is offered. */
final class NotAcceptable extends RuntimeException {
    NotAcceptable() {
        super("not acceptable", null, false, false);
    }
}
