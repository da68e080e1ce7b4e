package org.pupilledger.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Pages of every origin may read what is answered to somebody who does not sign in, and nothing else; and what is answered
 * to somebody who does is kept by no cache that others share.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
final class OpenReading extends OncePerRequestFilter implements HeaderWriter {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Beyond those that a page may send and read anyway. */
    private static final String ALLOWED_HEADERS = "If-None-Match, If-Modified-Since";

    private static final String EXPOSED_HEADERS = "ETag, Link, Repr-Digest, Content-Disposition, Retry-After";
    private static final String DAY_S = "86400";

    /** With this nothing that a browser remembers is sent along, or the answer is kept from the page. */
    private static final String ANY = "*";

    /** Answers what a browser asks before it sends a condition. */
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        String method = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (request.getMethod().equals(HttpMethod.OPTIONS.name())
                && request.getHeader(HttpHeaders.ORIGIN) != null
                && method != null
                && READING.contains(method)
                && Access.isOpen(request)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD");
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY_S);
        } else {
            rest.doFilter(request, response);
        }
    }

    /** Once the answer is known. */
    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            keepPrivate(response);
        } else if (READING.contains(request.getMethod())
                && response.getStatus() != HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS);
        }
    }

    private static void keepPrivate(HttpServletResponse response) {
        List<String> rules = List.copyOf(response.getHeaders(HttpHeaders.CACHE_CONTROL));
        if (rules.stream().anyMatch(rule -> rule.contains("public"))) {
            response.setHeader(
                    HttpHeaders.CACHE_CONTROL, String.join(", ", rules).replace("public", "private"));
        }
    }
}
