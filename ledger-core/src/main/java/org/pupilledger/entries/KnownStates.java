package org.pupilledger.entries;

import java.util.List;

/**
 * What is seldom recorded, as its entries tell: agreements, editions. Whoever asks need not know where these are kept.
 *
 * @param <S> the state of one thing
 */
public interface KnownStates<S> {
    /** Where and when one event was recorded. */
    record Stamp(long position, String recordedAt) {}

    /**
     * A thing as it is registered.
     *
     * @param stamps of its events, by sequence; at least one
     */
    record State<S>(String id, S state, List<Stamp> stamps) {
        public State {
            stamps = List.copyOf(stamps);
        }

        /** 0-based sequence of its newest event. */
        public long sequence() {
            return stamps.size() - 1L;
        }

        /** Of its newest event. */
        public long position() {
            return stamps.getLast().position();
        }
    }

    /** All there are, in the order in which they were first recorded. */
    List<State<S>> all();

    /** All there were at a position, as they were then. */
    List<State<S>> at(long position);

    /** How many entries all of them have. While it is the same, so are they. */
    long entries();

    /** Waits until everything up to a position is known. */
    void await(long position);
}
