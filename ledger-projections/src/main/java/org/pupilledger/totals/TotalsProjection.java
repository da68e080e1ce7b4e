package org.pupilledger.totals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pupilledger.entries.Entry;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Tally;
import org.pupilledger.figures.Totals;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.tlog.Copy;
import org.pupilledger.tlog.NotStored;
import org.pupilledger.tlog.ProjectedTable;
import org.pupilledger.tlog.Projection;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps the monthly totals up to date. A batch of entries is added up in memory and stored with one statement. */
public final class TotalsProjection implements Projection {
    public static final String NAME = "totals";

    /** Raise it with every new measure, and whenever {@link Delta} changes what an event means. */
    public static final int VERSION = 4;

    private static final List<String> KEY = List.of("period", "organisation", "purpose", "gateway", "lawful_basis");
    private static final String KEY_COLUMNS = "copy, " + String.join(", ", KEY);

    private static final List<String> COLUMNS =
            Arrays.stream(Measure.values()).map(Measure::column).toList();
    private static final String ADD = "insert into monthly_total (" + KEY_COLUMNS + ", "
            + String.join(", ", COLUMNS) + ") values (?" + ", ?".repeat(KEY.size() + Measure.COUNT)
            + ") on conflict (" + KEY_COLUMNS + ") do update set "
            + COLUMNS.stream()
                    .map(column -> column + " = monthly_total." + column + " + excluded." + column)
                    .collect(Collectors.joining(", "));
    private static final String PLACE = """
            insert into total_organisation (copy, code, category, parent) values (?, ?, ?, ?)
            on conflict (copy, code) do update set category = excluded.category, parent = excluded.parent
            """;

    private static final String COVERAGE = """
            insert into total_coverage (copy, organisation, first_month, last_month, declarations) values (?, ?, ?, ?, ?)
            on conflict (copy, organisation, first_month, last_month)
                do update set declarations = total_coverage.declarations + excluded.declarations
            """;

    /** Of a period of which nothing is left there may be a row or none; that depends on where the batches ended. */
    private static final Kept KEPT = new Kept(
            NAME,
            VERSION,
            List.of(
                    new ProjectedTable(
                            "monthly_total",
                            KEY,
                            COLUMNS.stream().map(column -> column + " <> 0").collect(Collectors.joining(" or "))),
                    ProjectedTable.of("total_organisation", "code"),
                    new ProjectedTable(
                            "total_coverage",
                            List.of("organisation", "first_month", "last_month"),
                            "declarations <> 0")));

    private final JdbcTemplate jdbc;
    private final EventTypes types = EventTypes.current();

    public TotalsProjection(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Kept kept() {
        return KEPT;
    }

    @Override
    public void fold(Copy copy, List<Entry> entries) {
        Totals added = new Totals();
        entries.forEach(entry -> added.add(entry.leaf().event(types)));
        List<Object[]> rows = added.months().entrySet().stream()
                .filter(row -> !row.getValue().isZero())
                .map(row -> values(copy, row))
                .toList();
        if (!rows.isEmpty()) {
            NotStored.unlessEach(jdbc.batchUpdate(ADD, rows), "monthly_total");
        }
        added.organisations()
                .forEach((code, placement) -> NotStored.unless(
                        1,
                        jdbc.update(
                                PLACE,
                                copy.number(),
                                code.value(),
                                placement.category().name(),
                                placement.parent() == null
                                        ? null
                                        : placement.parent().value()),
                        "total_organisation"));
        added.coverage()
                .forEach((covered, declarations) -> NotStored.unless(
                        1,
                        jdbc.update(
                                COVERAGE,
                                copy.number(),
                                covered.organisation().value(),
                                covered.from().toString(),
                                covered.to() == null ? "" : covered.to().toString(),
                                declarations),
                        "total_coverage"));
    }

    private static Object[] values(Copy copy, Map.Entry<Delta.Key, Tally> row) {
        Object[] values = new Object[1 + KEY.size() + Measure.COUNT];
        int next = 0;
        values[next++] = copy.number();
        values[next++] = row.getKey().period().toString();
        values[next++] = row.getKey().organisation().value();
        values[next++] = row.getKey().why().purpose();
        values[next++] = row.getKey().why().gateway();
        values[next++] = row.getKey().why().lawfulBasis();
        for (Measure measure : Measure.values()) {
            values[next++] = row.getValue().get(measure);
        }
        return values;
    }
}
