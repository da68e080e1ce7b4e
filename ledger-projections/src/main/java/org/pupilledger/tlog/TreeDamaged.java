package org.pupilledger.tlog;

/** What is stored of the tree contradicts itself or the entries. The message quotes no data. */
public final class TreeDamaged extends RuntimeException {
    public TreeDamaged(String message) {
        super(message);
    }
}
