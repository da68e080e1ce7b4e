package org.pupilledger.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.FigureColumns;
import org.pupilledger.tables.StatusColumn;
import org.pupilledger.tables.Table;

/** Figures as tables that can be published: shorthand in a status column, empty cells for what is not stated. */
public final class FiguresTables {
    private static final String DESCRIPTION =
            "Requests, people and return levels by period of receipt and organisation.";
    private static final String LEVELS_NOT_STATED = "return levels";

    /**
     * A cell of a table of figures.
     *
     * @param column its name, such as {@code individuals_matched}
     */
    public record Cell(FiguresTable.Key row, String column) {}

    /** A column and what a row has in it. */
    private record Shown(Column column, Function<FiguresTable.Row, @Nullable Object> cell) {
        static Shown requests(Measure measure, String label, String description) {
            return new Shown(
                    new Column(measure.column(), label, Kind.REQUESTS, description),
                    row -> row.tally().get(measure));
        }

        static Shown stated(StatedMeasure measure) {
            boolean isOfRequests = StatedMeasure.REQUESTS.contains(measure);
            String label = measure.column().replace('_', ' ').replace("requests led", "requests that led");
            return new Shown(
                    new Column(
                            measure.column(),
                            label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1),
                            isOfRequests ? Kind.REQUESTS : Kind.PEOPLE,
                            meaning(measure)),
                    row -> measure.in(row.tally()));
        }

        static Shown level(ReturnLevel level) {
            return requests(
                    Measure.level(level),
                    "Requests: " + level.label(),
                    "Requests answered at this return level: " + level.label() + ".");
        }

