package org.pupilledger.export;

import org.jspecify.annotations.Nullable;
import org.pupilledger.statement.Amount;

/**
 * A number that was not told exactly: about a number, or a range.
 *
 * @param about null of a range
 * @param least null where it was told as about a number
 * @param most  null where it was told as about a number, or without an upper limit
 */
public record AmountView(
        @Nullable Long about,
        @Nullable Long least,
        @Nullable Long most) {
    /** A number where it was told exactly. */
    static Object of(Amount amount) {
        if (amount.isExact()) {
            return amount.least();
        }
        return amount.isAbout()
                ? new AmountView(amount.least(), null, null)
                : new AmountView(null, amount.least(), amount.most());
    }

    /** The same for a table: a number, or words. */
    static String text(Object view) {
        if (!(view instanceof AmountView(Long about, Long least, Long most))) {
            return view.toString();
        }
        return (about != null ? Amount.about(about) : Amount.between(least == null ? 0 : least, most)).toString();
    }
}
