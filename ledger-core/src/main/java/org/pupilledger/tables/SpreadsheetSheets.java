package org.pupilledger.tables;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.Column.Kind;

/**
 * The sheets of a document in the XML of a spreadsheet whose styles are those of the template. Attributes stand in the order of
 * their names, and nothing is indented, so that the same document gives the same bytes.
 */
final class SpreadsheetSheets {
    /** Longer names are refused by other programs that read the format. */
    private static final int MAX_SHEET_NAME = 31;

    private static final String COVER = "Cover";
    private static final String CONTENTS = "Contents";
    private static final String NOTES = "Notes";

    private static final String ONE_TABLE = "This sheet contains one table.";

    /** Rows above a table: its title and the line below. */
    private static final int ROWS_ABOVE = 2;

    private static final int COVER_WIDTH_MM = 180;
    private static final char LINE_SEPARATOR = '\u2028';

    private static final String ROW = "<table:table-row table:style-name=\"Row\">";
    private static final String ROW_END = "</table:table-row>";
    private static final String TEXT_CELL = "<table:table-cell office:value-type=\"string\" table:style-name=\"";

    private final Document document;
    private final boolean isForPaper;
    private final SheetMeasures measures;
    private final Set<String> sheetNames = new HashSet<>();
    private final String cover;
    private final List<Sheet> sheets = new ArrayList<>();

    /** @param line below the title */
    private record Sheet(String name, SheetTable table, String title, String line, List<Integer> widthsMm) {

        int lines(List<@Nullable Object> row) {
            return SheetMeasures.lines(table.columns(), widthsMm, row);
        }

        /** What is marked as a table: the header and the rows. */
        String range() {
            return "'" + name + "'.A" + (ROWS_ABOVE + 1) + ":'" + name + "'."
                    + letters(table.columns().size())
                    + (ROWS_ABOVE + 1 + table.rows().size());
        }

        /** Of a column, by its 1-based number: A to Z, AA and so on. */
        private static String letters(int column) {
            String last = Character.toString('A' + (column - 1) % 26);
            return column <= 26 ? last : letters((column - 1) / 26) + last;
        }
    }

    SpreadsheetSheets(Document document) {
        this.document = document;
        this.isForPaper = document.layout() == Document.Layout.FOR_PAPER;
        this.measures = new SheetMeasures(isForPaper);
        this.cover = sheetName(COVER);
        String contents = sheetName(CONTENTS);
        String notes = sheetName(NOTES);
        List<String> names =
                document.tables().stream().map(table -> sheetName(table.name())).toList();
        sheets.add(sheet(
                contents, contents(document, names), CONTENTS, ONE_TABLE + " It lists the tables of this workbook."));
        sheets.add(sheet(notes, notes(document), NOTES, ONE_TABLE + " It explains the tables of this workbook."));
        for (int i = 0; i < names.size(); i++) {
            Table table = document.tables().get(i);
            sheets.add(sheet(
                    names.get(i),
                    table,
                    table.title(),
                    ONE_TABLE + " Notes, and the shorthand in square brackets, are explained in the sheet " + NOTES
                            + "."));
        }
    }

    private Sheet sheet(String name, Table table, String title, String line) {
        SheetTable shown = isForPaper ? SheetTable.forPaper(table) : SheetTable.asPublished(table);
        return new Sheet(
                name,
                shown,
                title,
                line,
                IntStream.range(0, shown.columns().size())
                        .mapToObj(column -> measures.widthMm(shown, column))
                        .toList());
    }

    /** Names differ in more than case, which some programs do not tell apart. */
    private String sheetName(String wanted) {
        String name = wanted.substring(0, Math.min(wanted.length(), MAX_SHEET_NAME));
        for (int i = 2; !sheetNames.add(name.toLowerCase(Locale.ROOT)); i++) {
            String suffix = "-" + i;
            name = wanted.substring(0, Math.min(wanted.length(), MAX_SHEET_NAME - suffix.length())) + suffix;
        }
        return name;
    }

