package org.pupilledger.web;

import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** A page for each problem type, which the {@code type} of a problem points to. */
@RestController
final class ProblemPages {
    private final ProblemCatalogue catalogue;

    ProblemPages(ProblemCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GetMapping(path = "/problems/{slug}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> page(@PathVariable String slug) {
        return catalogue
                .find(slug)
                .map(problem -> ResponseEntity.ok()
                        .headers(Site.headers(Site.HTML))
                        .body(page(problem.title(), paragraphs(problem))))
                .orElseGet(() ->
                        ResponseEntity.status(HttpStatus.NOT_FOUND).body(page("There is no such problem", list())));
    }

    @GetMapping(path = "/problems", produces = MediaType.TEXT_HTML_VALUE)
    String index() {
        return page("Problems", list());
    }

    private static String paragraphs(ProblemCatalogue.Explained problem) {
        StringBuilder text = new StringBuilder(
                "<p>Status " + problem.status() + "</p><p>" + HtmlUtils.htmlEscape(problem.advice()) + "</p>");
        if (!problem.codes().isEmpty()) {
            text.append("<h2>Codes</h2><dl>");
            problem.codes()
                    .forEach((code, meaning) -> text.append("<dt><code>")
                            .append(code)
                            .append("</code></dt><dd>")
                            .append(HtmlUtils.htmlEscape(meaning))
                            .append("</dd>"));
            text.append("</dl>");
        }
        return text.append("<p><a href=\"/problems\">All problems</a></p>").toString();
    }

    private String list() {
        StringBuilder list = new StringBuilder("<ul>");
        catalogue
                .slugs()
                .forEach(slug -> list.append("<li><a href=\"/problems/")
                        .append(slug)
                        .append("\">")
                        .append(slug)
                        .append("</a></li>"));
        return list.append("</ul>").toString();
    }

    private static String page(String title, String body) {
        return String.format(Locale.ROOT, """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s - Pupil-matching ledger</title>
                <style>
                body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
                dt { margin-top: 1rem } dd { margin-left: 0 }
                </style>
                </head>
                <body>
                <main>
                <h1>%1$s</h1>
                %2$s
                </main>
                </body>
                </html>
                """, HtmlUtils.htmlEscape(title), body);
    }
}
