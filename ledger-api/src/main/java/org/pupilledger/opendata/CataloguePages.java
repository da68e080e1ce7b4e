package org.pupilledger.opendata;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Representation;
import org.pupilledger.limits.Weight;
import org.pupilledger.publication.EditionState;
import org.pupilledger.web.PublicEditions;
import org.pupilledger.web.PublicEditions.Edition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What finders read: catalogues of data, robots, search engines. */
@RestController
record CataloguePages(PublicEditions editions, Addresses addresses, Answers answers) {
    private static final String EDITION = "/{quarter:[0-9]{4}-Q[1-4]}";
    private static final MediaType JSON_LD = MediaType.parseMediaType("application/ld+json");

    /** That are the same whatever is released. */
    private static final List<String> PAGES =
            List.of("/", "/releases", "/requests", "/agreements", "/statements", "/codes", "/check", "/about");

    @GetMapping("/catalogue.jsonld")
    @Weight(32)
    ResponseEntity<byte[]> catalogue(HttpServletRequest request) {
        List<Edition> newest = editions.calendar().stream()
                .filter(EditionState::isReleased)
                .flatMap(edition -> editions.find(edition.quarter(), null).stream())
                .toList();
        return json(request, JSON_LD, of(request).catalogue(newest));
    }

    @GetMapping(EDITION + "/catalogue.jsonld")
    @Weight(16)
    ResponseEntity<byte[]> edition(
            @PathVariable String quarter, @Nullable String revision, HttpServletRequest request) {
        return json(request, JSON_LD, of(request).of(editions.released(quarter, revision)));
    }

    @GetMapping(EDITION + "/datapackage.json")
    @Weight(16)
    ResponseEntity<byte[]> dataPackage(
            @PathVariable String quarter, @Nullable String revision, HttpServletRequest request) {
        return json(request, MediaType.APPLICATION_JSON, of(request).dataPackage(editions.released(quarter, revision)));
    }

    private Catalogue of(HttpServletRequest request) {
        return new Catalogue(addresses.publisher(), addresses.base(request));
    }

    private ResponseEntity<byte[]> json(HttpServletRequest request, MediaType type, Object content) {
        return Representation.of(request, null, addresses.headers(type), answers.json(content));
    }

    @GetMapping("/robots.txt")
    ResponseEntity<byte[]> robots(HttpServletRequest request) {
        return text(
                request,
                MediaType.TEXT_PLAIN,
                "User-agent: *\nAllow: /\nDisallow: /search\nSitemap: " + addresses.base(request) + "/sitemap.xml\n");
    }

    @GetMapping("/sitemap.xml")
    ResponseEntity<byte[]> sitemap(HttpServletRequest request) {
        List<String> paths = new ArrayList<>(PAGES);
        editions.calendar().stream()
                .filter(EditionState::isReleased)
                .flatMap(edition -> editions.find(edition.quarter(), null).stream())
                .forEach(edition -> {
                    paths.add(edition.path());
                    edition.document().tables().forEach(table -> paths.add(edition.path() + "/" + table.name()));
                });
        StringBuilder map = new StringBuilder(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        String base = addresses.base(request);
        paths.forEach(path -> map.append("<url><loc>").append(base).append(path).append("</loc></url>\n"));
        return text(
                request, MediaType.APPLICATION_XML, map.append("</urlset>\n").toString());
    }

    private ResponseEntity<byte[]> text(HttpServletRequest request, MediaType type, String text) {
        return Representation.of(
                request,
                null,
                addresses.headers(new MediaType(type, StandardCharsets.UTF_8)),
                text.getBytes(StandardCharsets.UTF_8));
    }
}
