package org.pupilledger.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.CsvCell;
import org.pupilledger.tables.Table;

/**
 * A table as CSV: UTF-8, lines end with CRLF, one header row of column names, an empty cell for null.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class TableCsv {
    private TableCsv() {}

    public static byte[] of(Table table) {
        return text(table).getBytes(UTF_8);
    }

    /** Text that a spreadsheet would take for a formula has an apostrophe before it; numbers are as they are. */
    public static String text(Table table) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(table.columns().stream().map(Column::name).toList());
            for (List<@Nullable Object> row : table.rows()) {
                for (Object cell : row) {
                    csv.print(CsvCell.of(cell));
                }
                csv.println();
            }
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot fail", e);
        }
        return text.toString();
    }
}
