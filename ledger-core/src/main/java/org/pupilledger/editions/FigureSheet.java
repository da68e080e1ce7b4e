package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pupilledger.comparison.FigureCells;
import org.pupilledger.coverage.Coverages;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placements;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.tables.Table;

/** The tables of an edition that hold figures, in the order in which they are published. */
public enum FigureSheet {
    HOME_OFFICE_MONTHLY("home-office-monthly", "Home Office", By.MONTH, Category.HOME_OFFICE),
    HOME_OFFICE_QUARTERLY("home-office-quarterly", "Home Office", By.QUARTER, Category.HOME_OFFICE),
    POLICE_QUARTERLY("police-quarterly", "police and criminal investigation authorities", By.QUARTER, Category.POLICE),
    COURTS_QUARTERLY("courts-quarterly", "courts", By.QUARTER, Category.COURT),
    OTHER_GOVERNMENT_QUARTERLY(
            "other-government-quarterly",
            "other government bodies and others",
            By.QUARTER,
            Category.OTHER_GOVERNMENT,
            Category.OTHER),
    OUTCOMES_BY_RETURN_LEVEL("outcomes-by-return-level", "all organisations", By.QUARTER, Category.values()),

    /** Of which no source tells the single requests, each whole; in the other tables they are parts of periods, if at all. */
    PERIOD_TOTALS("period-totals", "all organisations", By.TOTAL, Category.values());

    private final String table;
    private final String population;
    private final By by;

    @SuppressWarnings("ImmutableEnumChecker") // a list that nobody can change
    private final List<Category> categories;

    FigureSheet(String table, String population, By by, Category... categories) {
        this.table = table;
        this.population = population;
        this.by = by;
        this.categories = List.of(categories);
    }

    /** Those that there are by the rules of an edition. */
    public static List<FigureSheet> of(EditionRules rules) {
        return Arrays.stream(values())
                .filter(sheet -> sheet != PERIOD_TOTALS || rules != EditionRules.EDITION_1)
                .toList();
    }

    /** Name of the table, and stem of its file's name. */
    public String table() {
        return table;
    }

    /** Whether organisations are counted in the row of the highest one of the table that they belong to. */
    public boolean isRolledUp() {
        return categories.stream().allMatch(Placements::gathers);
    }

    private boolean isOfAll() {
        return categories.size() == Category.values().length;
    }

    /** Whether something that is added up is in a row that shares months with it. */
    boolean isIn(Period row, Delta.Key part) {
        return this != PERIOD_TOTALS || part.period().equals(row);
    }

    /** The organisation in whose row another one is counted, as they stand; empty where it is in none. */
    Optional<OrganisationCode> row(Placements placements, OrganisationCode organisation) {
        Category category = isOfAll() ? placements.category(organisation) : placements.tableOf(organisation);
        if (category == null || !categories.contains(category)) {
            return Optional.empty();
        }
        return isRolledUp() ? placements.highest(organisation, category) : Optional.of(organisation);
    }

    /** The organisation in whose row of the tables of requests and people another one is counted. */
    static OrganisationCode body(Placements placements, OrganisationCode organisation) {
        return Arrays.stream(values())
                .filter(sheet -> !sheet.isOfAll())
                .flatMap(sheet -> sheet.row(placements, organisation).stream())
                .findFirst()
                .orElse(organisation);
    }

    /** Whether the record of the months of a row is complete, as far as anybody said, of all that it counts. */
    boolean isRecorded(Totals totals, FiguresTable.Key row) {
        Placements placements = totals.placements();
        Coverages extents = totals.extents();
        if (isRolledUp() && extents.of(row.organisation(), row.period()) == Coverages.Extent.COMPLETE) {
            return true;
        }
        Stream<OrganisationCode> below = extents.organisations()
                .filter(organisation -> row(placements, organisation)
                        .filter(row.organisation()::equals)
                        .isPresent());
        return Stream.concat(Stream.of(row.organisation()), below)
                .allMatch(organisation -> extents.of(organisation, row.period()).isKnown());
    }

    /**
     * The figures of the table: the periods up to {@code last} in which an organisation of it has requests, and all periods
     * of one of which it is said what is covered.
     *
     * @param last     last month of a quarter
     * @param withheld months that are not shown
     */
    public FiguresTable figures(Totals totals, YearMonth last, Predicate<YearMonth> withheld) {
        Placements placements = totals.placements();
        Totals some = totals.ofOrganisations(
                        organisation -> row(placements, organisation).isPresent())
                .ofMonths(month -> !month.isAfter(last) && !withheld.test(month));
        return this == PERIOD_TOTALS
                ? PeriodTotalRows.of(some)
                : FiguresTable.published(
                        some, last, by, isRolledUp() ? categories.getFirst() : null, withheld.negate());
    }

    /** The same, cell by cell, with nothing marked as revised. */
    public FigureCells cells(
            Totals totals,
            YearMonth last,
            Predicate<YearMonth> withheld,
            BiFunction<FiguresTable, Table, FigureCells> compared) {
        FiguresTable figures = figures(totals, last, withheld);
        return compared.apply(figures, table(figures, Set.of(), totals.rules()));
    }

    /** @param revised cells that an earlier revision showed otherwise */
    public Table table(FiguresTable figures, Set<FiguresTables.Cell> revised, EditionRules rules) {
        return this == OUTCOMES_BY_RETURN_LEVEL
                ? FiguresTables.returnLevels(table, title(figures), figures, revised, rules)
                : FiguresTables.table(table, title(figures), figures, revised, rules);
    }

    static String range(FiguresTable figures) {
        YearMonth from = figures.from();
        YearMonth to = figures.to();
        return figures.rows().isEmpty() || from == null || to == null
                ? "none recorded"
                : Period.range(from, to).label();
    }

    private String title(FiguresTable figures) {
        String what = switch (this) {
            case OUTCOMES_BY_RETURN_LEVEL -> "Requests answered, by return level";
            case PERIOD_TOTALS ->
                "Requests, and people in them, of several months of which no source tells the single ones";
            default -> "Requests to match people with the National Pupil Database, and people in them";
        };
        String unit = this == PERIOD_TOTALS ? "" : ", by " + by.code();
        return what + ", " + population + ", England" + unit + ", " + range(figures);
    }
}
