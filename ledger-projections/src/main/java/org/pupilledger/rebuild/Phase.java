package org.pupilledger.rebuild;

/** How far a rebuild is. */
public enum Phase {
    /** It waits for another one of this program, or for the lock of a program that has just ended. */
    QUEUED,
    FOLDING,
    COMPARING,
    SWAPPING,
    DONE,
    FAILED,
    CANCELLED;

    public boolean isOver() {
        return switch (this) {
            case QUEUED, FOLDING, COMPARING, SWAPPING -> false;
            case DONE, FAILED, CANCELLED -> true;
        };
    }
}
