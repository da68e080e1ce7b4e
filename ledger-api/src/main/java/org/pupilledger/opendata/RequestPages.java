package org.pupilledger.opendata;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.Source;
import org.pupilledger.http.NothingHere;
import org.pupilledger.limits.Weight;
import org.pupilledger.period.Period;
import org.pupilledger.reading.Queries;
import org.pupilledger.tables.Table;
import org.pupilledger.web.Dates;
import org.pupilledger.web.FigurePages.Fact;
import org.pupilledger.web.Grid;
import org.pupilledger.web.Names;
import org.pupilledger.web.Page;
import org.pupilledger.web.PublicEditions;
import org.pupilledger.web.PublicEditions.Edition;
import org.pupilledger.web.RequestGrids;
import org.pupilledger.web.Row;
import org.pupilledger.web.Sheet;
import org.pupilledger.web.Site;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Requests one by one: the register of the newest edition, and a page for each, as editions list them. */
@RestController
public record RequestPages(PublicEditions editions, Names names, Site site) {
    private static final List<String> SEARCHED =
            List.of("references", "period", "period_label", "purpose_labels", "summary", "source_reference");

    /** What the register is narrowed to; null for anything. */
    private record Wanted(
            String words,
            @Nullable String organisation,
            @Nullable Purpose purpose,
            @Nullable Period period,
            @Nullable Outcome outcome)
            implements Predicate<Row> {
        @Override
        public boolean test(Row row) {
            return (organisation == null || row.text("organisation").equals(organisation))
                    && (purpose == null
                            || List.of(row.text("purposes").split("; ", -1)).contains(purpose.code()))
                    && (period == null
                            || Period.parse(row.text("period"))
                                    .filter(period::contains)
                                    .isPresent())
                    && (outcome == null || row.text("outcome").equals(outcome.code()))
                    && (words.isEmpty() || holds(row, words));
        }
    }

    static boolean holds(Row row, String words) {
        String wanted = words.toLowerCase(Locale.UK);
        return SEARCHED.stream()
                .anyMatch(column -> row.text(column).toLowerCase(Locale.UK).contains(wanted));
    }

    @GetMapping("/requests")
    @Weight(16)
    ResponseEntity<byte[]> requests(
            @Nullable String q,
            @Nullable String organisation,
            @Nullable String purpose,
            @Nullable String period,
            @Nullable String outcome,
            HttpServletRequest request) {
        String body = Asked.chosen(organisation);
        Wanted wanted = new Wanted(
                Asked.words("q", q),
                body == null ? null : Queries.organisation("organisation", body).value(),
                Queries.code(Purpose.class, "purpose", Asked.chosen(purpose)),
                Queries.period("period", Asked.chosen(period)),
                Queries.code(Outcome.class, "outcome", Asked.chosen(outcome)));
        Optional<Edition> newest = editions.newest();
        List<Row> found = rows(newest).stream().filter(wanted).toList().reversed();
        Grid grid = newest.map(edition -> new RequestGrids(names).of(edition, wanted, "Requests, newest first"))
                .orElseGet(() -> RequestGrids.none("Requests"));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("grid", grid);
        parameters.put("wanted", wanted.words());
        parameters.put("organisations", bodies(rows(newest)));
        parameters.put("organisation", body == null ? "" : body);
        parameters.put("purposes", labels(Purpose.values()));
        parameters.put(
                "purpose", wanted.purpose() == null ? "" : wanted.purpose().code());
        parameters.put("outcomes", labels(Outcome.values()));
        parameters.put(
                "outcome", wanted.outcome() == null ? "" : wanted.outcome().code());
        parameters.put("period", wanted.period() == null ? "" : wanted.period().toString());
        parameters.put("count", found.size());
        parameters.put(
                "edition", newest.map(edition -> edition.quarter().label()).orElse(""));
        return site.answer(
                request,
                "requests",
                new Page(
                        "Register of requests",
                        "Each request to match people with the National Pupil Database that is published, in a line.",
                        "/requests",
                        "/requests"),
                parameters,
                found.stream().map(Row::asMap).toList(),
                () -> newest.flatMap(edition -> edition.table(RequestGrids.TABLE))
                        .map(table -> Sheet.of(table, found))
                        .orElseGet(() -> Sheet.of(grid)));
    }

    static List<Row> rows(Optional<Edition> edition) {
        return edition.flatMap(found -> found.table(RequestGrids.TABLE)).stream()
                .flatMap(Row::of)
                .toList();
    }

    private List<Map.Entry<String, String>> bodies(List<Row> rows) {
        return rows.stream()
                .map(row -> row.text("organisation"))
                .distinct()
                .sorted()
                .map(code -> Map.entry(code, names.of(code)))
                .toList();
    }

