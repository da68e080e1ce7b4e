package org.pupilledger.totals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.tlog.Entry;
import org.pupilledger.tlog.Projection;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps the monthly totals up to date. A batch of entries is added up in memory and stored with one statement. */
public final class TotalsProjection implements Projection {
    public static final String NAME = "totals";

    private static final List<String> COLUMNS =
            Arrays.stream(Measure.values()).map(Measure::column).toList();
    private static final String ADD = "insert into monthly_total (month, organisation, " + String.join(", ", COLUMNS)
            + ") values (?, ?" + ", ?".repeat(Measure.COUNT) + ") on conflict (month, organisation) do update set "
            + COLUMNS.stream()
                    .map(column -> column + " = monthly_total." + column + " + excluded." + column)
                    .collect(Collectors.joining(", "));
    private static final String CATEGORY = """
            insert into total_organisation (code, category) values (?, ?)
            on conflict (code) do update set category = excluded.category
            """;

    private final JdbcTemplate jdbc;
    private final EventTypes types = EventTypes.current();

    public TotalsProjection(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void fold(List<Entry> entries) {
        Totals added = new Totals();
        entries.forEach(entry -> added.add(entry.leaf().event(types)));
        List<Object[]> rows = added.months().entrySet().stream()
                .filter(row -> !row.getValue().isZero())
                .map(TotalsProjection::values)
                .toList();
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(ADD, rows);
        }
        added.categories().forEach((code, category) -> jdbc.update(CATEGORY, code.value(), category.name()));
    }

    private static Object[] values(Map.Entry<Delta.Key, Tally> row) {
        Object[] values = new Object[Measure.COUNT + 2];
        values[0] = row.getKey().month().toString();
        values[1] = row.getKey().organisation().value();
        int next = 2;
        for (Measure measure : Measure.values()) {
            values[next++] = row.getValue().get(measure);
        }
        return values;
    }
}
