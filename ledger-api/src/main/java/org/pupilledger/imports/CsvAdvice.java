package org.pupilledger.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.reading.Form;
import org.pupilledger.reading.InvalidInput.Flaw;

/** Says what to change in a file that a spreadsheet wrote. Names columns, never what stands there. */
final class CsvAdvice {
    private static final Pattern THOUSANDS = Pattern.compile("[0-9]{1,3}([^0-9a-zA-Z-][0-9]{3})+");
    private static final Pattern DECIMALS = Pattern.compile("[0-9]+[.,][0-9]+");
    private static final Pattern NOT_GIVEN = Pattern.compile("[<>\u2264\u2265~].*|[^0-9]{1,20}");
    private static final Set<String> MONTHS = Set.of("from", "to");
    private static final Set<String> DATES = Set.of("received", "source_published", "court_order_made");

    /** Names that separators are between. */
    private static final int MIN_SEPARATED = 2;

    private static final int MAX_WRONG = 10;

    private CsvAdvice() {}

    /**
     * What is wrong with a header. Names only columns that are known.
     *
     * @param text     null where it is not UTF-8
     * @param required columns that must be there
     * @param known    those and all others
     */
    static String header(@Nullable String text, List<String> cells, List<String> required, Set<String> known) {
        if (text == null || text.indexOf('\0') >= 0) {
            return "The file is not UTF-8: save it as \"CSV UTF-8 (comma delimited)\".";
        }
        for (String separator : List.of(";", "\t", "|")) {
            if (cells.size() <= 1 && text.split(Pattern.quote(separator), -1).length > MIN_SEPARATED) {
                return "The columns are separated by semicolons, tabs or strokes: save the file with commas.";
            }
        }
        List<String> wrong = new ArrayList<>();
        int end = cells.size();
        while (end > 0 && cells.get(end - 1).isBlank()) {
            end--;
        }
        if (end > 0 && end < cells.size()) {
            wrong.add("It has empty columns at its end: delete them in every line.");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < end; i++) {
            if (!known.contains(cells.get(i))) {
                wrong.add("Column " + (i + 1) + " is none that is known.");
            } else if (!seen.add(cells.get(i))) {
                wrong.add("Twice: " + cells.get(i) + ".");
            }
        }
        List<String> missing =
                required.stream().filter(column -> !seen.contains(column)).toList();
        if (!missing.isEmpty() && missing.size() < required.size()) {
            wrong.add("Missing: " + String.join(",", missing) + ".");
        }
        return "The first line names the columns, each once: " + String.join(",", required)
                + (required.size() == known.size() ? "" : ", and others if need be") + "."
                + wrong.stream().limit(MAX_WRONG).map(" "::concat).collect(Collectors.joining());
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
        boolean isMalformed = flaw.code().equals(Form.MALFORMED);
        String spreadsheet = " A spreadsheet changes how dates look: format the column as text before you type them.";
        if (isMalformed && MONTHS.contains(column)) {
            return new Flaw(column, flaw.code(), "Write " + column + " as a month, 2018-04." + spreadsheet);
        }
        if (isMalformed && (DATES.contains(column) || column.endsWith("_on"))) {
            return new Flaw(
                    column,
                    flaw.code(),
                    "Write " + column + " as a month, 2018-04, or as a day, 2018-04-17." + spreadsheet);
        }
        return new Flaw(column, flaw.code(), flaw.detail());
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
