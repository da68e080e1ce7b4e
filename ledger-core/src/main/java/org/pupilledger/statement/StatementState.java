package org.pupilledger.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.statement.StatementEvent.Annulled;
import org.pupilledger.statement.StatementEvent.Corrected;
import org.pupilledger.statement.StatementEvent.Made;
import org.pupilledger.statement.StatementEvent.RecipientsTold;

/**
 * A statement: what was told, and every correction and telling since, oldest first.
 *
 * @param annulment null unless it was recorded by mistake
 */
public record StatementState(
        Made made,
        List<Correction> corrections,
        List<Told> recipientsTold,
        @Nullable Annulled annulment) {
    /** @param sequence 0-based, of its event among those of the statement */
    public record Correction(Corrected corrected, long sequence) {}

    /** @param sequence 0-based, of its event among those of the statement */
    public record Told(RecipientsTold told, long sequence) {}

    public StatementState {
        corrections = List.copyOf(corrections);
        recipientsTold = List.copyOf(recipientsTold);
    }

    /** @param before null before the first event */
    public static StatementState after(@Nullable StatementState before, StatementEvent event, long sequence) {
        return switch (event) {
            case Made made -> new StatementState(made, List.of(), List.of(), null);
            case Corrected corrected -> {
                StatementState made = Objects.requireNonNull(before, "a correction of nothing");
                yield new StatementState(
                        made.made,
                        with(made.corrections, new Correction(corrected, sequence)),
                        made.recipientsTold,
                        made.annulment);
            }
            case RecipientsTold told -> {
                StatementState made = Objects.requireNonNull(before, "told anew of nothing");
                yield new StatementState(
                        made.made,
                        made.corrections,
                        with(made.recipientsTold, new Told(told, sequence)),
                        made.annulment);
            }
            case Annulled annulled -> {
                StatementState made = Objects.requireNonNull(before, "an annulment of nothing");
                yield new StatementState(made.made, made.corrections, made.recipientsTold, annulled);
            }
        };
    }

    private static <T> List<T> with(List<T> earlier, T next) {
        List<T> all = new ArrayList<>(earlier);
        all.add(next);
        return all;
    }

    public Figure figure() {
        return made.figure();
    }

    /** After every correction. */
    public Amount value() {
        return corrections.isEmpty()
                ? made.value()
                : corrections.getLast().corrected().now();
    }

    public boolean isCorrected() {
        return !corrections.isEmpty();
    }

    /** 0-based, of its newest event. */
    public long sequence() {
        return (long) corrections.size() + recipientsTold.size() + (annulment == null ? 0 : 1);
    }

    /**
     * What had been told by the end of a date, by the dates on which it was told; null where nothing had been, as never
     * was of a statement that was recorded by mistake.
     *
     * <p>Corrections count in the order in which they were recorded: where one of a month was followed by one of a day in
     * that month, the later one stands from its day on.
     */
    public @Nullable Amount valueToldBy(LocalDate date) {
        if (annulment != null || !made.telling().isToldBy(date)) {
            return null;
        }
        Amount value = made.value();
        for (Correction correction : corrections) {
            if (correction.corrected().telling().isToldBy(date)) {
                value = correction.corrected().now();
            }
        }
        return value;
    }

    /** What those who were told believe: the number as first told, until it is recorded that they were told anew. */
    public Amount toldValue() {
        return recipientsTold.isEmpty()
                ? made.value()
                : recipientsTold.getLast().told().value();
    }

    /** When its recipients were told last, by what is recorded of it. */
    LocalDate lastToldOn() {
        Telling last = recipientsTold.isEmpty()
                ? made.telling()
                : recipientsTold.getLast().told().telling();
        return last.toldOn().latest();
    }

    /** Every time that a number was told: the first, the corrections, the tellings to recipients. */
    Stream<Telling> tellings() {
        return Stream.of(
                        Stream.of(made.telling()),
                        corrections.stream()
                                .map(correction -> correction.corrected().telling()),
                        recipientsTold.stream().map(told -> told.told().telling()))
                .flatMap(tellings -> tellings);
    }

    /** True where the statement, a correction or a telling to its recipients has this reference. */
    public boolean hasReference(String reference) {
        return tellings()
                .anyMatch(telling -> telling.reference() != null
                        && telling.reference().value().equals(reference));
    }
}
