package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Tally;
import org.pupilledger.figures.Totals;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;

/** Period totals as rows of figures, each as it is. */
final class PeriodTotalRows {
    private PeriodTotalRows() {}

    static FiguresTable of(Totals totals) {
        Map<FiguresTable.Key, FiguresTable.Row> rows = new TreeMap<>();
        totals.months().forEach((key, tally) -> {
            if (tally.hasRequests() && key.isOfTotal()) {
                FiguresTable.Row row = row(totals, key, tally);
                rows.put(row.key(), row);
            }
        });
        return new FiguresTable(
                end(rows, Period::from, Comparator.reverseOrder()),
                end(rows, Period::to, Comparator.naturalOrder()),
                By.TOTAL,
                null,
                null,
                List.copyOf(rows.values()));
    }

    private static FiguresTable.Row row(Totals totals, Delta.Key key, Tally tally) {
        return new FiguresTable.Row(
                new FiguresTable.Key(key.period(), key.organisation()),
                Objects.requireNonNull(totals.placements().category(key.organisation()), "never registered"),
                tally,
                totals.extents().of(key.organisation(), key.period()));
    }

    private static @Nullable YearMonth end(
            Map<FiguresTable.Key, ?> rows, Function<Period, YearMonth> end, Comparator<YearMonth> order) {
        return rows.keySet().stream()
                .map(FiguresTable.Key::period)
                .map(end)
                .max(order)
                .orElse(null);
    }
}
