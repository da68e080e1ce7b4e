package org.pupilledger.statement;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.statement.Statements.Known;

/**
 * Whether those who were told a number still believe what is right.
 *
 * @param rightValue what they should believe; null where the ledger, on which the number relied, no longer states it
 * @param reason     what makes that the right value
 * @param correction the correction that does; null where none does
 * @param toldAnewBy a later statement that told the same body the right value; null where none did
 */
public record Standing(
        Known statement,
        @Nullable Amount rightValue,
        Reason reason,
        @Nullable Source correction,
        @Nullable Known toldAnewBy) {
    /** What decides which value is right. */
    public enum Reason implements Code {
        /** The statement itself was corrected. */
        CORRECTED,
        /** Another statement about the same figure was corrected. */
        SAME_FIGURE_CORRECTED,
        /** It relies on the ledger, whose figure is this. */
        LEDGER_CHANGED,
        /** It relies on the ledger, where some request no longer states it. */
        LEDGER_NOT_STATED,
        /** Another number was told than the ledger had. */
        TOLD_WRONGLY,
        /** Nothing has changed, but recipients were told another number than the statement says. */
        TOLD_OTHERWISE;

        /** Such as {@code ledger-changed}. */
        @Override
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A correction and the statement that it corrects. */
    public record Source(Known statement, StatementState.Correction correction) {}

    /** True where somebody was told what is not right, and it is not recorded that they were told anew. */
    public boolean isStale() {
        return !statement.isAnnulled()
                && toldAnewBy == null
                && !isRight(statement.state().toldValue());
    }

    /** What those who were told believe. */
    public Amount toldValue() {
        return toldAnewBy == null
                ? statement.state().toldValue()
                : toldAnewBy.state().made().value();
    }

    /**
     * The ledger's number is right wherever it can be meant. What another statement of the figure was corrected to is right
     * wherever one number can be meant by both; what was itself corrected is right only as it was corrected.
     */
    boolean isRight(Amount told) {
        return switch (reason) {
            case CORRECTED, TOLD_OTHERWISE -> told.equals(rightValue);
            case SAME_FIGURE_CORRECTED -> rightValue != null && told.canMeanAs(rightValue);
            case LEDGER_CHANGED, LEDGER_NOT_STATED, TOLD_WRONGLY ->
                rightValue != null && told.admits(rightValue.least());
        };
    }

    Standing toldAnew(@Nullable Known by) {
        return new Standing(statement, rightValue, reason, correction, by);
    }
}
