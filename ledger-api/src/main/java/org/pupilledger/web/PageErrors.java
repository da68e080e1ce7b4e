package org.pupilledger.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.pupilledger.http.Accepted;
import org.pupilledger.problems.Problem;
import org.pupilledger.problems.Problems;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** A page that helps, where a reader of pages came to nothing; a problem for who asks for JSON. */
@RestControllerAdvice({"org.pupilledger.web", "org.pupilledger.opendata"})
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PageErrors {
    private final Problems problems;
    private final Site site;

    PageErrors(Problems problems, Site site) {
        this.problems = problems;
        this.site = site;
    }

    @ExceptionHandler
    ResponseEntity<byte[]> answer(Exception failure, HttpServletRequest request) {
        Problem problem = problems.problem(failure);
        boolean isPage =
                Accepted.asksFor(request, Site.HTML, MediaType.APPLICATION_PROBLEM_JSON, MediaType.APPLICATION_JSON);
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(isPage ? Site.HTML : MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl(CacheControl.noStore());
        byte[] body;
        if (isPage) {
            headers.set("Content-Security-Policy", Site.CONTENT_SECURITY_POLICY);
            body = site.render(
                    "error",
                    new Page(problem.title(), "This page could not be shown.", "/", "/"),
                    Map.of("problem", problem));
        } else {
            body = site.json(problem);
        }
        return ResponseEntity.status(problem.status()).headers(headers).body(body);
    }
}
