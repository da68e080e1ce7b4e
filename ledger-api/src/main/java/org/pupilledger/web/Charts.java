package org.pupilledger.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.tables.Chart;
import org.pupilledger.tables.ChartSvg;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Table;
import org.pupilledger.web.PublicEditions.Edition;

/** Charts of an edition, one for each organisation with several quarters; a quarter without numbers is a gap. */
public record Charts(Names names) {
    private static final List<String> SERIES =
            List.of("individuals_submitted", "individuals_matched", "individuals_returned");
    private static final int MAX_CHARTS = 12;

    /** @param svg drawn here, of text that is escaped */
    public record Drawn(String title, String svg, String table) {}

    List<Drawn> of(Edition edition) {
        List<Drawn> drawn = new ArrayList<>();
        for (String name : Headlines.TABLES) {
            Table table = edition.table(name).orElse(null);
            if (table != null) {
                Map<String, List<Row>> byOrganisation = Row.of(table)
                        .collect(Collectors.groupingBy(
                                row -> row.text("organisation"), LinkedHashMap::new, Collectors.toList()));
                byOrganisation.forEach((organisation, rows) -> {
                    if (drawn.size() < MAX_CHARTS && rows.stream().anyMatch(Row::isRecorded)) {
                        drawn.add(draw("chart-" + drawn.size(), name, names.of(organisation), rows));
                    }
                });
            }
        }
        return drawn;
    }

    private static Drawn draw(String id, String table, String organisation, List<Row> rows) {
        List<Row> told = rows.stream().filter(Row::isRecorded).toList();
        Map<String, Row> byPeriod = told.stream().collect(Collectors.toMap(row -> row.text("period"), row -> row));
        Period range = Period.range(
                Period.parse(told.getFirst().text("period")).orElseThrow().from(),
                Period.parse(told.getLast().text("period")).orElseThrow().to());
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("period", "Period", Column.Kind.CODE, "Quarter."));
        columns.add(new Column("period_label", "Period", Column.Kind.TEXT, "Quarter."));
        columns.add(new Column(SERIES.get(0), "Submitted", Column.Kind.PEOPLE, "People submitted."));
        columns.add(new Column(SERIES.get(1), "Matched", Column.Kind.PEOPLE, "People matched."));
        columns.add(new Column(SERIES.get(2), "Returned", Column.Kind.PEOPLE, "People returned."));
        List<List<@Nullable Object>> cells = new ArrayList<>();
        // every quarter has its place, so that time is true to scale
        range.split(By.QUARTER).forEach(period -> {
            Row row = byPeriod.get(period.toString());
            List<@Nullable Object> cell = new ArrayList<>();
            cell.add(period.toString());
            cell.add(period.label());
            SERIES.forEach(series -> cell.add(row == null ? null : row.number(series)));
            cells.add(cell);
        });
        String title = "People submitted, matched and returned: " + organisation;
        Table source = new Table("chart", title, title + ".", columns, cells);
        Chart chart = new Chart(
                title,
                "By quarter, " + range.label()
                        + ". A quarter that is not recorded, and a number that is not stated, is a gap.",
                source.name(),
                "period_label",
                SERIES);
        return new Drawn(title, ChartSvg.of(id, chart, source), table);
    }
}
