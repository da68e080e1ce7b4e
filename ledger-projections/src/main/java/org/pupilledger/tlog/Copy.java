package org.pupilledger.tlog;

/** One of the two copies that there is room for of every projection: one serves, in the other a new one can be made. */
public enum Copy {
    FIRST(0),
    SECOND(1);

    private final int number;

    Copy(int number) {
        this.number = number;
    }

    /** @param number as it is stored: 0 or 1 */
    public static Copy of(int number) {
        return number == FIRST.number ? FIRST : SECOND;
    }

    /** As it is stored: 0 or 1. */
    public int number() {
        return number;
    }

    public Copy other() {
        return this == FIRST ? SECOND : FIRST;
    }
}
