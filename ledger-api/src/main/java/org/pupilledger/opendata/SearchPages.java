package org.pupilledger.opendata;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.limits.Weight;
import org.pupilledger.period.Period;
import org.pupilledger.period.Quarter;
import org.pupilledger.tables.Table;
import org.pupilledger.web.Names;
import org.pupilledger.web.Page;
import org.pupilledger.web.PublicEditions;
import org.pupilledger.web.PublicEditions.Edition;
import org.pupilledger.web.Row;
import org.pupilledger.web.Sheet;
import org.pupilledger.web.Site;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Finds what is public: editions and months, tables, bodies, requests, agreements. */
@RestController
public record SearchPages(PublicEditions editions, Names names, Site site) {
    /** Of each kind; who wants more asks the register. */
    private static final int MAX_HITS = 50;

    private static final Page PAGE =
            new Page("Search", "Editions, months, tables, bodies, references and agreements.", "/search", "/search");

    /** Something that was found, and where it is. */
    public record Hit(String kind, String title, String path) {}

    @GetMapping("/search")
    @Weight(16)
    ResponseEntity<byte[]> search(@Nullable String q, HttpServletRequest request) {
        String words = Asked.words("q", q);
        List<Hit> hits = words.isEmpty() ? List.of() : hits(words);
        ResponseEntity<byte[]> answer =
                site.answer(request, "search", PAGE, Map.of("wanted", words, "hits", hits), hits, () -> table(hits));
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(answer.getHeaders());
        headers.set("X-Robots-Tag", "noindex");
        return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
    }

    private List<Hit> hits(String words) {
        List<Hit> hits = new ArrayList<>();
        Period.parse(words.toUpperCase(Locale.ROOT)).ifPresent(period -> ofPeriod(period, hits));
        editions.newest().ifPresent(edition -> {
            String wanted = words.toLowerCase(Locale.UK);
            ofTables(edition, wanted, hits);
            ofBodies(edition, wanted, hits);
            ofRequests(edition, words, hits);
            ofAgreements(edition, wanted, hits);
        });
        return hits;
    }

    private void ofPeriod(Period period, List<Hit> hits) {
        editions.calendar().stream()
                .map(edition -> edition.quarter())
                .filter(quarter -> period.overlaps(months(quarter)))
                .forEach(quarter -> hits.add(new Hit("edition", quarter.label(), "/" + quarter)));
        hits.add(new Hit("requests", "Requests received in " + period.label(), "/requests?period=" + period));
    }

    private static Period months(Quarter quarter) {
        return Period.range(quarter.first(), quarter.last());
    }

    private static void ofTables(Edition edition, String wanted, List<Hit> hits) {
        for (Table table : edition.document().tables()) {
            if (table.name().equals(wanted)
                    || table.title().toLowerCase(Locale.UK).contains(wanted)) {
                hits.add(new Hit("table", table.title(), edition.path() + "/" + table.name()));
            }
        }
    }

    private void ofBodies(Edition edition, String wanted, List<Hit> hits) {
        edition.document().tables().stream()
                .filter(table -> table.indexOf("organisation") >= 0)
                .flatMap(Row::of)
                .map(row -> row.text("organisation"))
                .distinct()
                .sorted()
                .filter(code -> code.toLowerCase(Locale.UK).equals(wanted)
                        || names.of(code).toLowerCase(Locale.UK).contains(wanted))
                .limit(MAX_HITS)
                .forEach(code ->
                        hits.add(new Hit("body", "Requests of " + names.of(code), "/requests?organisation=" + code)));
    }

    private void ofRequests(Edition edition, String words, List<Hit> hits) {
        List<Row> rows = RequestPages.rows(Optional.of(edition));
        int found = 0;
        for (int i = rows.size() - 1; i >= 0 && found < MAX_HITS; i--) {
            Row row = rows.get(i);
            if (RequestPages.holds(row, words)) {
                found++;
                hits.add(new Hit(
                        "request",
                        names.of(row.text("organisation")) + ", " + row.text("period_label") + ": "
                                + row.text("summary"),
                        edition.path() + "/requests/" + (i + 1)));
            }
        }
    }

    private static void ofAgreements(Edition edition, String wanted, List<Hit> hits) {
        edition.table("agreements").stream()
                .flatMap(Row::of)
                .filter(row -> (row.text("reference") + " " + row.text("title"))
                        .toLowerCase(Locale.UK)
                        .contains(wanted))
                .limit(MAX_HITS)
                .forEach(row -> hits.add(new Hit(
                        "agreement",
                        row.text("reference") + (row.text("title").isEmpty() ? "" : ", " + row.text("title")),
                        "/agreements")));
    }

    private static Table table(List<Hit> hits) {
        Sheet sheet = new Sheet(PAGE.title());
        hits.forEach(hit -> sheet.line(hit.kind(), hit.title(), null, hit.path()));
        return sheet.table();
    }
}
