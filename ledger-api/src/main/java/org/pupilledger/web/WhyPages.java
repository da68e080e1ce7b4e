package org.pupilledger.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.http.NothingHere;
import org.pupilledger.limits.Weight;
import org.pupilledger.period.Period;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Table;
import org.pupilledger.web.PublicEditions.Edition;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Why each number of an edition is this one. */
@RestController
public record WhyPages(PublicEditions editions, Sources sources, Names names, Site site) {
    /**
     * Why a number is this one, and the answer as JSON.
     *
     * @param source   of a total of a longer period, in sentences; empty of what is counted from requests
     * @param told     what was told outside of the same figure, in sentences
     * @param counted  the requests that it counts, as far as the edition lists them
     * @param versions what each release showed, the oldest first
     * @param changes  of this number, as the editions say
     */
    public record Why(
            String measure,
            String meaning,
            String organisation,
            String period,
            String value,
            String sentence,
            List<String> marks,
            List<String> source,
            List<String> told,
            Grid counted,
            List<FigurePages.Fact> versions,
            List<String> changes,
            List<FigurePages.Fact> proof,
            String cite) {}

    @GetMapping(FigurePages.EDITION + "/{table:[a-z-]+}/{period}/{organisation}/{column}")
    @Weight(32)
    ResponseEntity<byte[]> why(
            @PathVariable String quarter,
            @PathVariable String table,
            @PathVariable String period,
            @PathVariable String organisation,
            @PathVariable String column,
            @Nullable String revision,
            HttpServletRequest request) {
        Edition edition = editions.released(quarter, revision);
        Table found = edition.table(table).orElseThrow(NothingHere::new);
        List<Row> rows =
                Row.of(found).filter(one -> isAt(one, period, organisation)).toList();
        if (rows.size() != 1) {
            // none, or rows of a cut, which the address does not tell apart
            throw new NothingHere();
        }
        Row row = rows.getFirst();
        int index = found.indexOf(column);
        if (index < 0 || !found.columns().get(index).kind().isNumber()) {
            throw new NothingHere();
        }
        Column of = found.columns().get(index);
        String name = names.of(organisation);
        Why why = new Why(
                of.label(),
                of.description(),
                name,
                row.text("period_label"),
                row.said(column),
                row.text("summary"),
                row.marks(column).stream().map(FigureGrids::meaning).toList(),
                sources.source(edition, row),
                sources.of(row, column),
                counted(edition, row),
                versions(row, column),
                Corrections.revised(edition).stream()
                        .filter(one -> one.text("table").equals(table)
                                && one.text("figure").equals(column)
                                && isAt(one, period, organisation))
                        .map(one -> one.said("was") + " before, " + one.said("now") + " since "
                                + one.text("corrected_in") + ": " + one.text("cause") + ".")
                        .toList(),
                List.of(
                        new FigurePages.Fact(
                                "Entries of the ledger that it was made from",
                                "0 to "
                                        + Row.grouped(
                                                edition.revision().content().position())),
                        new FigurePages.Fact(
                                "Size of the log's checkpoint",
                                Row.grouped(edition.revision()
                                        .content()
                                        .checkpoint()
                                        .size())),
                        new FigurePages.Fact(
                                "Root hash of the log's checkpoint",
                                edition.revision().content().checkpoint().rootHash())),
                "Pupil-matching ledger, edition " + edition.quarter() + ", revision "
                        + edition.revision().number() + ", table " + table + ", " + organisation + ", "
                        + row.text("period") + ", " + column + ".");
        return site.answer(
                request,
                "why",
                new Page(
                        of.label() + ": " + name + ", " + row.text("period_label"),
                        "What this number means, what it was counted from, and what it was before.",
                        Cells.path(edition, row, column),
                        "/releases"),
                Map.of("why", why, "edition", edition),
                why,
                () -> sheet(why));
    }

    private static Table sheet(Why why) {
        Sheet sheet = new Sheet(why.measure() + ", " + why.organisation() + ", " + why.period());
        sheet.line("number", why.measure() + ", " + why.organisation() + ", " + why.period(), why.value(), null);
        sheet.line("number", "meaning", why.meaning(), null);
        sheet.line("number", "row in words", why.sentence(), null);
        why.marks().forEach(mark -> sheet.line("number", "mark", mark, null));
        why.source().forEach(sentence -> sheet.line("source", "", sentence, null));
        why.told().forEach(telling -> sheet.line("told elsewhere", "", telling, "/statements"));
        sheet.grid("counted from", why.counted());
        why.versions().forEach(version -> sheet.line("release", version.label(), version.value(), null));
        why.changes().forEach(change -> sheet.line("change", "", change, null));
        why.proof().forEach(fact -> sheet.line("proof", fact.label(), fact.value(), null));
        return sheet.line("cite", "", why.cite(), null).table();
    }

    private static boolean isAt(Row row, String period, String organisation) {
        return row.text("period").replace('/', '_').equals(period)
                && row.text("organisation").equals(organisation);
    }

    /** The requests of the row's months and organisation, as the same edition lists them one by one. */
    private Grid counted(Edition edition, Row row) {
        return new RequestGrids(names)
                .of(
                        edition,
                        one -> one.text("organisation").equals(row.text("organisation"))
                                && isWithin(one.text("period"), row.text("period")),
                        "Requests that it counts, as far as they are listed one by one");
    }

    private static boolean isWithin(String month, String period) {
        return Period.parse(period)
                .flatMap(range -> Period.parse(month).map(range::overlaps))
                .orElse(false);
    }

    private List<FigurePages.Fact> versions(Row shown, String column) {
        return Period.parse(shown.text("period")).map(editions::showing).orElse(List.of()).stream()
                .flatMap(edition -> edition.table(shown.table().name()).stream()
                        .flatMap(Row::of)
                        .filter(row -> isSame(row, shown))
                        .limit(1)
                        .map(row -> new FigurePages.Fact(
                                edition.quarter() + ", revision "
                                        + edition.revision().number() + " (" + Dates.day(edition.releasedAt()) + ")",
                                row.said(column))))
                .toList();
    }

    private static boolean isSame(Row row, Row other) {
        return row.text("period").equals(other.text("period"))
                && row.text("organisation").equals(other.text("organisation"));
    }
}