        /** The same, empty where what is not stated may be more of it. */
        Shown unless(Predicate<Tally> isSilent) {
            return new Shown(column, row -> isSilent.test(row.tally()) ? null : cell.apply(row));
        }
    }

    private static final Shown SUMMARY =
            new Shown(new Column("summary", "Summary", Kind.TEXT, "The row in a sentence."), Summary::of);
    private static final Shown PERIOD = new Shown(
            new Column("period", "Period", Kind.CODE, "Month, quarter, year or range of months of receipt, as a code."),
            row -> row.period().toString());
    private static final Shown PERIOD_LABEL =
            new Shown(FigureColumns.PERIOD_LABEL, row -> row.period().label());
    private static final Shown ORGANISATION =
            new Shown(FigureColumns.ORGANISATION, row -> row.organisation().value());
    private static final Shown CATEGORY = new Shown(
            new Column("category", "Category", Kind.CODE, "Kind of organisation."),
            row -> row.category().name());
    private static final Shown COVERAGE =
            new Shown(FigureColumns.COVERAGE, row -> row.coverage().name());
    private static final List<Shown> FIRST_KEYS = List.of(PERIOD, PERIOD_LABEL, ORGANISATION, CATEGORY);
    private static final List<Shown> KEYS = joined(List.of(FIRST_KEYS, List.of(COVERAGE)));
    private static final List<Shown> REQUESTS = shown(StatedMeasure.REQUESTS);
    private static final List<Shown> PEOPLE = shown(StatedMeasure.PEOPLE);
    private static final List<Shown> PEOPLE_BY_LEVEL = shown(StatedMeasure.PEOPLE_BY_LEVEL);
    private static final List<Shown> OUTCOMES =
            shown(List.of(StatedMeasure.REQUESTS_ANSWERED, StatedMeasure.LED_TO_DATA));
    private static final List<Shown> LEVELS =
            Arrays.stream(ReturnLevel.values()).map(Shown::level).toList();
    /** By {@link EditionRules#EDITION_1} they count what states a level, beside a mark that some do not. */
    private static final List<Shown> LEVELS_STATED = LEVELS.stream()
            .map(level -> level.unless(tally -> tally.get(Measure.LEVEL_NOT_STATED) > 0))
            .toList();

    private static final List<Shown> LEVEL_NOT_STATED = List.of(Shown.requests(
            Measure.LEVEL_NOT_STATED,
            "Requests: level not stated",
            "Requests with an answer of which the return level is not stated."));

    private FiguresTables() {}

    /** Requests, people and return levels by period and organisation, and a sentence for each row. */
    static Table table(String name, String title, FiguresTable figures) {
        return table(name, title, figures, Set.of(), EditionRules.NEWEST);
    }

    /**
     * The same as an edition has them.
     *
     * @param revised cells that a published table showed otherwise
     */
    public static Table table(String name, String title, FiguresTable figures, Set<Cell> revised, EditionRules rules) {
        List<Shown> shown = switch (rules) {
            case EDITION_1 -> joined(List.of(FIRST_KEYS, REQUESTS, PEOPLE, LEVELS));
            case EDITION_3 ->
                joined(List.of(KEYS, cut(figures), PEOPLE, REQUESTS, LEVELS_STATED, PEOPLE_BY_LEVEL, List.of(SUMMARY)));
            case EDITION_2 ->
                joined(List.of(KEYS, cut(figures), REQUESTS, PEOPLE, LEVELS_STATED, PEOPLE_BY_LEVEL, List.of(SUMMARY)));
        };
        return published(name, title, DESCRIPTION, shown, figures, revised);
    }

    /**
     * How many requests were answered at which return level, and how many people were returned at which.
     *
     * @param revised cells that a published table showed otherwise
     */
    public static Table returnLevels(
            String name, String title, FiguresTable figures, Set<Cell> revised, EditionRules rules) {
        List<Shown> keys = switch (rules) {
            case EDITION_1 -> List.of(PERIOD, PERIOD_LABEL, ORGANISATION);
            case EDITION_2, EDITION_3 -> List.of(PERIOD, PERIOD_LABEL, ORGANISATION, COVERAGE);
        };
        List<Shown> levels = rules == EditionRules.EDITION_1 ? LEVELS : LEVELS_STATED;
        List<Shown> people =
                rules == EditionRules.EDITION_1 ? List.of() : joined(List.of(PEOPLE_BY_LEVEL, List.of(SUMMARY)));
        return published(
                name,
                title,
                "Requests answered, by return level, period of receipt and organisation.",
                joined(List.of(keys, OUTCOMES, levels, LEVEL_NOT_STATED, people)),
                figures,
                revised);
    }

    /** The table that {@code GET /figures} answers as CSV, with names instead of shorthand and a sentence for each row. */
    public static Table answered(FiguresTable figures) {
        List<Shown> shown = joined(List.of(
                KEYS,
                cut(figures),
                REQUESTS,
                PEOPLE,
                LEVELS_STATED,
                PEOPLE_BY_LEVEL,
                List.of(
                        new Shown(
                                new Column(
                                        "not_stated",
                                        "Not stated",
                                        Kind.TEXT,
                                        "Measures that some request of the row does not state."),
                                row -> notStated(row)),
                        SUMMARY)));
        return new Table(
                FiguresDocument.NAME,
                FiguresDocument.title(figures),
                DESCRIPTION,
                columns(shown),
                figures.rows().stream().map(row -> cells(shown, row)).toList());
    }

    /** Its code and label, where rows are cut. */
    private static List<Shown> cut(FiguresTable figures) {
        Cut cut = figures.cut();
        return cut == null
                ? List.of()
                : List.of(
                        new Shown(cut.column(), row -> row.key().code()),
                        new Shown(
                                cut.labels(),
                                row -> cut.label(
                                        Objects.requireNonNull(row.key().code()))));
    }

    private static String notStated(FiguresTable.Row row) {
        List<String> names = Arrays.stream(StatedMeasure.values())
                .filter(measure -> measure.isMissingIn(row))
                .map(StatedMeasure::label)
                .collect(Collectors.toCollection(ArrayList::new));
        if (row.tally().get(Measure.LEVEL_NOT_STATED) > 0) {
            names.add(StatedMeasure.RETURN_LEVELS);
        }
        return String.join(";", names);
    }

    private static Table published(
            String name, String title, String description, List<Shown> shown, FiguresTable figures, Set<Cell> revised) {
        List<Column> columns = new ArrayList<>(columns(shown));
        columns.add(StatusColumn.of("[x] not available, [r] revised"));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (FiguresTable.Row row : figures.rows()) {
            List<@Nullable Object> cells = cells(shown, row);
            cells.add(status(shown, row, cells, revised));
            rows.add(cells);
        }
        return new Table(name, title, description, columns, rows);
    }

    private static @Nullable String status(
            List<Shown> shown, FiguresTable.Row row, List<@Nullable Object> cells, Set<Cell> revised) {
        List<String> entries = new ArrayList<>();
        if (!row.isRecorded()) {
            entries.add(StatusColumn.notAvailable(Summary.notRecorded(row)));
        }
        for (int i = 0; i < shown.size(); i++) {
            String column = shown.get(i).column().name();
            if (row.isRecorded() && cells.get(i) == null) {
                entries.add(StatusColumn.notAvailable(column));
            }
            if (revised.contains(new Cell(row.key(), column))) {
                entries.add(StatusColumn.revised(column));
            }
        }
        boolean isCountedInPart = shown.contains(LEVELS.getFirst());
        if (isCountedInPart && row.isRecorded() && row.tally().get(Measure.LEVEL_NOT_STATED) > 0) {
            entries.add(StatusColumn.notAvailable(LEVELS_NOT_STATED));
        }
        return StatusColumn.joined(entries);
    }

    private static List<@Nullable Object> cells(List<Shown> shown, FiguresTable.Row row) {
        List<@Nullable Object> cells = new ArrayList<>(shown.size() + 1);
        shown.forEach(column -> cells.add(
                row.isRecorded() || !column.column().kind().isNumber()
                        ? column.cell().apply(row)
                        : null));
        return cells;
    }

    private static List<Column> columns(List<Shown> shown) {
        return shown.stream().map(Shown::column).toList();
    }

    private static List<Shown> joined(List<List<Shown>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    private static List<Shown> shown(List<StatedMeasure> measures) {
        return measures.stream().map(Shown::stated).toList();
    }

    private static String meaning(StatedMeasure measure) {
        return switch (measure) {
            case RECEIVED ->
                "Requests received in the period; a request counts once for each of its references, at least once.";
            case APPROVED -> "Requests that the department approved.";
            case REFUSED -> "Requests that the department refused.";
            case WITHDRAWN -> "Requests that the organisation took back.";
            case OPEN -> "Requests that are not decided.";
            case REQUESTS_ANSWERED ->
                "Requests in which the department replied anything at all about at least one person.";
            case LED_TO_DATA ->
                "Requests in which more than the match indicator was returned about at least one person.";
            case SUBMITTED -> "People in the files of the requests, after repeats are removed.";
            case MATCHED -> "People with a clear match.";
            case AMBIGUOUS -> "People with several or partial candidates.";
            case UNMATCHED -> "People submitted less those matched and ambiguous, where a match was recorded.";
            case ANSWERED -> "People about whom the department replied anything at all.";
            case RETURNED -> "People about whom at least one item beyond the match indicator was released.";
            case RETURNED_RECORD_HELD -> "People returned about whom it was told that a record is held.";
            case RETURNED_SCHOOL -> "People returned about whom a school was told, and no address.";
            case RETURNED_ADDRESS -> "People returned about whom an address was told, and no school.";
            case RETURNED_ADDRESS_AND_SCHOOL -> "People returned about whom an address and a school were told.";
            case RETURNED_LEVEL_NOT_STATED -> "People returned about whom it is not stated what was told.";
        };
    }
}
