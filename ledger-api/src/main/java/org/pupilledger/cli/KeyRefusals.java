package org.pupilledger.cli;

import org.pupilledger.ledger.KeyRefused;
import org.pupilledger.node.LedgerInspection;

/** Why keys are not changed. */
final class KeyRefusals {
    private KeyRefusals() {}

    /** Looked at before anything is written; opening the ledger looks again. */
    static void refuseWhileServed(LedgerInspection ledger) {
        if (ledger.isServed()) {
            throw new WrongUse("The ledger is being served. Keys are changed while nothing else works on it: stop the"
                    + " server, run this again, and start the server.");
        }
    }

    static String sentence(KeyRefused refused) {
        return switch (refused.reason()) {
            case RETIRED ->
                "This key was retired, and what it signs since must not be believed. Put another key in its place, or"
                        + " remove the file to have one made.";
            case LAST_ACTIVE ->
                "The key in the key file is the only one that signs, and without it nothing could be sealed. Run log"
                        + " rotate-key first.";
            case OTHER_NAME ->
                "The key has another name than those before it, and a log keeps its name. Set ledger.log.origin to the"
                        + " name with which the log was created, or remove that setting.";
        };
    }
}
