package org.pupilledger.statement;

import org.jspecify.annotations.Nullable;

/**
 * A number as it was told: exactly, as about a number, or between two.
 *
 * @param least   from 0
 * @param most    at least {@code least}; null where no upper limit was told
 * @param isAbout true of a number that was told as about right; {@code least} and {@code most} are both that number
 */
public record Amount(long least, @Nullable Long most, boolean isAbout) {
    public Amount {
        if (least < 0 || (most != null && most < least)) {
            throw new IllegalArgumentException("a number out of range");
        }
        if (isAbout && (most == null || most != least)) {
            throw new IllegalArgumentException("about a range");
        }
    }

    public static Amount exactly(long number) {
        return new Amount(number, number, false);
    }

    public static Amount about(long number) {
        return new Amount(number, number, true);
    }

    /** @param most null without an upper limit */
    public static Amount between(long least, @Nullable Long most) {
        return new Amount(least, most, false);
    }

    public boolean isExact() {
        return !isAbout && most != null && most == least;
    }

    /** The smallest number that can be meant. About a number means whatever is rounded to it, half a unit upwards. */
    public long low() {
        return least - (isAbout ? unit() / 2 : 0);
    }

    /** The largest number that can be meant; {@link Long#MAX_VALUE} without an upper limit. */
    public long high() {
        if (most == null) {
            return Long.MAX_VALUE;
        }
        return isAbout && unit() > 1 ? most + unit() / 2 - 1 : most;
    }

    /** The place value of the last digit that is not 0, to which a number that is told as about right was rounded. */
    private long unit() {
        long unit = 1;
        while (least > 0 && least % (unit * 10) == 0) {
            unit *= 10;
        }
        return unit;
    }

    public boolean admits(long number) {
        return low() <= number && number <= high();
    }

    /** Whether both can mean one and the same number. */
    public boolean canMeanAs(Amount other) {
        return low() <= other.high() && other.low() <= high();
    }

    /** By how much it says more than a number; negative where it says less, 0 where the number can be meant. */
    public long beyond(long number) {
        return number < low() ? low() - number : number > high() ? high() - number : 0;
    }

    /** {@code 520}, {@code about 500}, {@code 20 to 30} or {@code at least 20} */
    @Override
    public String toString() {
        if (most == null) {
            return "at least " + least;
        }
        return isAbout ? "about " + least : most == least ? Long.toString(least) : least + " to " + most;
    }
}
