package org.pupilledger.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may call what. The first line that fits decides; what no line names is for whoever is signed in, who then learns
 * that it is not there. GET stands for HEAD too.
 *
 * @param who {@link #PUBLIC}, or the roles of which one is needed; a caller who has several acts in the first
 */
public record Access(@Nullable HttpMethod method, String pattern, List<Role> who) {
    /** For everybody. */
    public static final List<Role> PUBLIC = List.of();

    private static final String EDITIONS = "/api/v1/editions";

    /** Two roles, so that two persons can be told apart: who previews never releases. */
    private static final List<Role> PUBLISHING = List.of(Role.PUBLISHER, Role.APPROVER);

    private static final String REQUESTS = "/api/v1/requests";
    private static final String PERIOD_TOTALS = "/api/v1/period-totals";
    private static final String STATEMENTS = "/api/v1/statements";
    private static final String AGREEMENTS = "/api/v1/agreements";
    private static final String COVERAGE = "/api/v1/coverage";
    private static final String REPLAYS = "/api/v1/replays";
    private static final String LOG = "/api/v1/log";

    /** By pattern, which takes a while to read. */
    private static final Map<String, RequestMatcher> PATHS = table().stream()
            .map(Access::pattern)
            .distinct()
            .collect(Collectors.toMap(pattern -> pattern, PathPatternRequestMatcher.withDefaults()::matcher));

    /** The whole table. */
    public static List<Access> table() {
        return List.of(
                new Access(HttpMethod.GET, "/api/v1/figures", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/checkpoint", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/key", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/tile/entries/**", List.of(Role.AUDITOR)),
                // the controller looks how far the public checkpoint reaches
                new Access(HttpMethod.GET, LOG + "/tile/{level}/**", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/entries/**", List.of(Role.AUDITOR)),
                new Access(HttpMethod.GET, "/api/v1/audit/bundles/{quarter}", List.of(Role.AUDITOR)),
                new Access(HttpMethod.GET, "/v3/api-docs/**", PUBLIC),
                new Access(HttpMethod.GET, "/v3/api-docs.yaml", PUBLIC),
                new Access(HttpMethod.GET, "/problems/**", PUBLIC),
                new Access(HttpMethod.GET, "/", PUBLIC),
                new Access(HttpMethod.GET, "/{quarter:[0-9]{4}-Q[1-4]}/**", PUBLIC),
                new Access(HttpMethod.GET, "/releases", PUBLIC),
                new Access(HttpMethod.GET, "/releases.{format:ics|atom}", PUBLIC),
                new Access(HttpMethod.GET, "/requests", PUBLIC),
                new Access(HttpMethod.GET, "/agreements", PUBLIC),
                new Access(HttpMethod.GET, "/statements", PUBLIC),
                new Access(HttpMethod.GET, "/codes", PUBLIC),
                new Access(HttpMethod.GET, "/search", PUBLIC),
                new Access(HttpMethod.GET, "/catalogue.jsonld", PUBLIC),
                new Access(HttpMethod.GET, "/sitemap.xml", PUBLIC),
                new Access(HttpMethod.GET, "/about", PUBLIC),
                new Access(HttpMethod.GET, "/check", PUBLIC),
                new Access(HttpMethod.GET, "/check.html", PUBLIC),
                new Access(HttpMethod.GET, "/robots.txt", PUBLIC),
                new Access(HttpMethod.GET, "/favicon.ico", PUBLIC),
                new Access(HttpMethod.GET, "/assets/{name}", PUBLIC),
                new Access(HttpMethod.GET, "/actuator/health/liveness", PUBLIC),
                new Access(HttpMethod.GET, "/actuator/health/readiness", PUBLIC),
                new Access(HttpMethod.GET, EDITIONS, PUBLIC),
                new Access(HttpMethod.GET, EDITIONS + "/{quarter}", PUBLIC),
                new Access(HttpMethod.GET, EDITIONS + "/{quarter}/files/{name}", PUBLIC),
                new Access(HttpMethod.GET, EDITIONS + "/{quarter}/revisions/{number}/files/{name}", PUBLIC),
                new Access(
                        HttpMethod.GET,
                        EDITIONS + "/{quarter}/preview/files/{name}",
                        List.of(Role.PUBLISHER, Role.APPROVER, Role.AUDITOR)),
                new Access(HttpMethod.POST, EDITIONS, PUBLISHING),
                new Access(HttpMethod.POST, EDITIONS + "/{quarter}/{step}", PUBLISHING),
                new Access(HttpMethod.POST, REPLAYS, List.of(Role.AUDITOR)),
                new Access(HttpMethod.GET, REPLAYS + "/**", List.of(Role.AUDITOR)),
                new Access(HttpMethod.DELETE, REPLAYS + "/{id}", List.of(Role.AUDITOR)),
                new Access(HttpMethod.GET, "/api/v1/audit/full-bundle", List.of(Role.ADMIN)),
                new Access(null, "/actuator/**", List.of(Role.ADMIN)),
                new Access(HttpMethod.POST, REQUESTS, List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/decision", List.of(Role.APPROVER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/withdrawal", List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/match", List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/disclosure", List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/further-disclosures", List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/references", List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/reference-refusals", List.of(Role.APPROVER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/destruction", List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/closure", List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/corrections", List.of(Role.APPROVER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/annulment", List.of(Role.APPROVER)),
                new Access(HttpMethod.POST, PERIOD_TOTALS, List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, PERIOD_TOTALS + "/{id}/corrections", List.of(Role.APPROVER)),
                new Access(HttpMethod.POST, PERIOD_TOTALS + "/{id}/annulment", List.of(Role.APPROVER)),
                new Access(HttpMethod.POST, STATEMENTS, List.of(Role.RECORDER, Role.PUBLISHER)),
                new Access(HttpMethod.POST, STATEMENTS + "/{id}/correction", List.of(Role.PUBLISHER, Role.APPROVER)),
                new Access(
                        HttpMethod.POST, STATEMENTS + "/{id}/recipients-told", List.of(Role.RECORDER, Role.PUBLISHER)),
                new Access(HttpMethod.POST, STATEMENTS + "/{id}/annulment", List.of(Role.PUBLISHER, Role.APPROVER)),
                new Access(HttpMethod.POST, COVERAGE, List.of(Role.PUBLISHER)),
                new Access(HttpMethod.POST, COVERAGE + "/{id}/withdrawal", List.of(Role.PUBLISHER)),
                new Access(HttpMethod.POST, COVERAGE + "/{id}/{step}", PUBLISHING),
                new Access(HttpMethod.POST, AGREEMENTS, List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, AGREEMENTS + "/{reference}/amendments", List.of(Role.RECORDER)),
                new Access(
                        HttpMethod.POST, AGREEMENTS + "/{reference}/suspension", List.of(Role.RECORDER, Role.APPROVER)),
                new Access(
                        HttpMethod.POST, AGREEMENTS + "/{reference}/resumption", List.of(Role.RECORDER, Role.APPROVER)),
                new Access(HttpMethod.POST, AGREEMENTS + "/{reference}/end", List.of(Role.RECORDER, Role.APPROVER)),
                new Access(HttpMethod.POST, AGREEMENTS + "/{reference}/corrections", List.of(Role.APPROVER)),
                new Access(HttpMethod.POST, AGREEMENTS + "/{reference}/annulment", List.of(Role.APPROVER)),
                new Access(HttpMethod.POST, AGREEMENTS + "/{reference}/listing", List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, AGREEMENTS + "/{reference}/unlisting", List.of(Role.RECORDER)),
                new Access(HttpMethod.POST, "/api/v1/imports", List.of(Role.RECORDER, Role.APPROVER)),
                new Access(null, "/api/v1/rebuilds/**", List.of(Role.ADMIN)),
                new Access(HttpMethod.PUT, "/api/v1/organisations/{code}", List.of(Role.ADMIN, Role.APPROVER)),
                // whoever mistypes the address of a page is told so, and not asked for a password
                new Access(HttpMethod.GET, "/{page:(?!api$|error$).+}", PUBLIC));
    }

    /** HEAD works where GET does. */
    List<HttpMethod> methods() {
        if (method == null) {
            return List.of(HttpMethod.values());
        }
        return method.equals(HttpMethod.GET) ? List.of(HttpMethod.GET, HttpMethod.HEAD) : List.of(method);
    }

    /** In which role a caller acts who was let in. */
    public static Role acting(HttpServletRequest request) {
        return line(request).stream()
                .flatMap(access -> access.who().stream())
                .filter(role -> request.isUserInRole(role.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("let in without a role"));
    }

    /** Whether everybody may read what is at the address of a call. */
    static boolean isOpen(HttpServletRequest request) {
        return line(HttpMethod.GET, request)
                .filter(access -> access.who().equals(PUBLIC))
                .isPresent();
    }

    /** The line that a call is decided by, as method and pattern: nothing of what the caller typed; null for none. */
    static @Nullable String call(HttpServletRequest request) {
        return line(request)
                .map(access -> request.getMethod() + " " + access.pattern())
                .orElse(null);
    }

    private static Optional<Access> line(HttpServletRequest request) {
        return line(HttpMethod.valueOf(request.getMethod()), request);
    }

    private static Optional<Access> line(HttpMethod method, HttpServletRequest request) {
        return table().stream()
                .filter(access -> access.methods().contains(method))
                .filter(access ->
                        Objects.requireNonNull(PATHS.get(access.pattern())).matches(request))
                .findFirst();
    }
}