    private static List<Map.Entry<String, String>> labels(Code[] codes) {
        return Arrays.stream(codes)
                .map(code -> Map.entry(code.code(), code.label()))
                .toList();
    }

    /**
     * A request, as an edition lists it.
     *
     * @param facts    what the edition says of it
     * @param timeline what each release says, the oldest first; only of a request with a public reference
     */
    public record Request(
            String title, String sentence, List<Fact> facts, List<Fact> timeline, List<Fact> proof, String cite) {}

    /** @param number 1-based, of the row in that version's table, which never changes */
    @GetMapping("/{quarter:[0-9]{4}-Q[1-4]}/requests/{number:[1-9][0-9]{0,4}}")
    @Weight(32)
    ResponseEntity<byte[]> request(
            @PathVariable String quarter,
            @PathVariable String number,
            @Nullable String revision,
            HttpServletRequest request) {
        Edition edition = editions.released(quarter, revision);
        Table table = edition.table(RequestGrids.TABLE).orElseThrow(NothingHere::new);
        int index = Integer.parseInt(number) - 1;
        if (index >= table.rows().size()) {
            throw new NothingHere();
        }
        Row row = new Row(table, table.rows().get(index));
        Request shown = new Request(
                "Request of " + names.of(row.text("organisation")) + ", " + row.text("period_label"),
                row.text("summary"),
                facts(row),
                timeline(row),
                List.of(
                        new Fact(
                                "Edition",
                                edition.quarter().label() + ", revision "
                                        + edition.revision().number()),
                        new Fact(
                                "Made from entries of the ledger",
                                "0 to " + edition.revision().content().position()),
                        new Fact(
                                "Root hash of the log's checkpoint",
                                edition.revision().content().checkpoint().rootHash())),
                "Pupil-matching ledger, edition " + edition.quarter() + ", revision "
                        + edition.revision().number() + ", table requests, row " + number + ".");
        return site.answer(
                request,
                "request",
                new Page(
                        shown.title(),
                        "What was asked, when, by whom, and what became of it: " + shown.sentence() + ".",
                        edition.path() + "/requests/" + number,
                        "/requests"),
                Map.of("request", shown, "edition", edition),
                shown,
                () -> sheet(shown));
    }

    private List<Fact> facts(Row row) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Received", row.text("period_label"));
        facts.put("Who asked", names.of(row.text("organisation")));
        facts.put("References", or(row.text("references"), "not public"));
        facts.put("Counts as", row.said("requests") + (row.said("requests").equals("1") ? " request" : " requests"));
        facts.put("What for", or(row.text("purpose_labels"), "not stated"));
        facts.put(
                "Outcome",
                Code.parse(Outcome.class, row.text("outcome"))
                        .map(Outcome::label)
                        .orElse(row.text("outcome")));
        facts.put("Source", source(row));
        return facts.entrySet().stream()
                .map(fact -> new Fact(fact.getKey(), fact.getValue()))
                .toList();
    }

    private static String source(Row row) {
        String source = Code.parse(Source.class, row.text("source"))
                .map(found -> found.label())
                .orElse("recorded by the department as it came in");
        return row.text("source_reference").isEmpty() ? source : source + ", " + row.text("source_reference");
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    /** By a reference that both name: other rows cannot be told to be of the same request. */
    private List<Fact> timeline(Row row) {
        Set<String> references = references(row);
        return references.isEmpty()
                ? List.of()
                : Period.parse(row.text("period")).map(editions::showing).orElse(List.of()).stream()
                        .flatMap(edition -> rows(Optional.of(edition)).stream()
                                .filter(other -> references(other).stream().anyMatch(references::contains))
                                .map(other -> new Fact(
                                        Dates.day(edition.releasedAt()) + ": edition " + edition.quarter()
                                                + ", revision "
                                                + edition.revision().number(),
                                        other.text("summary"))))
                        .toList();
    }

    private static Set<String> references(Row row) {
        Set<String> references = new HashSet<>(List.of(row.text("references").split("; ", -1)));
        references.remove("");
        return references;
    }

    private static Table sheet(Request request) {
        Sheet sheet = new Sheet(request.title());
        sheet.line("request", "in words", request.sentence(), null);
        request.facts().forEach(fact -> sheet.line("request", fact.label(), fact.value(), null));
        request.timeline().forEach(fact -> sheet.line("timeline", fact.label(), fact.value(), null));
        request.proof().forEach(fact -> sheet.line("proof", fact.label(), fact.value(), null));
        return sheet.line("cite", "", request.cite(), null).table();
    }
}
