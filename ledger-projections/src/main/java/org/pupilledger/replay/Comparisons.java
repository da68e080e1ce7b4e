package org.pupilledger.replay;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pupilledger.editions.ExplainingEvent;
import org.pupilledger.entries.Entry;
import org.pupilledger.export.FiguresCsv;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.period.Period;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publishing.PublishedSheets;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.StatusColumn;
import org.pupilledger.tables.Table;
import org.pupilledger.totals.FiguresReader;

/**
 * Compares figures with a replay, cell by cell, and says which events explain each difference: those that changed the cell
 * between the position at which the ledger gave the other value and that of the replay. The entries are gone through twice, both
 * times verified.
 */
public final class Comparisons {
    /** Events that one answer may name. */
    public static final int MAX_EVENTS = 100_000;

    /** What a row that is not there says. */
    private static final String NOTHING = "0";

    /** The position at which no row is there. */
    private static final Long BEFORE_ALL = -1L;

    private final Replay replay;
    private final FiguresReader figures;
    private final PublishedSheets published;

    public Comparisons(Replay replay, FiguresReader figures, PublishedSheets published) {
        this.replay = replay;
        this.figures = figures;
        this.published = published;
    }

    /** More events explain the differences than one answer may name. */
    public static final class TooManyEvents extends RuntimeException {
        TooManyEvents() {
            super("too many events", null, false, false);
        }
    }

    /**
     * A replay, and what it was compared with.
     *
     * @param prefix     the replay
     * @param comparison null where nothing was compared
     */
    public record Outcome(Prefix prefix, @Nullable Comparison comparison) {}

    /** A replay that is compared with nothing. */
    public Outcome none(Until until, ReplayListener listener) {
        return new Outcome(replay.full(until, listener), null);
    }

    /**
     * With the totals that are kept up to date, as they are at this moment. A replay of everything ends where they do, so that
     * what comes in meanwhile makes no difference.
     */
    public Outcome withLive(FiguresQuery query, Until until, ReplayListener listener) {
        FiguresTable now = figures.now(query);
        Long newest = now.position();
        boolean isOfAll = until.equals(new Until.Moment(Instant.MAX));
        Until end = isOfAll && newest != null ? new Until.Position(newest) : until;
        FiguresQuery fixed = new FiguresQuery(
                now.from(), now.to(), query.by(), query.organisation(), query.category(), query.isComplete());
        Given given = GivenCsv.of(
                "figures",
                FiguresCsv.of(now).getBytes(StandardCharsets.UTF_8),
                totals -> FiguresTables.answered(FiguresTable.of(totals, fixed, null, null)));
        return compare(List.of(given), end, listener);
    }

    /** With the tables of figures of a release. */
    public Outcome withEdition(EditionState edition, Revision revision, Until until, ReplayListener listener) {
        List<Given> given = published.of(edition, revision).stream()
                .map(sheet -> GivenCsv.of(sheet.name(), sheet.csv(), sheet::of))
                .toList();
        return compare(given, until, listener);
    }

    /**
     * With a CSV from wherever.
     *
     * @throws CsvUnusable it is not one of figures
     */
    public Outcome withCsv(byte[] csv, FiguresQuery query, Until until, ReplayListener listener) {
        return compare(List.of(GivenCsv.of(csv, query)), until, listener);
    }

    private Outcome compare(List<Given> given, Until until, ReplayListener listener) {
        Prefix prefix = replay.full(until, listener);
        List<Row> rows = new ArrayList<>();
        for (Given table : given) {
            rows.addAll(rows(table, prefix.totals()));
        }
        SortedMap<Long, ExplainingEvent> events = new TreeMap<>();
        if (!rows.isEmpty()) {
            Explanation explanation = new Explanation(rows, prefix.position(), events);
            Prefix all = replay.full(
                    new Until.Moment(Instant.MAX),
                    (done, of) -> listener.at(prefix.size() + done, prefix.size() + of),
                    explanation::add);
            if (all.size() < prefix.size()) {
                throw new IllegalStateException("the ledger has become shorter");
            }
            explanation.finish();
        }
        return new Outcome(
                prefix,
                new Comparison(
                        prefix.size() == 0 ? null : prefix.position(),
                        rows.stream()
                                .flatMap(row -> row.cells.stream().map(cell -> cell.told(row)))
                                .toList(),
                        List.copyOf(events.values())));
    }

