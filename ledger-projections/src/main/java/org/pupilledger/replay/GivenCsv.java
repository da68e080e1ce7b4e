package org.pupilledger.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.FigureCells;
import org.pupilledger.comparison.GivenComparison.Given;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placements;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.FigureColumns;
import org.pupilledger.tables.StatusColumn;
import org.pupilledger.tables.Table;

/** Reads figures from CSV: what {@code GET /figures} answers, or a table of figures of an edition. */
final class GivenCsv {
    private static final String PERIOD = "period";
    private static final String ORGANISATION = "organisation";
    private static final String CATEGORY = "category";

    /** Says the same as the code. */
    private static final String NAME = FigureColumns.ORGANISATION_NAME.name();

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The tables of figures that there are, and how they are made. */
    private static final List<Function<FiguresTable, Table>> SHAPES = Stream.concat(
                    Stream.<Function<FiguresTable, Table>>of(FiguresTables::answered),
                    Stream.of(EditionRules.values())
                            .flatMap(rules -> Stream.of(
                                    figures -> FiguresTables.table("given", "given", figures, Set.of(), rules),
                                    figures -> FiguresTables.returnLevels("given", "given", figures, Set.of(), rules))))
            .toList();

    private GivenCsv() {}

    /**
     * A table whose maker is known.
     *
     * @throws CsvUnusable it is not such a table
     */
    static Given of(String name, byte[] csv, boolean isRolledUp, Function<Totals, FigureCells> maker) {
        Map<FiguresTable.Key, Map<String, @Nullable Object>> rows = new TreeMap<>();
        read(csv, rows);
        return new Given(name, rows, isRolledUp, maker);
    }

    /**
     * A table from outside, which says itself what it is of: by its header, its periods and its categories.
     *
     * @param asked   narrows what is compared
     * @param isKnown months that may be covered
     * @throws CsvUnusable it is no such table
     */
    static Given of(byte[] csv, FiguresQuery asked, Predicate<YearMonth> isKnown) {
        Map<FiguresTable.Key, Map<String, @Nullable Object>> rows = new TreeMap<>();
        List<String> header = read(csv, rows);
        Function<FiguresTable, Table> shape = SHAPES.stream()
                .filter(any -> columns(any).equals(header))
                .findFirst()
                .orElseThrow(() -> new CsvUnusable("The header is not that of a table of figures: neither that of GET"
                        + " /figures nor that of a table of figures of an edition."));
        if (rows.isEmpty()) {
            throw new CsvUnusable("The CSV has no rows, so it does not say which figures it is of.");
        }
        Period range = range(rows.keySet());
        // a table of an edition is of some categories; what was asked of the figures says itself which
        Set<Category> categories =
                header.contains(StatusColumn.NAME) ? categories(rows) : EnumSet.allOf(Category.class);
        Category gathering = categories.size() == 1
                ? categories.stream().filter(Placements::gathers).findFirst().orElse(null)
                : null;
        FiguresQuery query = new FiguresQuery(
                later(range.from(), asked.from()),
                earlier(range.to(), asked.to()),
                range.by(),
                asked.organisation(),
                gathering == null ? asked.category() : gathering,
                false,
                gathering != null || asked.isRolledUp());
        if (query.problem() != null) {
            throw new CsvUnusable("The months that were asked for do not fit the periods of the CSV.");
        }
        rows.keySet().removeIf(row -> !isAsked(row, query));
        return new Given("figures", rows, query.isRolledUp(), totals -> {
            Placements placements = totals.placements();
            Totals some = totals.ofOrganisations(organisation -> categories.contains(placements.tableOf(organisation)));
            FiguresTable figures = FiguresTable.of(some, query, null, null, isKnown);
            return FigureCells.texts(figures, shape.apply(figures));
        });
    }

    private static boolean isAsked(FiguresTable.Key row, FiguresQuery query) {
        return (query.organisation() == null || query.organisation().equals(row.organisation()))
                && Period.range(requireNonNull(query.from()), requireNonNull(query.to()))
                        .contains(row.period());
    }

