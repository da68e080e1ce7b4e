package org.pupilledger.entries;

import java.util.function.Predicate;

/** Entries in the order of their positions, wherever they are kept. */
public interface EntrySequence {
    /**
     * Hands over the entries from {@code first} to {@code last} in order, for as long as {@code reader} says true.
     *
     * @return the position of the last entry for which {@code reader} said true, {@code first - 1} where there is none
     */
    long read(long first, long last, Predicate<Entry> reader);
}
