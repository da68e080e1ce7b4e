package org.pupilledger.tlog;

import org.pupilledger.failure.Damaged;

/** What is stored of the tree contradicts itself or the entries. The message quotes no data. */
public final class TreeDamaged extends Damaged {
    public TreeDamaged(String message) {
        super(message);
    }
}
