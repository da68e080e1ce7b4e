package org.pupilledger.web;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.period.Period;
import org.pupilledger.tables.Table;
import org.pupilledger.web.PublicEditions.Edition;

/** What an edition says of its own quarter, in sentences made from its tables and from nothing else. */
public record Headlines(Names names) {
    /** By quarter, in the order in which readers ask. */
    static final List<String> TABLES =
            List.of("home-office-quarterly", "police-quarterly", "courts-quarterly", "other-government-quarterly");

    /**
     * Whom something is said of.
     *
     * @param sentence what is said
     * @param link     to the numbers, null where there are none
     */
    public record Body(
            String name, String sentence, @Nullable String link, boolean isRecorded) {}

    /**
     * A big number.
     *
     * @param value {@code 2,461}; {@code at least 5} where some of it is not stated; {@code not recorded}
     */
    public record Figure(String value, String meaning) {}

    /** One for each group of bodies of which nothing is recorded, and for each body of which something is. */
    List<Body> bodies(Edition edition) {
        List<Body> bodies = new ArrayList<>();
        for (String name : TABLES) {
            List<Row> rows = ofQuarter(edition, name).toList();
            if (rows.stream().noneMatch(Row::isRecorded)) {
                Optional<Row> last = last(edition, name);
                bodies.add(new Body(
                        group(name),
                        (rows.isEmpty() || rows.stream().anyMatch(Row::isUnrecorded)
                                        ? "Nothing is recorded for this quarter, which does not mean that nothing was asked."
                                        : "No source tells this quarter alone.")
                                + last.map(row -> " Last recorded, " + row.text("period_label") + ": " + clause(row))
                                        .orElse(""),
                        last.map(row -> Cells.path(edition, row, "individuals_submitted"))
                                .orElse(null),
                        false));
            }
            rows.stream().filter(Row::isRecorded).forEach(row -> bodies.add(body(edition, row)));
        }
        return bodies;
    }

    /** What is the newest that is recorded of the bodies of a table, of a quarter or of a longer period. */
    private static Optional<Row> last(Edition edition, String name) {
        String category = switch (name) {
            case "home-office-quarterly" -> "HOME_OFFICE";
            case "police-quarterly" -> "POLICE";
            case "courts-quarterly" -> "COURT";
            default -> "";
        };
        Stream<Row> quarters = edition.table(name).stream().flatMap(Row::of);
        Stream<Row> longer = edition.table("period-totals").stream()
                .flatMap(Row::of)
                .filter(row -> row.text("category").equals(category));
        return Stream.concat(quarters, longer)
                .filter(row -> row.isRecorded() && row.isAny())
                .max(Comparator.comparing(
                        row -> Period.parse(row.text("period")).map(Period::to).orElse(YearMonth.of(1, 1))));
    }

    private static String group(String table) {
        return switch (table) {
            case "home-office-quarterly" -> "Home Office";
            case "police-quarterly" -> "Police and criminal investigation";
            case "courts-quarterly" -> "Courts";
            default -> "Other government bodies";
        };
    }

    private Body body(Edition edition, Row row) {
        return new Body(
                names.of(row.text("organisation")),
                sentence(row),
                Cells.path(edition, row, "individuals_submitted"),
                true);
    }

    /** {@code Asked about 20 people in 4 requests; 5 were matched; data about 3 were returned.} */
    static String sentence(Row row) {
        String clause = clause(row);
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1);
    }

    private static String clause(Row row) {
        Long requests = row.number("requests_received");
        if (requests == null) {
            return "not recorded.";
        }
        if (requests == 0) {
            return "asked about nobody: the record is complete, and there is no request.";
        }
        Long submitted = row.number("individuals_submitted");
        Long matched = row.number("individuals_matched");
        Long returned = row.number("individuals_returned");
        return "asked about "
                + (submitted == null ? "a number of people that is not stated" : people(submitted))
                + " in " + (requests == 1 ? "1 request" : Row.grouped(requests) + " requests") + "; "
                + (matched == null
                        ? "how many were matched is not stated"
                        : (matched == 0 ? "none" : Row.grouped(matched))
                                + (matched == 1 ? " was matched" : " were matched"))
                + "; "
                + (returned == null
                        ? "about how many data were returned is not stated"
                        : returned == 0
                                ? "no data beyond yes or no were returned"
                                : "data about " + people(returned) + " were returned")
                + ".";
    }

    private static String people(long count) {
        return count == 1 ? "1 person" : Row.grouped(count) + " people";
    }

    /** Of which bodies the figures below tell nothing; empty where they tell something of all, or of none. */
    String scope(Edition edition) {
        List<String> silent = TABLES.stream()
                .filter(name -> ofQuarter(edition, name).noneMatch(Row::isRecorded))
                .map(Headlines::group)
                .toList();
        return silent.isEmpty() || silent.size() == TABLES.size()
                ? ""
                : "Nothing is recorded for this quarter of: " + String.join("; ", silent)
                        + ". The figures count the others.";
    }

    /** People submitted, matched and returned by all bodies together in the quarter. */
    List<Figure> figures(Edition edition) {
        return List.of(
                figure(edition, "individuals_submitted", "people whom public bodies named"),
                figure(edition, "individuals_matched", "of them found in the National Pupil Database"),
                figure(edition, "individuals_returned", "about whom data were returned"));
    }

    private static Figure figure(Edition edition, String column, String meaning) {
        long known = 0;
        boolean isAll = true;
        boolean isAny = false;
        for (String table : TABLES) {
            for (Row row : ofQuarter(edition, table).filter(Row::isRecorded).toList()) {
                Long number = row.number(column);
                isAny = true;
                isAll &= number != null;
                known += number == null ? 0 : number;
            }
        }
        String value = isAny ? (isAll ? "" : "at least ") + Row.grouped(known) : "not recorded";
        return new Figure(value, meaning);
    }

    private static Stream<Row> ofQuarter(Edition edition, String name) {
        Optional<Table> table = edition.table(name);
        return table.stream()
                .flatMap(Row::of)
                .filter(row -> row.text("period").equals(edition.quarter().toString()));
    }
}
