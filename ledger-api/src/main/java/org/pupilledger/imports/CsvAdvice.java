package org.pupilledger.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.reading.InvalidInput.Flaw;

/** Says what to change in a file that a spreadsheet wrote. Names columns, never what stands there. */
final class CsvAdvice {
    private static final Pattern THOUSANDS = Pattern.compile("[0-9]{1,3}([^0-9a-zA-Z-][0-9]{3})+");
    private static final Pattern DECIMALS = Pattern.compile("[0-9]+[.,][0-9]+");
    private static final Pattern NOT_GIVEN = Pattern.compile("[<>\u2264\u2265~].*|[^0-9]{1,20}");
    private static final Set<String> DATES = Set.of("received", "source_published");

    private CsvAdvice() {}

    /** @param text null where it is not UTF-8 */
    static String header(@Nullable String text, List<String> cells, List<String> expected) {
        if (text == null || text.indexOf('\0') >= 0) {
            return "The file is not UTF-8: save it as \"CSV UTF-8 (comma delimited)\".";
        }
        for (char separator : new char[] {';', '\t', '|'}) {
            if (text.chars().filter(c -> c == separator).count() >= expected.size() - 1) {
                return "The columns are separated by semicolons, tabs or strokes: save the file with commas.";
            }
        }
        List<String> all = new ArrayList<>(expected);
        if (cells.size() > expected.size()
                && cells.subList(0, expected.size()).containsAll(expected)
                && cells.subList(expected.size(), cells.size()).stream().allMatch(String::isBlank)) {
            return "The first line has empty columns at its end: delete them in every line. It names the columns: "
                    + String.join(",", expected) + ".";
        }
        all.removeAll(cells);
        String missing =
                all.isEmpty() || all.size() == expected.size() ? "" : " Missing: " + String.join(",", all) + ".";
        return "The first line names the columns: " + String.join(",", expected) + "." + missing;
    }

    static String cells(List<String> cells, int expected) {
        int more = cells.size() - expected;
        if (more < 0) {
            return "The line has " + number(-more) + " fewer than the header: write a comma for each empty cell.";
        }
        boolean areEmpty = cells.subList(expected, cells.size()).stream().allMatch(String::isBlank);
        return "The line has " + number(more) + " more than the header: "
                + (areEmpty
                        ? "remove the commas at its end, which a spreadsheet writes for columns that it believes are used."
                        : "put a cell that holds a comma into quotes, or remove what is beyond the last column.");
    }

    private static String number(int cells) {
        return cells == 1 ? "one cell" : cells + " cells";
    }

    /** In the words of a file, where those of a body would not help. */
    static Flaw flaw(String column, Flaw flaw) {
        return new Flaw(
                column,
                flaw.code(),
                DATES.contains(column) && flaw.code().equals("malformed")
                        ? "Write " + column
                                + " as a month, 2018-04, or as a day, 2018-04-17. A spreadsheet changes how dates"
                                + " look: format the column as text before you type them."
                        : flaw.detail());
    }

    static String count(String column, String cell) {
        if (THOUSANDS.matcher(cell).matches()) {
            return "Write " + column + " without a separator for thousands: 1234.";
        }
        if (DECIMALS.matcher(cell).matches()) {
            return "Write " + column + " as a whole number, without decimals: 12.";
        }
        if (NOT_GIVEN.matcher(cell).matches()) {
            return "A number that was suppressed, or is not known, cannot be recorded: leave " + column
                    + " empty, which means not stated.";
        }
        return "Write " + column + " as a whole number from 0, or leave it empty, which means not stated.";
    }
}