    /** The rows in which something differs. */
    private static List<Row> rows(Given given, Totals totals) {
        Map<FiguresTable.Key, Map<String, String>> replayed =
                cells(given.maker().apply(totals));
        Set<String> numbers = orNothing(given, null).keySet();
        Set<FiguresTable.Key> keys = new TreeSet<>(given.rows().keySet());
        keys.addAll(replayed.keySet());
        List<Row> rows = new ArrayList<>();
        for (FiguresTable.Key key : keys) {
            Map<String, String> then = orNothing(given, given.rows().get(key));
            Map<String, String> now = orNothing(given, replayed.get(key));
            Row row = new Row(given, key);
            then.forEach((column, text) -> {
                String other = now.get(column);
                if (other != null && !other.equals(text)) {
                    row.cells.add(new Cell(column, numbers.contains(column), text, other));
                }
            });
            if (!row.cells.isEmpty()) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** A row that is not there says that nothing was asked. */
    private static Map<String, String> orNothing(Given given, @Nullable Map<String, String> cells) {
        if (cells != null) {
            return cells;
        }
        Map<String, String> nothing = new LinkedHashMap<>();
        for (Column column : given.maker().apply(new Totals()).columns()) {
            if (isNumber(column)) {
                nothing.put(column.name(), NOTHING);
            }
        }
        return nothing;
    }

    private static boolean isNumber(Column column) {
        return switch (column.kind()) {
            case TEXT, CODE, DATE -> false;
            case REQUESTS, PEOPLE, COUNT -> true;
        };
    }

    /** As CSV has them; without the status, which also tells of what was published before. */
    private static Map<FiguresTable.Key, Map<String, String>> cells(Table table) {
        Map<FiguresTable.Key, Map<String, String>> rows = new TreeMap<>();
        List<Column> columns = table.columns();
        for (List<@Nullable Object> row : table.rows()) {
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                Object cell = row.get(i);
                if (!columns.get(i).name().equals(StatusColumn.NAME)) {
                    cells.put(columns.get(i).name(), cell == null ? "" : cell.toString());
                }
            }
            rows.put(
                    new FiguresTable.Key(
                            Period.parse(String.valueOf(cells.get("period"))).orElseThrow(),
                            new OrganisationCode(String.valueOf(cells.get("organisation")))),
                    cells);
        }
        return rows;
    }

    /** A row in which something differs, as it grows entry by entry. */
    private static final class Row {
        private final Given given;
        private final FiguresTable.Key key;
        private final Totals totals = new Totals();
        private final List<Cell> cells = new ArrayList<>();

        Row(Given given, FiguresTable.Key key) {
            this.given = given;
            this.key = key;
        }

        /** Folds in what is of this row; false where nothing is. */
        boolean add(Object event) {
            if (event instanceof OrganisationEvent organisation) {
                totals.add(event);
                return code(organisation).equals(key.organisation());
            }
            boolean isOfRow = false;
            for (Delta.Row row : Delta.of(event).rows()) {
                if (row.key().organisation().equals(key.organisation())
                        && key.period().contains(row.key().month())) {
                    totals.add(row.key(), row.tally());
                    isOfRow = true;
                }
            }
            return isOfRow;
        }

        private static OrganisationCode code(OrganisationEvent event) {
            return switch (event) {
                case OrganisationEvent.Registered registered -> registered.code();
                case OrganisationEvent.Changed changed -> changed.code();
                case OrganisationEvent.ChangeProposed change -> change.code();
            };
        }

        Map<String, String> now() {
            return orNothing(
                    given, Comparisons.cells(given.maker().apply(totals)).get(key));
        }
    }

    /** A cell that differs. */
    private static final class Cell {
        private final String column;
        private final String given;
        private final String replayed;
        private String now;
        private @Nullable Long shownAt;
        private boolean isAfter;
        private List<Long> events = new ArrayList<>();
        private final List<Long> since = new ArrayList<>();

        Cell(String column, boolean isNumber, String given, String replayed) {
            this.column = column;
            this.given = given;
            this.replayed = replayed;
            this.now = isNumber ? NOTHING : "";
            this.shownAt = given.equals(now) ? BEFORE_ALL : null;
        }

        void take(String value, long position, long end) {
            if (value.equals(now)) {
                return;
            }
            now = value;
            if (position <= end) {
                since.add(position);
                if (value.equals(given)) {
                    shownAt = position;
                    since.clear();
                }
            } else if (shownAt == null && !isAfter) {
                events.add(position);
                if (value.equals(given)) {
                    shownAt = position;
                    isAfter = true;
                }
            }
        }

        /** Ends with the events that explain it: none where the ledger never gave the value. */
        void finish() {
            if (shownAt == null) {
                events = List.of();
            } else if (!isAfter) {
                events = List.copyOf(since);
            }
        }

        Comparison.Cell told(Row row) {
            return new Comparison.Cell(
                    row.given.name(),
                    row.key.period().toString(),
                    row.key.organisation().value(),
                    column,
                    given,
                    replayed,
                    shownAt,
                    events);
        }
    }

    /** Goes through all entries and notes which of them changed the cells that differ. */
    private static final class Explanation {
        private final Map<OrganisationCode, List<Row>> rows = new HashMap<>();
        private final List<Row> all;
        private final long end;
        private final SortedMap<Long, ExplainingEvent> events;

        Explanation(List<Row> rows, long end, SortedMap<Long, ExplainingEvent> events) {
            this.all = rows;
            this.end = end;
            this.events = events;
            rows.forEach(row -> this.rows
                    .computeIfAbsent(row.key.organisation(), absent -> new ArrayList<>())
                    .add(row));
        }

        void add(Entry entry, Object event) {
            boolean isNoted = false;
            for (Row row : concerned(event)) {
                if (row.add(event)) {
                    Map<String, String> now = row.now();
                    for (Cell cell : row.cells) {
                        String value = now.get(cell.column);
                        cell.take(value == null ? "" : value, entry.position(), end);
                    }
                    isNoted = true;
                }
            }
            if (isNoted) {
                events.put(entry.position(), ExplainingEvent.of(entry, event));
                if (events.size() > MAX_EVENTS) {
                    forgetOthers(false);
                    if (events.size() > MAX_EVENTS / 2) {
                        throw new TooManyEvents();
                    }
                }
            }
        }

        private Set<Row> concerned(Object event) {
            if (event instanceof OrganisationEvent) {
                return Set.copyOf(all);
            }
            Set<Row> concerned = new HashSet<>();
            for (Delta.Row row : Delta.of(event).rows()) {
                concerned.addAll(rows.getOrDefault(row.key().organisation(), List.of()));
            }
            return concerned;
        }

        void finish() {
            all.forEach(row -> row.cells.forEach(Cell::finish));
            forgetOthers(true);
        }

        private void forgetOthers(boolean isFinished) {
            Set<Long> named = new HashSet<>();
            for (Row row : all) {
                for (Cell cell : row.cells) {
                    named.addAll(cell.events);
                    if (!isFinished) {
                        named.addAll(cell.since);
                    }
                }
            }
            events.keySet().retainAll(named);
        }
    }
}
