package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.pupilledger.comparison.FigureCells;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
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
    OUTCOMES_BY_RETURN_LEVEL("outcomes-by-return-level", "all organisations", By.QUARTER, Category.values());

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

    /** Name of the table, and stem of its file's name. */
    public String table() {
        return table;
    }

    /** Whether organisations of a category are in it. */
    public boolean holds(Category category) {
        return categories.contains(category);
    }

    /** Whether an organisation is in it, with the category that it has in the totals. */
    boolean holds(Totals totals, OrganisationCode organisation) {
        Category category = totals.categories().get(organisation);
        return category != null && holds(category);
    }

    /**
     * The figures of the table: the periods up to {@code last} in which an organisation of it has requests, and all periods
     * of one of which it is said what is covered.
     *
     * @param last     last month of a quarter
     * @param withheld months that are not shown
     */
    public FiguresTable figures(Totals totals, YearMonth last, Predicate<YearMonth> withheld) {
        Totals some = totals.ofCategories(this::holds).ofMonths(month -> !month.isAfter(last) && !withheld.test(month));
        return FiguresTable.published(some, last, by, withheld.negate());
    }

    /** The same, cell by cell, with nothing marked as revised. */
    public FigureCells cells(
            Totals totals,
            YearMonth last,
            Predicate<YearMonth> withheld,
            BiFunction<FiguresTable, Table, FigureCells> compared) {
        FiguresTable figures = figures(totals, last, withheld);
        return compared.apply(figures, table(figures, Set.of()));
    }

    /** @param revised cells that an earlier revision showed otherwise */
    public Table table(FiguresTable figures, Set<FiguresTables.Cell> revised) {
        return this == OUTCOMES_BY_RETURN_LEVEL
                ? FiguresTables.returnLevels(table, title(figures), figures, revised)
                : FiguresTables.table(table, title(figures), figures, revised);
    }

    private static String range(FiguresTable figures) {
        YearMonth from = figures.from();
        YearMonth to = figures.to();
        return figures.rows().isEmpty() || from == null || to == null
                ? "none recorded"
                : Period.range(from, to).label();
    }

    private String title(FiguresTable figures) {
        String what = this == OUTCOMES_BY_RETURN_LEVEL
                ? "Requests answered, by return level"
                : "Requests to match people with the National Pupil Database, and people in them";
        return what + ", " + population + ", England, by " + by.code() + ", " + range(figures);
    }
}
