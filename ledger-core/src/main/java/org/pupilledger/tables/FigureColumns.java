package org.pupilledger.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.Column.Kind;

/** The columns that say which figure a row is about, wherever there are figures. */
public final class FigureColumns {
    public static final Column ORGANISATION =
            new Column("organisation", "Organisation", Kind.CODE, "Code of the organisation that asked.");

    public static final Column ORGANISATION_NAME =
            new Column("organisation_name", "Organisation in words", Kind.TEXT, "Its name, as it is registered.");

    /** Of tables that are published, which have no other periods. */
    public static final Column PERIOD =
            new Column("period", "Period", Kind.CODE, "Month or quarter of receipt, as a code.");

    public static final Column PERIOD_LABEL =
            new Column("period_label", "Period in words", Kind.TEXT, "The period, as it is read.");

    public static final Column COVERAGE = new Column(
            "coverage",
            "Coverage",
            Kind.CODE,
            "Whether the record of the period is complete: COMPLETE, PART, NONE, or NOT_DECLARED where nobody has said.");

    private FigureColumns() {}

    /**
     * The same table with the names of organisations beside their codes.
     *
     * @param names by code; of a code that is not there, the code itself
     */
    public static Table named(Table table, Map<String, String> names) {
        int organisation = table.indexOf(ORGANISATION.name());
        if (organisation < 0) {
            return table;
        }
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(organisation + 1, ORGANISATION_NAME);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : table.rows()) {
            List<@Nullable Object> cells = new ArrayList<>(row);
            String code = String.valueOf(row.get(organisation));
            cells.add(organisation + 1, names.getOrDefault(code, code));
            rows.add(cells);
        }
        return new Table(table.name(), table.title(), table.description(), columns, rows);
    }
}
