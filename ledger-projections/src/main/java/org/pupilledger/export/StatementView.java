package org.pupilledger.export;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.statement.Backing;
import org.pupilledger.statement.LedgerFigures;
import org.pupilledger.statement.LedgerFigures.LedgerFigure;
import org.pupilledger.statement.Standing;
import org.pupilledger.statement.StatementEvent.Annulled;
import org.pupilledger.statement.StatementEvent.Made;
import org.pupilledger.statement.StatementState;
import org.pupilledger.statement.Statements;
import org.pupilledger.statement.Telling;

/**
 * A statement as it reads back.
 *
 * @param reference      public reference of what said it
 * @param body           code of the public body that was told, null where the reference alone says who was
 * @param toldOn         to the day or the month
 * @param organisation   whose requests are counted; null for all together
 * @param from           first month, {@code 2015-07}
 * @param to             last month, inclusive
 * @param originalValue  as first told
 * @param value          after every correction, or as told by the date that was asked for
 * @param currentValue   after every correction
 * @param toldValue      what those who were told believe: as first told, until they are told anew
 * @param corrections    oldest first
 * @param staleBecause   empty unless {@code stale}
 * @param recipientsTold oldest first
 * @param annulment      null unless it was recorded by mistake
 * @param ledger         what the ledger holds for the same figure
 * @param sequence       0-based sequence of its newest event
 * @param position       of its newest event in the ledger, null until it has one
 */
public record StatementView(
        String id,
        String channel,
        @Nullable String reference,
        @Nullable String body,
        String toldOn,
        String measure,
        @Nullable String organisation,
        String from,
        String to,
        String unit,
        BackingView backing,
        int originalValue,
        int value,
        int currentValue,
        int toldValue,
        List<StatementCorrectionView> corrections,
        boolean stale,
        List<StaleView> staleBecause,
        List<ToldView> recipientsTold,
        @Nullable StatementAnnulmentView annulment,
        LedgerView ledger,
        long sequence,
        @Nullable Long position) {

    /** Where the number came from: a position of the ledger, or a source. */
    public record BackingView(
            @Nullable Long position,
            @Nullable String source,
            @Nullable String reference) {}

    /** @param sequence of the event that corrected it */
    public record StatementCorrectionView(
            int was,
            int now,
            String toldOn,
            String channel,
            @Nullable String reference,
            String cause,
            long sequence) {}

    /**
     * Why recipients must be told anew.
     *
     * @param code       {@code corrected}, {@code same-figure-corrected}, {@code ledger-changed}, {@code ledger-not-stated} or
     *                   {@code told-otherwise}
     * @param rightValue null where the ledger no longer states it
     * @param statement  id of the statement whose correction says so, null where none does
     * @param reference  of that correction
     */
    public record StaleView(
            String code,
            @Nullable Long rightValue,
            @Nullable String statement,
            @Nullable String reference) {}

    /** @param sequence of the event that records it */
    public record ToldView(
            String toldOn, String channel, @Nullable String reference, int value, long sequence) {}

    /** @param authority the document that says so */
    public record StatementAnnulmentView(
            String cause, @Nullable String authority) {}

    /**
     * What the ledger holds, as it is now.
     *
     * @param value       null where some request does not state it
     * @param months      of the period, those with requests in the ledger
     * @param unexplained the statement's {@code value} less the ledger's; null where that is not stated
     */
    public record LedgerView(
            @Nullable Long value,
            @Nullable NotStatedView notStated,
            List<String> months,
            @Nullable Long unexplained) {}

    /**
     * @param requests  requests that do not state it
     * @param knownPart sum over the others
     */
    public record NotStatedView(long requests, long knownPart) {}

    /**
     * @param all    of which it is one
     * @param toldBy shows the value as told by then; null for the value after every correction
     * @throws IllegalArgumentException it had not been told by then
     */
    public static StatementView of(Statements all, Standing standing, @Nullable LocalDate toldBy) {
        StatementState state = standing.statement().state();
        Made made = state.made();
        Integer value = toldBy == null ? (Integer) state.value() : state.valueToldBy(toldBy);
        if (value == null) {
            throw new IllegalArgumentException("not told by then");
        }
        long sequence = state.sequence();
        long position = standing.statement().position(sequence);
        return new StatementView(
                standing.statement().id(),
                made.telling().channel().code(),
                text(made.telling().reference()),
                text(made.body()),
                made.telling().toldOn().toString(),
                made.figure().measure().code(),
                text(made.figure().organisation()),
                made.figure().period().from().toString(),
                made.figure().period().to().toString(),
                made.figure().measure().unit().code(),
                backing(made.backing()),
                made.value(),
                value,
                state.value(),
                state.toldValue(),
                state.corrections().stream().map(StatementView::correction).toList(),
                standing.isStale(),
                standing.isStale() ? List.of(stale(standing)) : List.of(),
                state.recipientsTold().stream().map(StatementView::told).toList(),
                annulment(state.annulment()),
                ledger(all.ledger(standing.statement()), value),
                sequence,
                position == Long.MAX_VALUE ? null : position);
    }

    private static BackingView backing(Backing backing) {
        return switch (backing) {
            case Backing.AtPosition(long position) -> new BackingView(position, null, null);
            case Backing.NamedSource(Code source, var reference) ->
                new BackingView(null, source.code(), text(reference));
        };
    }

    private static StatementCorrectionView correction(StatementState.Correction correction) {
        Telling telling = correction.corrected().telling();
        return new StatementCorrectionView(
                correction.corrected().was(),
                correction.corrected().now(),
                telling.toldOn().toString(),
                telling.channel().code(),
                text(telling.reference()),
                correction.corrected().cause().code(),
                correction.sequence());
    }

    private static StaleView stale(Standing standing) {
        Standing.Source source = standing.correction();
        return new StaleView(
                standing.reason().code(),
                standing.rightValue(),
                source == null ? null : source.statement().id(),
                source == null
                        ? null
                        : text(source.correction().corrected().telling().reference()));
    }

    private static ToldView told(StatementState.Told told) {
        Telling telling = told.told().telling();
        return new ToldView(
                telling.toldOn().toString(),
                telling.channel().code(),
                text(telling.reference()),
                told.told().value(),
                told.sequence());
    }

    private static @Nullable StatementAnnulmentView annulment(@Nullable Annulled annulment) {
        return annulment == null
                ? null
                : new StatementAnnulmentView(annulment.cause().code(), text(annulment.authority()));
    }

    private static LedgerView ledger(LedgerFigure ledger, int claimed) {
        LedgerFigures.NotStated notStated = ledger.notStated();
        Long value = ledger.value();
        return new LedgerView(
                value,
                notStated == null ? null : new NotStatedView(notStated.requests(), notStated.knownPart()),
                ledger.months().stream().map(YearMonth::toString).toList(),
                value == null ? null : (Long) (claimed - value));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
