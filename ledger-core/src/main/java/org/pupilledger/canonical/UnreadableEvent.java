package org.pupilledger.canonical;

/** Stored bytes are not what their name and version promise. The message never quotes them. */
public final class UnreadableEvent extends RuntimeException {
    public UnreadableEvent(String message) {
        super(message);
    }

    static UnreadableEvent at(int index) {
        return new UnreadableEvent("not the canonical JSON expected, at byte " + index);
    }
}