    private static Table contents(Document document, List<String> sheets) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < sheets.size(); i++) {
            Table table = document.tables().get(i);
            rows.add(List.of(sheets.get(i), table.title(), table.description()));
        }
        return new Table(
                "contents",
                CONTENTS,
                "The tables of this workbook.",
                List.of(
                        new Column("sheet", "Sheet", Kind.CODE, "Name of the sheet."),
                        new Column("title", "Title", Kind.TEXT, "Title of the table."),
                        new Column("description", "Description", Kind.TEXT, "What the table shows.")),
                rows);
    }

    private static Table notes(Document document) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (String note : document.notes()) {
            rows.add(List.of(rows.size() + 1L, note));
        }
        return new Table(
                "notes",
                NOTES,
                "What a reader needs to know about the tables.",
                List.of(
                        new Column("note", "Note", Kind.COUNT, "Number of the note."),
                        new Column("text", "Text", Kind.TEXT, "The note.")),
                rows);
    }

    /** One for each width, in the order in which they are first used; for paper, one for each height too. */
    void writeStyles(Writer out) throws IOException {
        if (isForPaper) {
            Set<Integer> heights = new TreeSet<>(Set.of(1));
            for (Sheet sheet : sheets) {
                for (List<@Nullable Object> row : sheet.table().rows()) {
                    heights.add(sheet.lines(row));
                }
            }
            for (int lines : heights) {
                out.write("<style:style style:family=\"table-row\" style:name=\"Row" + lines
                        + "\"><style:table-row-properties style:row-height=\"" + SheetMeasures.heightMm(lines)
                        + "mm\" style:use-optimal-row-height=\"false\"/></style:style>");
            }
        }
        Set<Integer> widths = new LinkedHashSet<>(Set.of(COVER_WIDTH_MM));
        sheets.forEach(sheet -> widths.addAll(sheet.widthsMm()));
        for (int width : widths) {
            out.write("<style:style style:family=\"table-column\" style:name=\"Width" + width
                    + "\"><style:table-column-properties style:column-width=\"" + width + "mm\"/></style:style>");
        }
    }

    void writeSheets(Writer out) throws IOException {
        open(cover, List.of(COVER_WIDTH_MM), 0, out);
        line(document.title(), "Title", out);
        for (Document.Line line : document.cover()) {
            line(line.label() + ": " + line.value(), "Text", out);
        }
        out.write("</table:table>");
        for (Sheet sheet : sheets) {
            write(sheet, out);
        }
        markTables(out);
    }

    /** @param keys columns that stand on every page, from the first one on */
    private static void open(String name, List<Integer> widthsMm, int keys, Writer out) throws IOException {
        out.write("<table:table table:name=\"" + name + "\" table:style-name=\"Sheet\">");
        for (int i = 0; i < widthsMm.size(); i++) {
            out.write(i == 0 && keys > 0 ? "<table:table-header-columns>" : "");
            out.write("<table:table-column table:style-name=\"Width" + widthsMm.get(i) + "\"/>");
            out.write(i + 1 == keys ? "</table:table-header-columns>" : "");
        }
    }

    private void write(Sheet sheet, Writer out) throws IOException {
        SheetTable table = sheet.table();
        open(sheet.name(), sheet.widthsMm(), table.keys(), out);
        line(sheet.title(), "Title", out);
        line(sheet.line(), "Line", out);
        out.write("<table:table-header-rows>" + ROW);
        for (Column column : table.columns()) {
            cell(column.label(), column.kind().isNumber() ? "NumberHeader" : "Header", out);
        }
        out.write(ROW_END + "</table:table-header-rows>");
        boolean hasLinks = sheet.name().equals(CONTENTS);
        for (List<@Nullable Object> row : table.rows()) {
            out.write(isForPaper ? "<table:table-row table:style-name=\"Row" + sheet.lines(row) + "\">" : ROW);
            for (int i = 0; i < row.size(); i++) {
                if (hasLinks && i == 0 && row.get(i) instanceof String name) {
                    link(name, out);
                } else if (row.get(i) instanceof String mark
                        && row.size() > 1
                        && table.columns().get(i).kind().isNumber()) {
                    cell(mark, "NumberMark", out);
                } else {
                    cell(row.get(i), out);
                }
            }
            out.write(ROW_END);
        }
        out.write("</table:table>");
    }

    /** Without filter buttons: this is how the format says that a range is a table. */
    private void markTables(Writer out) throws IOException {
        out.write("<table:database-ranges>");
        for (Sheet sheet : sheets) {
            out.write("<table:database-range table:contains-header=\"true\" table:display-filter-buttons=\"false\""
                    + " table:name=\"table_"
                    + sheet.name().toLowerCase(Locale.ROOT).replace('-', '_')
                    + "\" table:target-range-address=\"" + sheet.range() + "\"/>");
        }
        out.write("</table:database-ranges>");
    }

    private static void line(String text, String style, Writer out) throws IOException {
        out.write(ROW);
        cell(text, style, out);
        out.write(ROW_END);
    }

    private static void cell(@Nullable Object cell, Writer out) throws IOException {
        if (cell instanceof Long number) {
            out.write("<table:table-cell office:value=\"" + number
                    + "\" office:value-type=\"float\" table:style-name=\"Number\"><text:p>" + number
                    + "</text:p></table:table-cell>");
        } else if (cell instanceof String text && !text.isEmpty()) {
            cell(text, "Text", out);
        } else {
            out.write("<table:table-cell/>");
        }
    }

    private static void cell(String text, String style, Writer out) throws IOException {
        out.write(TEXT_CELL + style + "\"><text:p>");
        text(text, out);
        out.write("</text:p></table:table-cell>");
    }

    private static void link(String sheet, Writer out) throws IOException {
        out.write(TEXT_CELL + "Text\"><text:p><text:a xlink:href=\"#'" + sheet + "'.A1\" xlink:type=\"simple\">" + sheet
                + "</text:a></text:p></table:table-cell>");
    }

    /**
     * What XML takes for markup is escaped. A line separator, and what takes more than 16 bits, is a reference: editions were
     * published with these.
     */
    static void text(String text, Writer out) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.write("&amp;");
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                default -> {
                    if (Character.isHighSurrogate(c) || c == LINE_SEPARATOR) {
                        int point = text.codePointAt(i);
                        out.write("&#" + point + ";");
                        i += Character.charCount(point) - 1;
                    } else {
                        out.write(c);
                    }
                }
            }
        }
    }
}
