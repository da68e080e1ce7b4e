package org.pupilledger.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.intake.InputGuard;
import org.pupilledger.reading.Form;
import org.pupilledger.reading.Holds.Text;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.InvalidInput.Flaw;
import org.pupilledger.values.Individuals;

/** The cells of one line by their columns; an empty one, and one that the file has not, is null. Notes what is malformed. */
final class CsvCells {
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    private final Map<String, Integer> places;
    private final List<String> cells;
    private final List<Flaw> flaws = new ArrayList<>();

    CsvCells(Map<String, Integer> places, List<String> cells) {
        this.places = places;
        this.cells = cells;
    }

    @Nullable
    String text(Column column) {
        Integer place = places.get(column.header());
        String cell = place == null ? "" : cells.get(place);
        return cell.isEmpty() ? null : cell;
    }

    /** What semicolons are between. */
    @Nullable
    List<String> list(Column column) {
        String cell = text(column);
        return cell == null ? null : List.of(cell.split(";", -1));
    }

    @Nullable
    Integer count(Column column) {
        return count(column, text(column));
    }

    /** Reads one of several numbers in a cell. */
    @Nullable
    Integer count(Column column, @Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        if (!COUNT.matcher(cell).matches()) {
            malformed(column, cell, CsvAdvice.count(column.header(), cell));
            return null;
        }
        int count = Integer.parseInt(cell);
        if (count > Individuals.MAX) {
            flaws.add(new Flaw(column.header(), "out-of-range", "A count is at most " + Individuals.MAX + "."));
            return null;
        }
        return count;
    }

    /** Notes what cannot be read; what must not be kept is told before. */
    void malformed(Column column, String cell, String words) {
        InputGuard.check(column.header(), cell, Text.CODE);
        flaws.add(new Flaw(column.header(), Form.MALFORMED, words));
    }

    /**
     * To be called once all is read.
     *
     * @param inputs what was made of it; what must not be kept is told before what is malformed
     * @throws InvalidInput something was malformed
     */
    void failOnFlaws(List<? extends Record> inputs, Column[] columns) {
        if (!flaws.isEmpty()) {
            try {
                inputs.forEach(InputGuard::check);
            } catch (RuntimeException e) {
                throw Column.named(e, columns);
            }
            throw new InvalidInput(flaws);
        }
    }
}
