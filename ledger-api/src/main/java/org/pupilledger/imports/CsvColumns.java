package org.pupilledger.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Outcome;
import org.pupilledger.intake.InputGuard;
import org.pupilledger.intake.RequestInput;
import org.pupilledger.intake.RequestInput.DecisionInput;
import org.pupilledger.intake.RequestInput.DisclosureInput;
import org.pupilledger.intake.RequestInput.HistoricInput;
import org.pupilledger.intake.RequestInput.MatchInput;
import org.pupilledger.intake.RequestInput.SubmittedInput;
import org.pupilledger.intake.RequestInput.WithdrawalInput;
import org.pupilledger.intake.RequestReader;
import org.pupilledger.reading.Holds.Text;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.InvalidInput.Flaw;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.Refused;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestId;
import org.pupilledger.request.Violation;
import org.pupilledger.values.Individuals;

/** The columns of an import file, in whichever order its header names them. */
final class CsvColumns {
    /** Column, and the pointer that rules give to what stands in it. */
    private enum Column {
        REFERENCES("/references"),
        ORGANISATION("/organisation"),
        RECEIVED("/received"),
        PURPOSE("/purpose"),
        GATEWAY("/gateway"),
        INDIVIDUALS_SUBMITTED("/submitted/individuals"),
        ITEMS_SUBMITTED("/submitted/items"),
        DECISION("/decision"),
        INDIVIDUALS_MATCHED("/match/matched"),
        INDIVIDUALS_AMBIGUOUS("/match/ambiguous"),
        INDIVIDUALS_ANSWERED("/disclosure/answered"),
        INDIVIDUALS_RETURNED("/disclosure/returned"),
        ITEMS_RETURNED("/disclosure/items"),
        SOURCE("/historic/source"),
        SOURCE_REFERENCE("/historic/reference"),
        SOURCE_PUBLISHED("/historic/published");

        private final String pointer;

        Column(String pointer) {
            this.pointer = pointer;
        }

        String header() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setTrailingData(false)
            .setLenientEof(false)
            .get();
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
    /** Characters of a line. */
    static final int MAX_LINE = 10_000;

    private final Map<String, Integer> places;

    private CsvColumns(Map<String, Integer> places) {
        this.places = places;
    }

    /**
     * Reads the header.
     *
     * @throws InvalidInput where it is not exactly these columns, each once
     */
    static CsvColumns of(CsvLines lines) {
        CsvLines.RawLine header = lines.hasNext() ? lines.next() : new CsvLines.RawLine(1, "", false);
        List<String> expected =
                Arrays.stream(Column.values()).map(Column::header).toList();
        List<String> cells;
        try {
            cells = cells(header);
        } catch (InvalidInput e) {
            cells = List.of();
        }
        if (cells.size() != expected.size() || !new HashSet<>(cells).equals(new HashSet<>(expected))) {
            throw new InvalidInput("", "wrong-header", CsvAdvice.header(header.text(), cells, expected));
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            places.put(cells.get(i), i);
        }
        return new CsvColumns(places);
    }

    /**
     * Reads a line into a command. Places in refusals are column names.
     *
     * @throws PersonalDataFound what stands there must not be kept
     * @throws InvalidInput      the form is wrong or something is missing
     * @throws Refused           rules are broken
     */
    RecordRequest read(CsvLines.RawLine line, RequestId id, Occasion occasion) {
        List<String> cells = cells(line);
        if (cells.size() != places.size()) {
            throw new InvalidInput("", "wrong-columns", CsvAdvice.cells(cells, places.size()));
        }
        try {
            return RequestReader.record(id, new Cells(cells).input(), occasion);
        } catch (PersonalDataFound e) {
            throw new PersonalDataFound(e.places().stream()
                    .map(place -> new PersonalDataFound.Place(column(place.pointer()), place.finding()))
                    .toList());
        } catch (InvalidInput e) {
            throw new InvalidInput(e.flaws().stream()
                    .map(flaw -> CsvAdvice.flaw(column(flaw.pointer()), flaw))
                    .toList());
        } catch (Refused.RuleBroken e) {
            throw new Refused.RuleBroken(e.violations().stream()
                    .map(broken -> new Violation(broken.rule(), column(broken.pointer())))
                    .toList());
        }
    }

