package org.pupilledger.timeline;

/** What is stored of an event is not what was sealed, so it is not told. The message quotes no data. */
public final class EventDamaged extends RuntimeException {
    public EventDamaged(String message) {
        super(message);
    }
}