    private static YearMonth later(YearMonth one, @Nullable YearMonth other) {
        return other == null || other.isBefore(one) ? one : other;
    }

    private static YearMonth earlier(YearMonth one, @Nullable YearMonth other) {
        return other == null || other.isAfter(one) ? one : other;
    }

    private static List<String> columns(Function<FiguresTable, Table> shape) {
        FiguresTable nothing = new FiguresTable(null, null, By.MONTH, null, null, List.of());
        return shape.apply(nothing).columns().stream().map(Column::name).toList();
    }

    /** Of all rows, which have to be of the same length. */
    private static Period range(Set<FiguresTable.Key> rows) {
        Period range = null;
        for (FiguresTable.Key row : rows) {
            Period period = row.period();
            if (range != null && range.by() != period.by()) {
                throw new CsvUnusable("The periods of the CSV are not all of one length.");
            }
            range = range == null
                    ? period
                    : new Period(period.by(), earlier(range.from(), period.from()), later(range.to(), period.to()));
        }
        if (range == null) {
            throw new CsvUnusable("The CSV has no rows, so it does not say which figures it is of.");
        }
        return range;
    }

    /** All of them where the table has no such column. */
    private static Set<Category> categories(Map<FiguresTable.Key, Map<String, @Nullable Object>> rows) {
        Set<Category> found = EnumSet.noneOf(Category.class);
        for (Map<String, @Nullable Object> row : rows.values()) {
            Object code = row.get(CATEGORY);
            if (code == null) {
                return EnumSet.allOf(Category.class);
            }
            found.add(category(code));
        }
        return found;
    }

    private static Category category(Object code) {
        for (Category category : Category.values()) {
            if (category.name().equals(code)) {
                return category;
            }
        }
        throw new CsvUnusable("A category of the CSV is not known.");
    }

    /** @return the header */
    private static List<String> read(byte[] csv, Map<FiguresTable.Key, Map<String, @Nullable Object>> rows) {
        try (CSVParser parser = CSVParser.parse(text(csv), CSVFormat.RFC4180)) {
            List<String> header = null;
            for (CSVRecord record : parser) {
                if (header == null) {
                    header = record.toList();
                    if (!header.contains(PERIOD)
                            || !header.contains(ORGANISATION)
                            || Set.copyOf(header).size() != header.size()) {
                        throw new CsvUnusable("The header is not that of a table of figures.");
                    }
                } else {
                    add(header, record, rows);
                }
            }
            if (header == null) {
                throw new CsvUnusable("The CSV is empty.");
            }
            return header.stream().filter(column -> !column.equals(NAME)).toList();
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new CsvUnusable("This is not CSV as RFC 4180 has it.");
        }
    }

    private static void add(
            List<String> header, CSVRecord record, Map<FiguresTable.Key, Map<String, @Nullable Object>> rows) {
        long line = record.getRecordNumber();
        if (record.size() != header.size()) {
            throw new CsvUnusable("Line " + line + " of the CSV does not have as many cells as the header.");
        }
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            cells.put(header.get(i), record.get(i));
        }
        cells.remove(NAME);
        Optional<Period> period = Period.parse(String.valueOf(cells.get(PERIOD)));
        Optional<OrganisationCode> organisation = OrganisationCode.parse(String.valueOf(cells.get(ORGANISATION)));
        if (organisation.isEmpty() || period.isEmpty()) {
            throw new CsvUnusable("Line " + line + " of the CSV has no period or no organisation.");
        }
        if (rows.put(new FiguresTable.Key(period.get(), organisation.get()), cells) != null) {
            throw new CsvUnusable("Line " + line + " of the CSV is of a row that was there before.");
        }
    }

    private static String text(byte[] csv) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(csv)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new CsvUnusable("The CSV is not in UTF-8.");
        }
    }
}
