package org.pupilledger.keys;

import org.pupilledger.failure.Hindered;

/** A file of a key cannot be used; the message says which, why and what to do, and holds nothing of its content. */
public final class KeyUnusable extends Hindered {
    KeyUnusable(String message) {
        super(message);
    }
}
