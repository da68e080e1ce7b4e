package org.pupilledger.past;

import java.time.YearMonth;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionState;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.Queries;
import org.pupilledger.register.States;

/**
 * Which two sides are compared, as it was asked in a URL or on a command line.
 *
 * @param from first month of a quarter, before which nothing is compared; null for the ledger's first
 * @param to   last month of a quarter, after which nothing is compared
 */
public record DifferenceQuery(
        Side was,
        Side now,
        @Nullable YearMonth from,
        @Nullable YearMonth to) {
    /** One of the two sides. */
    public sealed interface Side {
        record Position(long position) implements Side {}

        record OfEdition(NamedEdition edition) implements Side {}
    }

    /**
     * What is compared.
     *
     * @param last       last month that is compared; null for the last quarter with requests
     * @param isWithheld months that are not compared
     */
    public record Range(long was, long now, @Nullable YearMonth last, Predicate<YearMonth> isWithheld) {}

    /**
     * Reads {@code 41}, {@code 2023-Q3} or {@code 2023-Q3.1}, and months.
     *
     * @throws InvalidInput it is not in that form
     */
    public static DifferenceQuery parse(
            @Nullable String was, @Nullable String now, @Nullable String from, @Nullable String to) {
        YearMonth first = Queries.month("from", from);
        YearMonth last = Queries.month("to", to);
        if (first != null && !Quarter.of(first).first().equals(first)) {
            throw new InvalidInput("from", "not-aligned", "The first month must begin a quarter.");
        }
        if (last != null && !Quarter.of(last).last().equals(last)) {
            throw new InvalidInput("to", "not-aligned", "The last month must end a quarter.");
        }
        if (first != null && last != null && first.isAfter(last)) {
            throw new InvalidInput("from", "out-of-range", "'from' must not be after 'to'.");
        }
        return new DifferenceQuery(side("was", was), side("now", now), first, last);
    }

    private static Side side(String name, @Nullable String text) {
        if (text == null) {
            throw new InvalidInput(name, "required", "This parameter is required.");
        }
        Optional<Long> position = Queries.plainNumber(text);
        if (position.isPresent()) {
            return new Side.Position(position.get());
        }
        return new Side.OfEdition(NamedEdition.parse(text)
                .orElseThrow(() -> new InvalidInput(
                        name,
                        "malformed",
                        "A position is written 41, an edition 2023-Q3, and a revision of it 2023-Q3.1.")));
    }

    /**
     * Finds the positions that are meant. The figures of an edition end with its quarter, and so does the comparison.
     *
     * @param newest position of the ledger, as far as it is in the figures
     * @throws InvalidInput there is no such position, edition or revision
     */
    public Range find(States<EditionEvent, EditionState> editions, long newest) {
        Predicate<YearMonth> isBefore = month -> from != null && month.isBefore(from);
        return new Range(
                position("was", was, editions, newest),
                position("now", now, editions, newest),
                earlier(to, earlier(last(was), last(now))),
                isBefore);
    }

    private static long position(String name, Side side, States<EditionEvent, EditionState> editions, long newest) {
        return switch (side) {
            case Side.Position(long position) -> {
                if (position > newest) {
                    throw new InvalidInput(name, "out-of-range", "The ledger has no such position yet.");
                }
                yield position;
            }
            case Side.OfEdition(NamedEdition edition) ->
                edition.find(editions)
                        .orElseThrow(() -> Queries.unknownCode(name))
                        .revision()
                        .content()
                        .position();
        };
    }

    private static @Nullable YearMonth last(Side side) {
        return switch (side) {
            case Side.Position position -> null;
            case Side.OfEdition(NamedEdition edition) -> edition.quarter().last();
        };
    }

    private static @Nullable YearMonth earlier(@Nullable YearMonth one, @Nullable YearMonth other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
