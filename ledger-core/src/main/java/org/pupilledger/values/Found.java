package org.pupilledger.values;

import java.util.stream.Stream;

/**
 * Everybody submitted, by whether they were found: matched, ambiguous and unmatched add up to those submitted. Whichever
 * of the four a source leaves out follows from the other three, and from no less.
 */
public record Found(Individuals submitted, Individuals matched, Individuals ambiguous, Individuals unmatched) {
    /** The same with what follows. */
    public static Found of(Individuals submitted, Individuals matched, Individuals ambiguous, Individuals unmatched) {
        return new Found(
                submitted.isStated() ? submitted : sum(matched, ambiguous, unmatched),
                matched.isStated() ? matched : rest(submitted, ambiguous, unmatched),
                ambiguous.isStated() ? ambiguous : rest(submitted, matched, unmatched),
                unmatched.isStated() ? unmatched : rest(submitted, matched, ambiguous));
    }

    /** False where all four are stated and contradict each other, or some of them are more than all. */
    public boolean addsUp() {
        Individuals all = sum(matched, ambiguous, unmatched);
        return all.isStated()
                ? submitted.equals(all) || !submitted.isStated()
                : !(submitted instanceof Individuals.Stated(int most)) || known() <= most;
    }

    private long known() {
        return Stream.of(matched, ambiguous, unmatched)
                .mapToLong(part -> part instanceof Individuals.Stated(int count) ? count : 0)
                .sum();
    }

    private static Individuals sum(Individuals one, Individuals two, Individuals three) {
        return one instanceof Individuals.Stated(int a)
                        && two instanceof Individuals.Stated(int b)
                        && three instanceof Individuals.Stated(int c)
                        && (long) a + b + c <= Individuals.MAX
                ? Individuals.of(a + b + c)
                : Individuals.notStated();
    }

    private static Individuals rest(Individuals all, Individuals one, Individuals other) {
        return all instanceof Individuals.Stated(int a)
                        && one instanceof Individuals.Stated(int b)
                        && other instanceof Individuals.Stated(int c)
                        && (long) b + c <= a
                ? Individuals.of(a - b - c)
                : Individuals.notStated();
    }
}
