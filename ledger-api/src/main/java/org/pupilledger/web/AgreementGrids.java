package org.pupilledger.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.web.Grid.Cell;
import org.pupilledger.web.Grid.Head;

/** Agreements one by one, as editions list them. */
public record AgreementGrids(Names names) {
    public Grid of(Collection<Row> rows, String caption) {
        return new Grid(
                "agreements",
                caption,
                List.of(
                        new Head("Reference", false),
                        new Head("Title", false),
                        new Head("With whom", false),
                        new Head("From", false),
                        new Head("Standing", false),
                        new Head("Fields in", false),
                        new Head("Fields out", false)),
                rows.stream()
                        .map(row -> List.of(
                                Cell.of(row.text("reference")),
                                Cell.of(row.text("title").isEmpty() ? "not stated" : row.text("title")),
                                Cell.of(parties(row.text("parties"))),
                                Cell.of(BusinessDate.parse(row.text("version_from"))
                                        .map(Dates::day)
                                        .orElse("not stated")),
                                Cell.of(row.text("standing")),
                                Cell.of(items(row.text("items_in"))),
                                Cell.of(items(row.text("items_out")))))
                        .toList(),
                List.of());
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
