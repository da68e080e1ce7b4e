package org.pupilledger.values;

import org.jspecify.annotations.Nullable;

/** A number of people, or that the source does not state it. Never added to {@link Requests}. */
public sealed interface Individuals {
    /** More people than the National Pupil Database has ever held. */
    int MAX = 100_000_000;

    /** @param count 0 to {@value #MAX} */
    record Stated(int count) implements Individuals {
        public Stated {
            if (count < 0 || count > MAX) {
                throw new IllegalArgumentException("a number of people out of range");
            }
        }
    }

    /** A value of its own: neither zero nor missing. */
    enum NotStated implements Individuals {
        NOT_STATED
    }

    static Individuals notStated() {
        return NotStated.NOT_STATED;
    }

    static Individuals of(int count) {
        return new Stated(count);
    }

    static Individuals ofNullable(@Nullable Integer count) {
        return count == null ? notStated() : new Stated(count);
    }

    default @Nullable Integer orNull() {
        return switch (this) {
            case Stated(int count) -> count;
            case NotStated notStated -> null;
        };
    }

    default boolean isStated() {
        return this instanceof Stated;
    }

    /** True only where both are stated and this is the larger. */
    default boolean exceeds(Individuals limit) {
        return this instanceof Stated(int count) && limit instanceof Stated(int most) && count > most;
    }

    /** Not stated unless both are, and no more than there can be. */
    default Individuals and(Individuals others) {
        return this instanceof Stated(int some) && others instanceof Stated(int more) && (long) some + more <= MAX
                ? of(some + more)
                : notStated();
    }

    /** True only where it is stated and is {@code count}. */
    default boolean is(int count) {
        return this instanceof Stated(int stated) && stated == count;
    }

    /** True only where it is stated and above zero. */
    default boolean isPositive() {
        return this instanceof Stated(int stated) && stated > 0;
    }
}
