package org.pupilledger.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.http.NothingHere;
import org.pupilledger.intake.EditionReader;
import org.pupilledger.limits.Weight;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionState;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Table;
import org.pupilledger.web.PublicEditions.Edition;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** An edition, and each of its tables. */
@RestController
public record FigurePages(PublicEditions editions, Names names, Publisher publisher, Site site) {
    static final String EDITION = "/{quarter:[0-9]{4}-Q[1-4]}";

    /** A line of a list of facts. */
    public record Fact(String label, String value) {}

    /** A file to be had. */
    public record Download(String name, String path, String format, String size) {}

    /** A table, and the address of its page. */
    public record Listed(String title, String path, int rows) {}

    /** A table of an edition with all its columns, as JSON. */
    public record Listing(
            String name,
            String title,
            String description,
            List<Column> columns,
            List<Map<String, @Nullable Object>> rows) {}

    /** What is on the page of an edition, and the answer as JSON. */
    public record View(
            String quarter,
            String label,
            int revision,
            boolean newest,
            String path,
            String scope,
            List<Headlines.Figure> figures,
            List<Headlines.Body> bodies,
            Grid key,
            Grid corrections,
            List<Charts.Drawn> charts,
            List<Listed> tables,
            List<Download> downloads,
            List<Fact> facts,
            List<String> notes,
            List<Integer> revisions) {}

    @GetMapping(EDITION)
    @Weight(16)
    ResponseEntity<byte[]> edition(
            @PathVariable String quarter, @Nullable String revision, HttpServletRequest request) {
        Quarter of = Quarter.parse(quarter).orElseThrow(NothingHere::new);
        Optional<Edition> found = editions.find(of, EditionReader.revision(revision));
        if (found.isEmpty()) {
            return due(of, request);
        }
        Edition edition = found.get();
        View view = view(edition);
        return site.answer(
                request,
                "edition",
                new Page(
                        "Pupil matching, " + of.label(),
                        "Who asked the Department for Education to match people with the National Pupil Database, "
                                + of.label() + ".",
                        edition.path(),
                        "/releases"),
                Map.of("view", view),
                view,
                () -> sheet(view));
    }

    private static Table sheet(View view) {
        Sheet sheet = new Sheet("Pupil matching, " + view.label());
        view.figures().forEach(figure -> sheet.line("figure", figure.meaning(), figure.value(), view.path()));
        view.bodies().forEach(body -> sheet.line("body", body.name(), body.sentence(), body.link()));
        sheet.grid("key figures", view.key()).grid("revised", view.corrections());
        view.tables().forEach(table -> sheet.line("table", table.title(), table.rows() + " rows", table.path()));
        view.downloads()
                .forEach(file -> sheet.line("file", file.name(), file.format() + ", " + file.size(), file.path()));
        view.facts().forEach(fact -> sheet.line("about", fact.label(), fact.value(), null));
        view.notes().forEach(note -> sheet.line("note", "", note, null));
        return sheet.table();
    }

    private ResponseEntity<byte[]> due(Quarter quarter, HttpServletRequest request) {
        EditionState state = editions.calendar().stream()
                .filter(edition -> edition.quarter().equals(quarter) && !edition.isReleased())
                .findFirst()
                .orElseThrow(NothingHere::new);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("day", Dates.day(state.releaseOn()));
        parameters.put("label", quarter.label());
        return site.page(
                request,
                "due",
                new Page("Due: " + quarter.label(), "When this edition is released.", "/" + quarter, "/releases"),
                parameters);
    }

    private View view(Edition edition) {
        Headlines headlines = new Headlines(names);
        FigureGrids grids = new FigureGrids(names);
        List<Listed> listed = edition.document().tables().stream()
                .map(table -> new Listed(
                        table.title(),
                        edition.path() + "/" + table.name() + edition.query(),
                        table.rows().size()))
                .toList();
        return new View(
                edition.quarter().toString(),
                edition.quarter().label(),
                edition.revision().number(),
                edition.isNewest(),
                edition.path(),
                headlines.scope(edition),
                headlines.figures(edition),
                headlines.bodies(edition),
                key(edition, grids),
                edition.table(Corrections.TABLE)
                        .map(table -> new Corrections(names).of(edition, table))
                        .orElseThrow(),
                new Charts(names).of(edition),
                listed,
                downloads(edition),
                facts(edition),
                edition.document().notes(),
                edition.state().revisions().stream()
                        .map(EditionState.Revision::number)
                        .toList());
    }

    /** The quarter itself, of all bodies. */
    private static Grid key(Edition edition, FigureGrids grids) {
        List<Grid> parts = Headlines.TABLES.stream()
                .flatMap(name -> edition.table(name).stream())
                .map(table -> grids.of(edition, table, edition.quarter().toString()))
                .toList();
        return new Grid(
                "key",
                "Requests to match people, " + edition.quarter().label(),
                parts.stream().findFirst().map(Grid::heads).orElse(List.of()),
                parts.stream().flatMap(part -> part.lines().stream()).toList(),
                parts.stream().flatMap(part -> part.notes().stream()).distinct().toList());
    }

    private static List<Download> downloads(Edition edition) {
        return edition.revision().content().files().stream()
                .filter(file -> !file.name().endsWith("-metadata.json"))
                .map(file -> new Download(
                        file.name(),
                        edition.file(file.name()),
                        file.name().substring(file.name().lastIndexOf('.') + 1).toUpperCase(Locale.ROOT),
                        Row.grouped(Math.max(1, file.size() / 1_000)) + " kB"))
                .toList();
    }

    private List<Fact> facts(Edition edition) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Released", Dates.minute(edition.releasedAt())));
        facts.addAll(publisher.facts());
        edition.document().cover().forEach(line -> facts.add(new Fact(line.label(), line.value())));
        facts.add(new Fact("For catalogues of data (DCAT)", edition.path() + "/catalogue.jsonld" + edition.query()));
        facts.add(new Fact("As a data package", edition.path() + "/datapackage.json" + edition.query()));
        return facts;
    }

    @GetMapping(EDITION + "/{table:[a-z-]+}")
    @Weight(16)
    ResponseEntity<byte[]> table(
            @PathVariable String quarter,
            @PathVariable String table,
            @Nullable String revision,
            HttpServletRequest request) {
        Edition edition = editions.released(quarter, revision);
        Table found = edition.table(table).orElseThrow(NothingHere::new);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("grid", grid(edition, found));
        parameters.put("edition", edition);
        parameters.put("description", found.description());
        parameters.put("csv", edition.file(table + ".csv"));
        return site.answer(
                request,
                "table",
                new Page(found.title(), found.description(), edition.path() + "/" + table, "/releases"),
                parameters,
                new Listing(
                        found.name(),
                        found.title(),
                        found.description(),
                        found.columns(),
                        Row.of(found).map(Row::asMap).toList()),
                () -> found);
    }

    private Grid grid(Edition edition, Table table) {
        if (table.name().equals(Corrections.TABLE)) {
            return new Corrections(names).of(edition, table);
        }
        if (table.name().equals("requests")) {
            return new RequestGrids(names).of(edition, row -> true, table.title());
        }
        if (table.name().equals("agreements")) {
            return new AgreementGrids(names).of(Row.of(table).toList(), table.title());
        }
        return FigureGrids.isOf(table) ? new FigureGrids(names).of(edition, table) : new PlainGrids(names).of(table);
    }
}
