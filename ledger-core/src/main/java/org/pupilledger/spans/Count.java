package org.pupilledger.spans;

/** What a period total counts: requests, then people. Each may be not stated. */
public enum Count {
    RECEIVED("/requests/received"),
    WITHDRAWN("/requests/withdrawn"),
    REFUSED("/requests/refused"),
    LED_TO_DATA("/requests/ledToData"),
    SUBMITTED("/individuals/submitted"),
    MATCHED("/individuals/matched"),
    UNMATCHED("/individuals/unmatched"),
    AMBIGUOUS("/individuals/ambiguous"),
    ANSWERED("/individuals/answered"),
    RETURNED("/individuals/returned");

    private final String pointer;

    Count(String pointer) {
        this.pointer = pointer;
    }

    /** RFC 6901, into the total as JSON has it. */
    public String pointer() {
        return pointer;
    }

    /** In JSON, beside the others of its kind. */
    public String member() {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    /** Whether it counts requests, and not people. */
    public boolean isOfRequests() {
        return compareTo(LED_TO_DATA) <= 0;
    }
}
