package org.pupilledger.comparison;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.values.AgreementReference;

/**
 * What two sides of figures differ in, and why.
 *
 * @param was    newest position whose facts are in the one side, -1 for the empty ledger; null where it is not known
 * @param now    the same of the other side, which may be the earlier of the two; null for a replay of the empty ledger
 * @param cells  that are not the same on both sides, in the order of the tables, their rows and their columns
 * @param events that explain at least one of the cells, by position
 */
public record Comparison(@Nullable Long was, @Nullable Long now, List<Cell> cells, List<ExplainingEvent> events) {
    /** Events that one answer may name. */
    public static final int MAX_EVENTS = 100_000;

    /**
     * One cell that two sides show differently. A row of figures that is not there has zeros, as nothing was asked.
     *
     * @param table        name of the table, {@code police-quarterly}
     * @param organisation whose figure it is; null of an agreement
     * @param agreement    in whose row it is; null of a figure
     * @param column       name of the column, {@code individuals_matched}
     * @param was          a Long or a String, and null where it is not stated; or all of them as CSV has them
     * @param now          the same of the other side
     * @param shownAt      of figures from outside: the newest position, up to that of the replay, at which the ledger gave
     *                     them; else the first one after it; -1 for before the first entry; null for never
     * @param events       positions of the events that explain it, ascending; none where the ledger never gave the value
     */
    public record Cell(
            String table,
            Period period,
            @Nullable OrganisationCode organisation,
            @Nullable AgreementReference agreement,
            String column,
            @Nullable Object was,
            @Nullable Object now,
            @Nullable Long shownAt,
            List<Long> events) {
        public Cell {
            events = List.copyOf(events);
        }

        /** Of a figure. */
        public static Cell of(String table, FigureCells.Change change, @Nullable Long shownAt, List<Long> events) {
            return new Cell(
                    table,
                    change.row().period(),
                    change.row().organisation(),
                    null,
                    change.column(),
                    change.was(),
                    change.now(),
                    shownAt,
                    events);
        }

        private Cell turned() {
            return new Cell(
                    table, period, organisation, agreement, column, /* was= */ now, /* now= */ was, shownAt, events);
        }

        /** The period as it is read, {@code Jul to Sep 2023}. */
        String label() {
            return period.label();
        }

        /** Code or reference of what its row is of. */
        public String row() {
            return Objects.toString(organisation, String.valueOf(agreement));
        }

        /** Whether one of its two values is that of a figure that is not stated. */
        public boolean isNotStated(@Nullable Object value) {
            return value == null && agreement == null;
        }
    }

    /**
     * More events explain it than one answer may name.
     *
     * @param parameter of the query that asked for too much
     * @param advice    what to ask for instead
     */
    public static TooMuch tooManyEvents(String parameter, String advice) {
        return new TooMuch(parameter, "More than " + MAX_EVENTS + " events explain it: ask for " + advice + ".");
    }

    public Comparison {
        cells = List.copyOf(cells);
        events = List.copyOf(events);
    }

    /** The same, told the other way round. */
    public Comparison turned() {
        return new Comparison(
                /* was= */ now, /* now= */ was, cells.stream().map(Cell::turned).toList(), events);
    }

    public boolean isEmpty() {
        return cells.isEmpty();
    }
}
