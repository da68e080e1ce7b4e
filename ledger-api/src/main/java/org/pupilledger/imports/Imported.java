package org.pupilledger.imports;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file.
 *
 * @param wrong    what is wrong with it, each mistake once, those of the earliest lines first
 * @param counted  all lines
 * @param omitted  those that are not among the lines
 * @param awaiting what its lines await of somebody else
 * @param lines    by number, at most {@link CsvImport#MAX_NAMED}; those that were refused go before the others
 * @param last     the id and the sequence of the newest event recorded, null where nothing was
 */
public record Imported(
        List<Wrong> wrong,
        Counts counted,
        Counts omitted,
        List<Awaited> awaiting,
        List<Line> lines,
        @Nullable Last last) {
    /** What became of a line. */
    public enum Outcome {
        RECORDED,
        ALREADY_RECORDED,
        REFUSED;

        /** As reports write it, such as {@code already-recorded}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What became of one line.
     *
     * @param number 1-based number in the file; the header is line 1
     * @param id     of the request or total that it tells, null where there is none
     * @param steps  that were recorded of a live request, or of one that goes on
     * @param awaits the step of the line that somebody else must take, null where there is none
     * @param why    it was refused
     */
    public record Line(
            int number,
            Outcome outcome,
            @Nullable String id,
            List<String> steps,
            @Nullable Awaits awaits,
            @Nullable RuntimeException why) {
        public Line {
            steps = List.copyOf(steps);
        }

        /** Why it was refused: columns and codes, never what stood there; empty where it was not. */
        public String reasons() {
            return why == null ? "" : Mistakes.text(why);
        }

        static Line of(int number, Outcome outcome, String id) {
            return new Line(number, outcome, id, List.of(), null, null);
        }

        static Line refused(int number, RuntimeException why) {
            return new Line(number, Outcome.REFUSED, null, List.of(), null, why);
        }
    }

    /**
     * A step that somebody else must take.
     *
     * @param step such as {@code decision}
     * @param role in which it is taken
     * @param code {@code same-officer} where whoever imports has the role, but recorded the request; else null
     */
    public record Awaits(String step, String role, @Nullable String code) {}

    /** @param lines how many await it */
    public record Awaited(Awaits what, int lines) {
        /** In words. */
        public String words() {
            String role = what.role.toLowerCase(Locale.ROOT);
            return (lines == 1 ? "1 line awaits its " : lines + " lines await their ")
                    + what.step
                    + (what.code == null
                            ? ", by " + (role.startsWith("a") ? "an " : "a ") + role + "."
                            : ", by another " + role + ": whoever recorded a request does not decide about it.");
        }
    }

    /**
     * One mistake, however often it was made.
     *
     * @param column that holds it, empty where it is in the line as a whole
     * @param words  what it is, and what to do
     * @param count  how many lines have it
     * @param lines  the numbers of the first of them
     */
    public record Wrong(String column, String code, String words, int count, List<Integer> lines) {
        /** In a sentence that says where. */
        public String sentence() {
            String numbers = lines.stream().map(String::valueOf).collect(Collectors.joining(", "));
            int more = count - lines.size();
            return (count == 1 ? "Line " : "Lines ") + numbers + (more > 0 ? " and " + more + " more" : "")
                    + (column.isEmpty() ? "" : ", " + column) + ": " + words;
        }
    }

    /** Numbers of lines. */
    public record Counts(int recorded, int alreadyRecorded, int refused) {
        public int all() {
            return recorded + alreadyRecorded + refused;
        }

        Counts with(Line line) {
            return switch (line.outcome()) {
                case RECORDED -> new Counts(recorded + 1, alreadyRecorded, refused);
                case ALREADY_RECORDED -> new Counts(recorded, alreadyRecorded + 1, refused);
                case REFUSED -> new Counts(recorded, alreadyRecorded, refused + 1);
            };
        }

        Counts less(Counts others) {
            return new Counts(
                    recorded - others.recorded, alreadyRecorded - others.alreadyRecorded, refused - others.refused);
        }
    }

    /** An event to wait for. */
    public record Last(String id, long sequence) {}

    public Imported {
        wrong = List.copyOf(wrong);
        awaiting = List.copyOf(awaiting);
        lines = List.copyOf(lines);
    }
}
