package org.pupilledger.export;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.statement.Amount;
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
 * @param subject        what is counted, where no measure names it; else null
 * @param organisation   whose requests are counted; null for all together
 * @param from           first month, {@code 2015-07}
 * @param to             last month, inclusive, or the day in it up to which it counts
 * @param originalValue  as first told; a number where it was told exactly, else an {@link AmountView}, here and elsewhere
 * @param value          after every correction, or as told by the date that was asked for
 * @param currentValue   after every correction
 * @param toldValue      what those who were told believe: as first told, until they are told anew
 * @param toldAnewBy     id of a later statement that told the same body what is right; null where none did
 * @param corrections    oldest first
 * @param staleBecause   empty unless {@code stale}
 * @param recipientsTold oldest first
 * @param annulment      null unless it was recorded by mistake
 * @param ledger         what the ledger holds for the same figure; null of a measure that it has no figures of
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
        @Nullable String subject,
        @Nullable String organisation,
        String from,
        String to,
        String unit,
        BackingView backing,
        Object originalValue,
        Object value,
        Object currentValue,
        Object toldValue,
        @Nullable String toldAnewBy,
        List<StatementCorrectionView> corrections,
        boolean stale,
        List<StaleView> staleBecause,
        List<ToldView> recipientsTold,
        @Nullable StatementAnnulmentView annulment,
        @Nullable LedgerView ledger,
        long sequence,
        @Nullable Long position) {

    /**
     * Where the number came from: a position of the ledger, or a source.
     *
     * @param wrongTelling true where another number was told than the ledger had there
     */
    public record BackingView(
            @Nullable Long position,
            boolean wrongTelling,
            @Nullable String source,
            @Nullable String reference) {}

    /** @param sequence of the event that corrected it */
    public record StatementCorrectionView(
            Object was,
            Object now,
            String toldOn,
            String channel,
            @Nullable String reference,
            String cause,
            long sequence) {}

    /**
     * Why recipients must be told anew.
     *
     * @param code       {@code corrected}, {@code same-figure-corrected}, {@code ledger-changed}, {@code ledger-not-stated},
     *                   {@code told-wrongly} or {@code told-otherwise}
     * @param rightValue null where the ledger no longer states it
     * @param statement  id of the statement whose correction says so, null where none does
     * @param reference  of that correction
     */
    public record StaleView(
            String code,
            @Nullable Object rightValue,
            @Nullable String statement,
            @Nullable String reference) {}

    /** @param sequence of the event that records it */
    public record ToldView(
            String toldOn, String channel, @Nullable String reference, Object value, long sequence) {}

    /** @param authority the document that says so */
    public record StatementAnnulmentView(
            String cause, @Nullable String authority) {}

    /**
     * What the ledger holds, as it is now.
     *
     * @param value       null where some request does not state it
     * @param months      of the period, those with requests in the ledger
     * @param unexplained the statement's {@code value} less the ledger's; 0 where the ledger's can be meant by what was not
     *                    told exactly, null where it is not stated
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
        Amount value = toldBy == null ? state.value() : state.valueToldBy(toldBy);
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
                text(made.figure().subject()),
                text(made.figure().organisation()),
                made.figure().period().from().toString(),
                made.figure().to().toString(),
                made.figure().measure().unit().code(),
                backing(made.backing()),
                AmountView.of(made.value()),
                AmountView.of(value),
                AmountView.of(state.value()),
                AmountView.of(standing.toldValue()),
                standing.toldAnewBy() == null ? null : standing.toldAnewBy().id(),
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
            case Backing.AtPosition(long position, boolean isWrongTelling) ->
                new BackingView(position, isWrongTelling, null, null);
            case Backing.NamedSource(Code source, var reference) ->
                new BackingView(null, false, source.code(), text(reference));
        };
    }

    private static StatementCorrectionView correction(StatementState.Correction correction) {
        Telling telling = correction.corrected().telling();
        return new StatementCorrectionView(
                AmountView.of(correction.corrected().was()),
                AmountView.of(correction.corrected().now()),
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
                standing.rightValue() == null ? null : AmountView.of(standing.rightValue()),
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
                AmountView.of(told.told().value()),
                told.sequence());
    }

    private static @Nullable StatementAnnulmentView annulment(@Nullable Annulled annulment) {
        return annulment == null
                ? null
                : new StatementAnnulmentView(annulment.cause().code(), text(annulment.authority()));
    }

    private static @Nullable LedgerView ledger(@Nullable LedgerFigure ledger, Amount claimed) {
        if (ledger == null) {
            return null;
        }
        LedgerFigures.NotStated notStated = ledger.notStated();
        Long value = ledger.value();
        return new LedgerView(
                value,
                notStated == null ? null : new NotStatedView(notStated.requests(), notStated.knownPart()),
                ledger.months().stream().map(YearMonth::toString).toList(),
                value == null ? null : (Long) claimed.beyond(value));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
