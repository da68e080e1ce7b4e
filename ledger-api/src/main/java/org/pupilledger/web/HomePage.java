package org.pupilledger.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.publication.EditionState;
import org.pupilledger.tables.Table;
import org.pupilledger.web.Headlines.Body;
import org.pupilledger.web.Headlines.Figure;
import org.pupilledger.web.PublicEditions.Edition;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The first page: what was asked last, was anything corrected, and how to check it; and what all of this is. */
@RestController
public record HomePage(PublicEditions editions, Names names, Publisher publisher, Site site) {
    /** Corrections that the first page names; all of them are on the pages of the editions. */
    private static final int MAX_CORRECTIONS = 5;

    /**
     * What is on the page, and the answer as JSON.
     *
     * @param quarter     of the newest edition, {@code Jul to Sep 2023}; null before there is one
     * @param path        of its page
     * @param scope       of which bodies nothing is recorded; empty where something is of all, or of none
     * @param nextRelease the next that is announced, null where none is
     * @param corrections the newest first
     */
    public record Home(
            @Nullable String quarter,
            @Nullable String path,
            @Nullable String released,
            String scope,
            List<Figure> figures,
            List<Body> bodies,
            @Nullable String nextRelease,
            List<Corrections.Correction> corrections,
            Charts.@Nullable Drawn chart) {}

    @GetMapping("/")
    ResponseEntity<byte[]> home(HttpServletRequest request) {
        Optional<Edition> newest = editions.newest();
        Headlines headlines = new Headlines(names);
        Home home = new Home(
                newest.map(edition -> edition.quarter().label()).orElse(null),
                newest.map(Edition::path).orElse(null),
                newest.map(edition -> Dates.day(edition.releasedAt())).orElse(null),
                newest.map(headlines::scope).orElse(""),
                newest.map(headlines::figures).orElse(List.of()),
                newest.map(headlines::bodies).orElse(List.of()),
                next(),
                new Corrections(names).newest(editions, MAX_CORRECTIONS),
                newest.flatMap(edition -> new Charts(names).of(edition).stream().findFirst())
                        .orElse(null));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("home", home);
        return site.answer(
                request,
                "home",
                new Page(
                        "Who asked the Department for Education about children",
                        "How many people public bodies asked the department to match with the National Pupil Database, how"
                                + " many were found, and what was returned.",
                        "/",
                        "/"),
                parameters,
                home,
                () -> sheet(home));
    }

    private static Table sheet(Home home) {
        Sheet sheet = new Sheet("Newest figures");
        sheet.line("edition", "quarter", home.quarter(), home.path());
        sheet.line("edition", "released", home.released(), home.path());
        sheet.line("edition", "next release", home.nextRelease(), "/releases");
        home.figures().forEach(figure -> sheet.line("figure", figure.meaning(), figure.value(), home.path()));
        home.bodies().forEach(body -> sheet.line("body", body.name(), body.sentence(), body.link()));
        home.corrections()
                .forEach(correction ->
                        sheet.line("correction", correction.on(), correction.sentence(), correction.link()));
        return sheet.table();
    }

    private @Nullable String next() {
        return editions.calendar().stream()
                .filter(edition -> !edition.isReleased())
                .map(EditionState::releaseOn)
                .min(LocalDate::compareTo)
                .map(Dates::day)
                .orElse(null);
    }

    @GetMapping("/about")
    ResponseEntity<byte[]> about(HttpServletRequest request) {
        return site.page(
                request,
                "about",
                new Page(
                        "What this is, and how to read it",
                        "What the words and marks in the figures mean, how they are made, and when they are revised.",
                        "/about",
                        "/about"),
                Map.of("facts", publisher.facts()));
    }
}
