package org.pupilledger.opendata;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.editions.Releases.Release;
import org.pupilledger.http.Representation;
import org.pupilledger.publication.EditionState;
import org.pupilledger.web.Dates;
import org.pupilledger.web.Grid;
import org.pupilledger.web.Grid.Cell;
import org.pupilledger.web.Grid.Head;
import org.pupilledger.web.Page;
import org.pupilledger.web.PublicEditions;
import org.pupilledger.web.Sheet;
import org.pupilledger.web.Site;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** When what was and will be released: as a page, a calendar (RFC 5545) and a feed (RFC 4287). */
@RestController
public record ReleasePages(PublicEditions editions, Site site) {
    private static final DateTimeFormatter ICAL_DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter ICAL_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    /**
     * A line of the calendar.
     *
     * @param released when its newest version was, null where none is
     */
    public record Line(
            String quarter,
            String label,
            String path,
            String announcedFor,
            @Nullable String released,
            int revisions) {}

    @GetMapping("/releases")
    ResponseEntity<byte[]> releases(HttpServletRequest request) {
        List<Line> lines = editions.calendar().stream().map(this::line).toList();
        Grid grid = new Grid(
                "releases",
                "Releases, newest quarter first",
                List.of(
                        new Head("Quarter", false),
                        new Head("Announced for", false),
                        new Head("Newest version released", false),
                        new Head("Revisions since the first", true)),
                lines.stream()
                        .map(line -> List.of(
                                new Cell(line.label(), line.path(), false, ""),
                                Cell.of(line.announcedFor()),
                                Cell.of(line.released() == null ? "not released yet" : line.released()),
                                new Cell(Integer.toString(Math.max(0, line.revisions() - 1)), null, true, "")))
                        .toList(),
                List.of());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("grid", grid);
        return site.answer(
                request,
                "releases",
                new Page("Releases", "When each quarter was or will be released.", "/releases", "/releases"),
                parameters,
                lines,
                () -> Sheet.of(grid));
    }

    private Line line(EditionState edition) {
        return new Line(
                edition.quarter().toString(),
                edition.quarter().label(),
                "/" + edition.quarter(),
                Dates.day(edition.releaseOn()),
                editions.releases().stream()
                        .filter(release -> release.quarter().equals(edition.quarter()))
                        .findFirst()
                        .map(release -> Dates.minute(release.recordedAt()))
                        .orElse(null),
                edition.revisions().size());
    }

    @GetMapping("/releases.ics")
    ResponseEntity<byte[]> calendar(HttpServletRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add("BEGIN:VCALENDAR");
        lines.add("VERSION:2.0");
        lines.add("PRODID:-//pupil-matching ledger//releases//EN");
        for (EditionState edition : editions.calendar()) {
            lines.add("BEGIN:VEVENT");
            lines.add("UID:edition-" + edition.quarter() + "@pupil-matching-ledger");
            lines.add("DTSTAMP:" + ICAL_TIME.format(edition.releaseOn().atStartOfDay()));
            lines.add("DTSTART;VALUE=DATE:" + ICAL_DAY.format(edition.releaseOn()));
            lines.add("SUMMARY:Pupil matching figures\\, " + edition.quarter().label());
            lines.add("STATUS:" + (edition.isReleased() ? "CONFIRMED" : "TENTATIVE"));
            lines.add("END:VEVENT");
        }
        lines.add("END:VCALENDAR");
        return text(request, "text/calendar;charset=utf-8", String.join("\r\n", lines) + "\r\n");
    }

    @GetMapping("/releases.atom")
    ResponseEntity<byte[]> feed(HttpServletRequest request) {
        StringBuilder feed = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                + "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>Pupil matching: releases and corrections</title>\n"
                + "<id>urn:pupil-matching-ledger:releases</id>\n<author><name>Pupil-matching ledger</name></author>\n"
                + "<link href=\"/releases\"/>\n<updated>"
                + editions.releases().stream()
                        .findFirst()
                        .map(release -> release.recordedAt().toString())
                        .orElse("1970-01-01T00:00:00Z")
                + "</updated>\n");
        for (Release release : editions.releases()) {
            String title =
                    release.quarter().label() + (release.revision() == 1 ? "" : ", revision " + release.revision());
            feed.append("<entry>\n<title>")
                    .append(HtmlUtils.htmlEscape(title))
                    .append("</title>\n<id>urn:pupil-matching-ledger:release:")
                    .append(release.quarter())
                    .append(':')
                    .append(release.revision())
                    .append("</id>\n<link href=\"/")
                    .append(release.quarter())
                    .append("?revision=")
                    .append(release.revision())
                    .append("\"/>\n<updated>")
                    .append(release.recordedAt())
                    .append("</updated>\n<summary>")
                    .append(release.revision() == 1 ? "First release." : "Figures of this edition were revised.")
                    .append("</summary>\n</entry>\n");
        }
        return text(
                request,
                "application/atom+xml;charset=utf-8",
                feed.append("</feed>\n").toString());
    }

    private static ResponseEntity<byte[]> text(HttpServletRequest request, String type, String text) {
        return Representation.of(
                request, null, Site.headers(MediaType.parseMediaType(type)), text.getBytes(StandardCharsets.UTF_8));
    }
}
