package org.pupilledger.opendata;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.limits.Weight;
import org.pupilledger.publication.EditionState;
import org.pupilledger.reading.Queries;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Table;
import org.pupilledger.web.AgreementGrids;
import org.pupilledger.web.Dates;
import org.pupilledger.web.Grid;
import org.pupilledger.web.Names;
import org.pupilledger.web.Page;
import org.pupilledger.web.PublicEditions;
import org.pupilledger.web.PublicEditions.Edition;
import org.pupilledger.web.Row;
import org.pupilledger.web.Sheet;
import org.pupilledger.web.Site;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The register of agreements: which are in force on a day, and why, as far as released editions tell. */
@RestController
record AgreementPages(PublicEditions editions, Names names, Site site) {
    private static final String TABLE = "agreements";

    private static final List<Column> ADDED = List.of(
            new Column("on", "On", Column.Kind.DATE, "The day that was asked about."),
            new Column("in_force", "In force", Column.Kind.TEXT, "Whether it was in force on that day, or not told."),
            new Column("why", "Why", Column.Kind.TEXT, "What in the register says so."));

    @GetMapping("/agreements")
    @Weight(16)
    ResponseEntity<byte[]> agreements(@Nullable String on, HttpServletRequest request) {
        String asked = Asked.chosen(on);
        LocalDate wanted = asked == null ? null : Queries.day("on", asked);
        Optional<Edition> edition = edition(wanted);
        LocalDate stoodOn = edition.map(AgreementPages::day).orElse(LocalDate.EPOCH);
        LocalDate day = wanted == null ? stoodOn : wanted;
        List<Row> rows = edition.flatMap(found -> found.table(TABLE)).stream()
                .flatMap(Row::of)
                .toList();
        Grid grid = grid(rows, day, stoodOn);
        Table table = edition.flatMap(found -> found.table(TABLE))
                .map(found -> told(found, rows, day, stoodOn))
                .orElseGet(() -> Sheet.of(grid));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("grid", grid);
        parameters.put("on", wanted == null ? "" : wanted.toString());
        parameters.put("day", edition.isEmpty() ? "" : Dates.day(day));
        parameters.put("edition", edition.map(found -> found.quarter().label()).orElse(""));
        return site.answer(
                request,
                "agreements",
                new Page(
                        "Register of agreements",
                        "Under which agreements data are shared, and how they stand.",
                        "/agreements",
                        "/agreements"),
                parameters,
                Row.of(table).map(Row::asMap).toList(),
                () -> table);
    }

    /** The first whose register is of that day or a later one, else the newest. */
    private Optional<Edition> edition(@Nullable LocalDate on) {
        return editions.calendar().reversed().stream()
                .filter(EditionState::isReleased)
                .filter(edition ->
                        on != null && !edition.quarter().last().atEndOfMonth().isBefore(on))
                .findFirst()
                .flatMap(edition -> editions.find(edition.quarter(), null))
                .or(editions::newest);
    }

    private static LocalDate day(Edition edition) {
        return edition.quarter().last().atEndOfMonth();
    }

    /** As editions show them, with the day that was asked about instead of the register's own. */
    private Grid grid(List<Row> rows, LocalDate on, LocalDate stoodOn) {
        return new AgreementGrids(names).of(rows, "Agreements to share data", List.of("In force", "Why"), row -> {
            AgreementDay day = AgreementDay.of(row, on, stoodOn);
            return List.of(day.word(), day.why());
        });
    }

    /** All columns of the register, and what was asked. */
    private static Table told(Table table, List<Row> rows, LocalDate on, LocalDate stoodOn) {
        List<Column> columns = new ArrayList<>(table.columns());
        columns.addAll(ADDED);
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (Row row : rows) {
            AgreementDay day = AgreementDay.of(row, on, stoodOn);
            List<@Nullable Object> line = new ArrayList<>(row.cells());
            line.add(on.toString());
            line.add(day.word());
            line.add(day.why());
            cells.add(line);
        }
        return new Table(table.name(), table.title(), table.description(), columns, cells);
    }
}
