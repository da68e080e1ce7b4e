package org.pupilledger.cli;

/** The command cannot be carried out as it was given. */
final class WrongUse extends RuntimeException {
    WrongUse(String message) {
        super(message);
    }
}
