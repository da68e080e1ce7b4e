package org.pupilledger.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.odftoolkit.odfdom.doc.OdfSpreadsheetDocument;
import org.odftoolkit.odfdom.dom.OdfContentDom;
import org.odftoolkit.odfdom.dom.OdfDocumentNamespace;
import org.odftoolkit.odfdom.dom.element.office.OfficeSpreadsheetElement;
import org.odftoolkit.odfdom.dom.element.style.StyleStyleElement;
import org.odftoolkit.odfdom.dom.element.style.StyleTableColumnPropertiesElement;
import org.odftoolkit.odfdom.dom.element.table.TableDatabaseRangeElement;
import org.odftoolkit.odfdom.dom.element.table.TableDatabaseRangesElement;
import org.odftoolkit.odfdom.dom.element.table.TableTableCellElement;
import org.odftoolkit.odfdom.dom.element.table.TableTableElement;
import org.odftoolkit.odfdom.dom.element.table.TableTableRowElement;
import org.odftoolkit.odfdom.dom.element.text.TextAElement;
import org.odftoolkit.odfdom.dom.element.text.TextPElement;
import org.odftoolkit.odfdom.incubator.doc.office.OdfOfficeAutomaticStyles;
import org.pupilledger.export.Column.Kind;

/** Puts a document on the sheets of an empty spreadsheet whose styles are those of the template. */
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
    private static final int MIN_WIDTH_MM = 24;

    /** Of a character of the body text, and of a header, which is bold. */
    private static final double CHARACTER_MM = 2.4;

    private static final double HEADER_CHARACTER_MM = 2.8;

    /** Of a code, which is in upper case. */
    private static final double CODE_CHARACTER_MM = 3.4;

    private static final int PADDING_MM = 6;

    /** Longer text is wrapped. */
    private static final int MAX_CHARACTERS = 60;

    private final OdfContentDom content;
    private final OdfOfficeAutomaticStyles styles;
    private final OfficeSpreadsheetElement spreadsheet;
    private final List<Range> ranges = new ArrayList<>();
    private final Set<String> sheetNames = new HashSet<>();
    private final Set<Integer> widths = new TreeSet<>();

    /** What is marked as a table: rows and columns are counts, the header included. */
    private record Range(String name, String sheet, int rows, int columns) {
        String address() {
            return "'" + sheet + "'.A" + (ROWS_ABOVE + 1) + ":'" + sheet + "'." + letters(columns)
                    + (ROWS_ABOVE + rows);
        }

        /** Of a column, by its 1-based number: A to Z, AA and so on. */
        private static String letters(int column) {
            String last = Character.toString('A' + (column - 1) % 26);
            return column <= 26 ? last : letters((column - 1) / 26) + last;
        }
    }

    SpreadsheetSheets(OdfSpreadsheetDocument document) throws Exception {
        content = document.getContentDom();
        styles = content.getAutomaticStyles();
        spreadsheet = document.getContentRoot();
    }

    void write(Document document) {
        cover(document, sheetName(COVER));
        String contents = sheetName(CONTENTS);
        String notes = sheetName(NOTES);
        List<String> sheets =
                document.tables().stream().map(table -> sheetName(table.name())).toList();
        table(contents, contents(document, sheets), CONTENTS, ONE_TABLE + " It lists the tables of this workbook.");
        table(notes, notes(document), NOTES, ONE_TABLE + " It explains the tables of this workbook.");
        for (int i = 0; i < sheets.size(); i++) {
            Table table = document.tables().get(i);
            table(
                    sheets.get(i),
                    table,
                    table.title(),
                    ONE_TABLE + " Notes, and the shorthand in square brackets, are explained in the sheet " + NOTES
                            + ".");
        }
        markTables();
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

    private void cover(Document document, String name) {
        TableTableElement sheet = sheet(name);
        column(sheet, COVER_WIDTH_MM);
        text(row(sheet), document.title(), "Title");
        for (Document.Line line : document.cover()) {
            text(row(sheet), line.label() + ": " + line.value(), "Text");
        }
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

    private void table(String name, Table table, String title, String line) {
        TableTableElement sheet = sheet(name);
        for (int i = 0; i < table.columns().size(); i++) {
            column(sheet, widthMm(table, i));
        }
        text(row(sheet), title, "Title");
        text(row(sheet), line, "Line");
        TableTableRowElement header = sheet.newTableTableHeaderRowsElement().newTableTableRowElement();
        header.setTableStyleNameAttribute("Row");
        for (Column column : table.columns()) {
            text(header, column.label(), column.kind().isNumber() ? "NumberHeader" : "Header");
        }
        boolean hasLinks = name.equals(CONTENTS);
        for (List<@Nullable Object> row : table.rows()) {
            TableTableRowElement cells = row(sheet);
            for (int i = 0; i < row.size(); i++) {
                if (hasLinks && i == 0 && row.get(i) instanceof String sheetName) {
                    link(cells, sheetName);
                } else {
                    cell(cells, row.get(i));
                }
            }
        }
        ranges.add(new Range(
                "table_" + name.toLowerCase(Locale.ROOT).replace('-', '_'),
                name,
                table.rows().size() + 1,
                table.columns().size()));
    }

    /** Without filter buttons: this is how the format says that a range is a table. */
    private void markTables() {
        TableDatabaseRangesElement marks = spreadsheet.newTableDatabaseRangesElement();
        for (Range range : ranges) {
            TableDatabaseRangeElement mark = marks.newTableDatabaseRangeElement(range.address());
            mark.setTableNameAttribute(range.name());
            mark.setTableContainsHeaderAttribute(true);
            mark.setTableDisplayFilterButtonsAttribute(false);
        }
    }

    private TableTableElement sheet(String name) {
        TableTableElement sheet = spreadsheet.newTableTableElement();
        sheet.setTableNameAttribute(name);
        sheet.setTableStyleNameAttribute("Sheet");
        return sheet;
    }

    private void column(TableTableElement sheet, int widthMm) {
        String style = "Width" + widthMm;
        if (widths.add(widthMm)) {
            StyleStyleElement width = styles.newStyleStyleElement("table-column", style);
            StyleTableColumnPropertiesElement properties =
                    content.newOdfElement(StyleTableColumnPropertiesElement.class);
            properties.setStyleColumnWidthAttribute(widthMm + "mm");
            width.appendChild(properties);
        }
        sheet.newTableTableColumnElement().setTableStyleNameAttribute(style);
    }

    /** Wide enough for the longest word of the header, and for the longest cell up to a limit. */
    private static int widthMm(Table table, int index) {
        Column column = table.columns().get(index);
        int word = Arrays.stream(column.label().split(" ", -1))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        int cell = table.rows().stream()
                .mapToInt(row -> length(row.get(index)))
                .max()
                .orElse(0);
        double character = column.kind() == Kind.CODE ? CODE_CHARACTER_MM : CHARACTER_MM;
        double text = Math.max(word * HEADER_CHARACTER_MM, Math.min(cell, MAX_CHARACTERS) * character);
        return Math.max(MIN_WIDTH_MM, (int) Math.ceil(text) + PADDING_MM);
    }

    /** Characters as shown: a number has a separator for each three digits but the first. */
    private static int length(@Nullable Object cell) {
        if (cell == null) {
            return 0;
        }
        int length = cell.toString().length();
        return cell instanceof Long ? length + (length - 1) / 3 : length;
    }

    private static TableTableRowElement row(TableTableElement sheet) {
        TableTableRowElement row = sheet.newTableTableRowElement();
        row.setTableStyleNameAttribute("Row");
        return row;
    }

    private void cell(TableTableRowElement row, @Nullable Object cell) {
        if (cell instanceof Long number) {
            TableTableCellElement element = cell(row);
            element.setOfficeValueTypeAttribute("float");
            // the library's own setter takes a double and writes a decimal point
            element.setAttributeNS(OdfDocumentNamespace.OFFICE.getUri(), "office:value", number.toString());
            element.setTableStyleNameAttribute("Number");
            element.newTextPElement().newTextNode(number.toString());
        } else if (cell instanceof String text && !text.isEmpty()) {
            text(row, text, "Text");
        } else {
            cell(row);
        }
    }

    private void text(TableTableRowElement row, String text, String style) {
        emptyText(row, style).newTextNode(text);
    }

    private void link(TableTableRowElement row, String sheet) {
        TextAElement link = emptyText(row, "Text").newTextAElement("#'" + sheet + "'.A1", "simple");
        link.newTextNode(sheet);
    }

    private TextPElement emptyText(TableTableRowElement row, String style) {
        TableTableCellElement element = cell(row);
        element.setOfficeValueTypeAttribute("string");
        element.setTableStyleNameAttribute(style);
        return element.newTextPElement();
    }

    private TableTableCellElement cell(TableTableRowElement row) {
        TableTableCellElement element = content.newOdfElement(TableTableCellElement.class);
        row.appendChild(element);
        return element;
    }
}
