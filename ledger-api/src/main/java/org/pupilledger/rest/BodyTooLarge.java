package org.pupilledger.rest;

/** More bytes than the limit for this kind of body. */
final class BodyTooLarge extends RuntimeException {
    BodyTooLarge() {
        super("body too large", null, false, false);
    }
}
