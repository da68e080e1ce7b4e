package org.pupilledger.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.web.Grid.Cell;
import org.pupilledger.web.Grid.Head;

/** Agreements one by one, as editions list them. */
public record AgreementGrids(Names names) {
    /** As each stood on the register's own day. */
    public Grid of(Collection<Row> rows, String caption) {
        return of(rows, caption, List.of("Standing"), row -> List.of(row.text("standing")));
    }

    /**
     * @param heads    of what stands in place of how each stood
     * @param standing a text for each of them
     */
    public Grid of(Collection<Row> rows, String caption, List<String> heads, Function<Row, List<String>> standing) {
        return new Grid(
                "agreements",
                caption,
                Stream.of(List.of("Reference", "Title", "With whom", "From"), heads, List.of("Fields in", "Fields out"))
                        .flatMap(List::stream)
                        .map(head -> new Head(head, false))
                        .toList(),
                rows.stream()
                        .map(row -> Stream.of(before(row), standing.apply(row), fields(row))
                                .flatMap(List::stream)
                                .map(Cell::of)
                                .toList())
                        .toList(),
                List.of());
    }

    private List<String> before(Row row) {
        return List.of(
                row.text("reference"),
                row.text("title").isEmpty() ? "not stated" : row.text("title"),
                parties(row.text("parties")),
                BusinessDate.parse(row.text("version_from")).map(Dates::day).orElse("not stated"));
    }

    private static List<String> fields(Row row) {
        return List.of(items(row.text("items_in")), items(row.text("items_out")));
    }

    private static String items(String listed) {
        return listed.isEmpty() ? "none listed" : listed;
    }

    private String parties(String codes) {
        List<String> told = new ArrayList<>();
        for (String party : codes.split("; ", -1)) {
            int end = party.indexOf(' ');
            told.add(end < 0 ? names.of(party) : names.of(party.substring(0, end)) + party.substring(end));
        }
        return String.join("; ", told);
    }
}
