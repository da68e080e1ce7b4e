package org.pupilledger.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses every change that a page of another origin asks for: a browser adds the credentials that it remembers. Whoever
 * sends neither header is no browser, and is asked for nothing more.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454#section-7">RFC 6454, 7</a>
 */
final class ForeignOrigins extends OncePerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** A person at the address bar is none of the others. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private final Proxies proxies;
    private final SecurityLog log;
    private final ProblemWriter problems;

    ForeignOrigins(Proxies proxies, SecurityLog log, ProblemWriter problems) {
        this.log = log;
        this.proxies = proxies;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        if (READING.contains(request.getMethod()) || isOwn(request)) {
            rest.doFilter(request, response);
        } else {
            log.note(
                    SecurityLog.Event.FOREIGN_ORIGIN,
                    null,
                    proxies.client(request).address(),
                    null);
            problems.refuseForeign(response);
        }
    }

    private boolean isOwn(HttpServletRequest request) {
        return OWN_SITE.containsAll(Collections.list(request.getHeaders(FETCH_SITE)))
                && Collections.list(request.getHeaders(HttpHeaders.ORIGIN)).stream()
                        .allMatch(origin -> Client.origin(origin)
                                .filter(sent ->
                                        sent.equals(proxies.client(request).origin()))
                                .isPresent());
    }
}
