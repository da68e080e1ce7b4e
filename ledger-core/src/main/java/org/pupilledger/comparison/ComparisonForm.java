package org.pupilledger.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.Comparison.Cell;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.FigureColumns;
import org.pupilledger.tables.Table;

/**
 * How a comparison is told: which members it has in JSON, which columns in CSV, and in which words on a terminal.
 *
 * @param isOfGiven whether a side is from outside, so that perhaps the ledger never gave it
 * @param name      of the table, and its title and description
 * @param was       words before what the one side shows, and before what the other does
 * @param head      members beside the cells and the events
 */
public record ComparisonForm(
        boolean isOfGiven,
        String name,
        String title,
        String description,
        String was,
        String now,
        List<Member<Comparison>> head,
        List<Member<Cell>> cell,
        List<Member<ExplainingEvent>> event) {
    /**
     * One thing that is told.
     *
     * @param name   in JSON
     * @param type   of the value in JSON
     * @param column null of what CSV does not have
     */
    public record Member<T>(
            String name, Class<?> type, @Nullable Column column, Function<T, @Nullable Object> of) {
        static <T> Member<T> inJson(String name, Class<?> type, Function<T, @Nullable Object> of) {
            return new Member<>(name, type, null, of);
        }

        static <T> Member<T> of(
                String name, String label, Kind kind, String description, Function<T, @Nullable Object> of) {
            return of(name, new Column(snake(name), label, kind, description), of);
        }

        static <T> Member<T> of(String name, Column column, Function<T, @Nullable Object> of) {
            return column.kind().isNumber()
                    ? new Member<>(name, Long.class, column, of)
                    : new Member<>(name, String.class, column, thing -> text(of.apply(thing)));
        }

        private static String snake(String name) {
            return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        }
    }

    private static final Member<Cell> TABLE = Member.of("table", "Table", Kind.CODE, "Name of the table.", Cell::table);
    private static final Member<Cell> ORGANISATION =
            Member.of("organisation", FigureColumns.ORGANISATION, Cell::organisation);
    private static final Member<Cell> COLUMN =
            Member.of("column", "Column", Kind.CODE, "Name of the column.", Cell::column);
    private static final Member<Cell> EVENTS = Member.inJson("events", List.class, Cell::events);

    private static final Member<ExplainingEvent> POSITION = Member.of(
            "position",
            "Position",
            Kind.COUNT,
            "Place in the ledger of an event that explains it.",
            ExplainingEvent::position);
    private static final Member<ExplainingEvent> RECORDED_AT = Member.of(
            "recordedAt", "Recorded at", Kind.TEXT, "When it was recorded, by the clock.", ExplainingEvent::recordedAt);
    private static final Member<ExplainingEvent> TYPE =
            Member.of("type", "Type", Kind.CODE, "Type of the event.", ExplainingEvent::type);
    private static final Member<ExplainingEvent> ABOUT =
            Member.of("aggregateId", "About", Kind.CODE, "What the event is about.", ExplainingEvent::aggregateId);
    private static final Member<ExplainingEvent> SENTENCE =
            Member.of("sentence", "Sentence", Kind.TEXT, "The event in a sentence.", ExplainingEvent::sentence);

    /** Of two positions of the ledger. */
    public static final ComparisonForm POSITIONS = new ComparisonForm(
            false,
            "differences",
            "Cells that differ between two positions, and the events that explain them",
            "Cells that differ, with what they were and are, and each event that explains them.",
            " was ",
            ", now ",
            List.of(
                    Member.inJson("was", Long.class, Comparison::was),
                    Member.inJson("now", Long.class, Comparison::now)),
            List.of(
                    TABLE,
                    Member.of("period", FigureColumns.PERIOD, Cell::period),
                    Member.of("label", FigureColumns.PERIOD_LABEL, Cell::label),
                    ORGANISATION,
                    Member.of(
                            "agreement",
                            "Agreement",
                            Kind.CODE,
                            "Reference of an agreement, in the table of agreements.",
                            Cell::agreement),
                    COLUMN,
                    new Member<>(
                            "was",
                            Object.class,
                            new Column(
                                    "was", "Was", Kind.TEXT, "What the one side shows; empty where it is not stated."),
                            Cell::was),
                    new Member<>(
                            "now",
                            Object.class,
                            new Column(
                                    "now",
                                    "Now",
                                    Kind.TEXT,
                                    "What the other side shows; empty where it is not stated."),
                            Cell::now),
                    Member.inJson("wasNotStated", Boolean.class, cell -> cell.isNotStated(cell.was())),
                    Member.inJson("nowNotStated", Boolean.class, cell -> cell.isNotStated(cell.now())),
                    EVENTS),
            List.of(
                    POSITION,
                    RECORDED_AT,
                    TYPE,
                    ABOUT,
                    Member.of(
                            "cause",
                            "Cause",
                            Kind.CODE,
                            "Why a record was corrected or annulled.",
                            event ->
                                    event.cause() == null ? null : event.cause().code()),
                    Member.inJson(
                            "causeLabel",
                            String.class,
                            event ->
                                    event.cause() == null ? null : event.cause().label()),
                    Member.of(
                            "authority",
                            "Authority",
                            Kind.TEXT,
                            "On whose word, by a public reference.",
                            event -> event.authority() == null
                                    ? null
                                    : event.authority().value()),
                    SENTENCE));

    /** Of figures that somebody has with what the entries give. */
    public static final ComparisonForm REPLAY = new ComparisonForm(
            true,
            "comparison",
            "Cells that differ from a replay, and the events that explain them",
            "Cells that differ, with what was given and what the entries give.",
            " is given as ",
            ", the entries give ",
            List.of(Member.inJson("position", Long.class, Comparison::now)),
            List.of(
                    TABLE,
                    Member.of("period", "Period", Kind.CODE, "Period of receipt, as a code.", Cell::period),
                    ORGANISATION,
                    COLUMN,
                    Member.of("given", "Given", Kind.TEXT, "What was compared.", Cell::was),
                    Member.of("replayed", "Replayed", Kind.TEXT, "What the entries give.", Cell::now),
                    Member.of(
                            "shownAt",
                            "Shown at",
                            Kind.COUNT,
                            "Position at which the ledger gave the given value, if any.",
                            Cell::shownAt),
                    EVENTS),
            List.of(POSITION, RECORDED_AT, TYPE, ABOUT, SENTENCE));

    public ComparisonForm {
        head = List.copyOf(head);
        cell = List.copyOf(cell);
        event = List.copyOf(event);
    }

    /** As JSON has it. */
    public Map<String, @Nullable Object> json(Comparison comparison) {
        Map<String, @Nullable Object> json = members(head, comparison);
        json.put(
                "cells",
                comparison.cells().stream().map(one -> members(cell, one)).toList());
        json.put(
                "events",
                comparison.events().stream().map(one -> members(event, one)).toList());
        return json;
    }

    private static <T> Map<String, @Nullable Object> members(List<Member<T>> members, T thing) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        members.forEach(member -> json.put(member.name(), member.of().apply(thing)));
        return json;
    }

    /** As CSV has it: a row for each cell and event that explains it, or one for a cell that the ledger never gave so. */
    public Table table(Comparison comparison) {
        List<Column> columns = new ArrayList<>();
        cell.forEach(member -> add(columns, member.column()));
        event.forEach(member -> add(columns, member.column()));
        Map<Long, ExplainingEvent> events = events(comparison);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Cell one : comparison.cells()) {
            if (one.events().isEmpty() && isOfGiven) {
                rows.add(row(one, null));
            }
            one.events().forEach(position -> rows.add(row(one, Objects.requireNonNull(events.get(position)))));
        }
        return new Table(name, title, description, columns, rows);
    }

    private static void add(List<Column> columns, @Nullable Column column) {
        if (column != null) {
            columns.add(column);
        }
    }

    private List<@Nullable Object> row(Cell one, @Nullable ExplainingEvent explaining) {
        List<@Nullable Object> row = new ArrayList<>();
        cell.forEach(member -> add(row, member, one));
        event.forEach(member -> add(row, member, explaining));
        return row;
    }

    private static <T> void add(List<@Nullable Object> row, Member<T> member, @Nullable T thing) {
        Column column = member.column();
        if (column != null) {
            Object value = thing == null ? null : member.of().apply(thing);
            row.add(column.kind().isNumber() ? value : text(value));
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Map<Long, ExplainingEvent> events(Comparison comparison) {
        Map<Long, ExplainingEvent> events = new HashMap<>();
        comparison.events().forEach(event -> events.put(event.position(), event));
        return events;
    }

    /** For a terminal: each cell, below it what explains it, and how many there are. */
    public String text(Comparison comparison) {
        Map<Long, ExplainingEvent> events = events(comparison);
        StringBuilder text = new StringBuilder();
        for (Cell one : comparison.cells()) {
            text.append(one.table() + ", " + (isOfGiven ? one.period().toString() : one.label()) + ", " + one.row()
                    + ": " + one.column() + was + value(one, one.was()) + now + value(one, one.now()) + "\n");
            if (isOfGiven && one.shownAt() == null) {
                text.append("  no position of the ledger gives that value\n");
            }
            one.events()
                    .forEach(position -> text.append(
                            Objects.requireNonNull(events.get(position)).line()));
        }
        return text.append(summary(comparison)).append('\n').toString();
    }

    private String value(Cell one, @Nullable Object value) {
        if (one.isNotStated(value)) {
            return "not stated";
        }
        return value == null || (isOfGiven && value.equals("")) ? "nothing" : value.toString();
    }

    private String summary(Comparison comparison) {
        int cells = comparison.cells().size();
        String what = switch (cells) {
            case 0 -> "No cell differs";
            case 1 -> "1 cell differs";
            default -> cells + " cells differ";
        };
        if (!isOfGiven) {
            return what + " between positions " + comparison.was() + " and " + comparison.now() + ".";
        }
        return what
                + (comparison.now() == null
                        ? " from the empty ledger."
                        : " from the entries 0 to " + comparison.now() + ".");
    }
}