    private static String column(String pointer) {
        for (Column column : Column.values()) {
            if (pointer.equals(column.pointer)
                    || pointer.startsWith(column.pointer + "/")
                    || pointer.equals(column.header())) {
                return column.header();
            }
        }
        return "";
    }

    private static List<String> cells(CsvLines.RawLine line) {
        String text = line.text();
        if (text == null) {
            throw new InvalidInput("", "not-utf-8", "The line is not UTF-8.");
        }
        if (line.isTooLong() || text.length() > MAX_LINE) {
            throw new InvalidInput("", "too-long", "The line is longer than " + MAX_LINE + " characters.");
        }
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.size() == 1) {
                return records.getFirst().toList();
            }
        } catch (IOException | UncheckedIOException e) {
            // said below; the parser's own message quotes the line
        }
        throw new InvalidInput("", "malformed-csv", "The line is not RFC 4180: look at its quotes.");
    }

    private final class Cells {
        private final List<String> cells;
        private final List<Flaw> flaws = new ArrayList<>();

        Cells(List<String> cells) {
            this.cells = cells;
        }

        RequestInput input() {
            String decision = text(Column.DECISION);
            Integer matched = count(Column.INDIVIDUALS_MATCHED);
            Integer ambiguous = count(Column.INDIVIDUALS_AMBIGUOUS);
            Integer answered = count(Column.INDIVIDUALS_ANSWERED);
            Integer returned = count(Column.INDIVIDUALS_RETURNED);
            List<String> items = list(Column.ITEMS_RETURNED);
            boolean hasDisclosure = answered != null || returned != null || items != null;
            boolean isApproved = Outcome.APPROVED.code().equals(decision);
            boolean hasMatch =
                    isApproved || matched != null || ambiguous != null || (decision == null && hasDisclosure);
            boolean isWithdrawn = Outcome.WITHDRAWN.code().equals(decision);
            RequestInput input = new RequestInput(
                    list(Column.REFERENCES),
                    text(Column.ORGANISATION),
                    text(Column.RECEIVED),
                    null,
                    list(Column.PURPOSE),
                    text(Column.GATEWAY),
                    null,
                    null,
                    null,
                    null,
                    new SubmittedInput(
                            count(Column.INDIVIDUALS_SUBMITTED), list(Column.ITEMS_SUBMITTED), null, null, null),
                    null,
                    new HistoricInput(
                            text(Column.SOURCE), text(Column.SOURCE_REFERENCE), text(Column.SOURCE_PUBLISHED), null),
                    decision == null || isWithdrawn ? null : new DecisionInput(decision, null, null, null, null),
                    isWithdrawn ? new WithdrawalInput(null) : null,
                    hasMatch ? new MatchInput(null, matched, ambiguous, null) : null,
                    hasDisclosure ? new DisclosureInput(null, answered, returned, items, null, null, null) : null);
            if (!flaws.isEmpty()) {
                // what must not be kept is told before what is malformed
                InputGuard.check(input);
                throw new InvalidInput(flaws);
            }
            return input;
        }

        private @Nullable String text(Column column) {
            String cell = cells.get(places.getOrDefault(column.header(), 0));
            return cell.isEmpty() ? null : cell;
        }

        private @Nullable List<String> list(Column column) {
            String cell = text(column);
            return cell == null ? null : List.of(cell.split(";", -1));
        }

        private @Nullable Integer count(Column column) {
            String cell = text(column);
            if (cell == null) {
                return null;
            }
            if (!COUNT.matcher(cell).matches()) {
                InputGuard.check(column.header(), cell, Text.CODE);
                flaws.add(new Flaw(column.header(), "malformed", CsvAdvice.count(column.header(), cell)));
                return null;
            }
            int count = Integer.parseInt(cell);
            if (count > Individuals.MAX) {
                flaws.add(new Flaw(column.header(), "out-of-range", "A count is at most " + Individuals.MAX + "."));
                return null;
            }
            return count;
        }
    }
}
