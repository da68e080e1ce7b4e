package org.pupilledger.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Who may call what. The first line that fits decides; what no line names is for whoever is signed in, who then learns
 * that it is not there. GET stands for HEAD too.
 *
 * @param who {@link #PUBLIC}, or the roles of which one is needed
 */
public record Access(@Nullable HttpMethod method, String pattern, Set<Role> who) {
    /** For everybody. */
    public static final Set<Role> PUBLIC = Set.of();

    private static final String EDITIONS = "/api/v1/editions";

    /** Two roles, so that two persons can be told apart: who previews never releases. */
    private static final Set<Role> PUBLISHING = Set.of(Role.PUBLISHER, Role.APPROVER);

    private static final String REQUESTS = "/api/v1/requests";
    private static final String STATEMENTS = "/api/v1/statements";
    private static final String AGREEMENTS = "/api/v1/agreements";
    private static final String REPLAYS = "/api/v1/replays";
    private static final String LOG = "/api/v1/log";

    /** The whole table. */
    public static List<Access> table() {
        return List.of(
                new Access(HttpMethod.GET, "/api/v1/figures", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/checkpoint", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/key", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/tile/entries/**", Set.of(Role.AUDITOR)),
                // the controller looks how far the public checkpoint reaches
                new Access(HttpMethod.GET, LOG + "/tile/{level}/**", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/entries/**", Set.of(Role.AUDITOR)),
                new Access(HttpMethod.GET, "/api/v1/audit/bundles/{quarter}", Set.of(Role.AUDITOR)),
                new Access(HttpMethod.GET, "/v3/api-docs/**", PUBLIC),
                new Access(HttpMethod.GET, "/v3/api-docs.yaml", PUBLIC),
                new Access(HttpMethod.GET, "/problems/**", PUBLIC),
                new Access(HttpMethod.GET, "/actuator/health/liveness", PUBLIC),
                new Access(HttpMethod.GET, "/actuator/health/readiness", PUBLIC),
                new Access(HttpMethod.GET, EDITIONS, PUBLIC),
                new Access(HttpMethod.GET, EDITIONS + "/{quarter}", PUBLIC),
                new Access(HttpMethod.GET, EDITIONS + "/{quarter}/files/{name}", PUBLIC),
                new Access(HttpMethod.GET, EDITIONS + "/{quarter}/revisions/{number}/files/{name}", PUBLIC),
                new Access(
                        HttpMethod.GET,
                        EDITIONS + "/{quarter}/preview/files/{name}",
                        Set.of(Role.PUBLISHER, Role.APPROVER, Role.AUDITOR)),
                new Access(HttpMethod.POST, EDITIONS, PUBLISHING),
                new Access(HttpMethod.POST, EDITIONS + "/{quarter}/{step}", PUBLISHING),
                new Access(HttpMethod.POST, REPLAYS, Set.of(Role.AUDITOR)),
                new Access(HttpMethod.GET, REPLAYS + "/**", Set.of(Role.AUDITOR)),
                new Access(HttpMethod.DELETE, REPLAYS + "/{id}", Set.of(Role.AUDITOR)),
                new Access(HttpMethod.GET, "/api/v1/audit/full-bundle", Set.of(Role.ADMIN)),
                new Access(null, "/actuator/**", Set.of(Role.ADMIN)),
                new Access(HttpMethod.POST, REQUESTS, Set.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/decision", Set.of(Role.APPROVER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/withdrawal", Set.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/match", Set.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/disclosure", Set.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/destruction", Set.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/closure", Set.of(Role.RECORDER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/corrections", Set.of(Role.APPROVER)),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/annulment", Set.of(Role.APPROVER)),
                new Access(HttpMethod.POST, STATEMENTS, Set.of(Role.RECORDER, Role.PUBLISHER)),
                new Access(HttpMethod.POST, STATEMENTS + "/{id}/correction", Set.of(Role.PUBLISHER, Role.APPROVER)),
                new Access(
                        HttpMethod.POST, STATEMENTS + "/{id}/recipients-told", Set.of(Role.RECORDER, Role.PUBLISHER)),
                new Access(HttpMethod.POST, AGREEMENTS, Set.of(Role.RECORDER)),
                new Access(HttpMethod.POST, AGREEMENTS + "/{reference}/amendments", Set.of(Role.RECORDER)),
                new Access(
                        HttpMethod.POST, AGREEMENTS + "/{reference}/suspension", Set.of(Role.RECORDER, Role.APPROVER)),
                new Access(
                        HttpMethod.POST, AGREEMENTS + "/{reference}/resumption", Set.of(Role.RECORDER, Role.APPROVER)),
                new Access(HttpMethod.POST, AGREEMENTS + "/{reference}/end", Set.of(Role.RECORDER, Role.APPROVER)),
                new Access(HttpMethod.POST, AGREEMENTS + "/{reference}/listing", Set.of(Role.RECORDER)),
                new Access(HttpMethod.POST, AGREEMENTS + "/{reference}/unlisting", Set.of(Role.RECORDER)),
                new Access(HttpMethod.POST, "/api/v1/imports", Set.of(Role.RECORDER)),
                new Access(null, "/api/v1/rebuilds/**", Set.of(Role.ADMIN)),
                new Access(HttpMethod.PUT, "/api/v1/organisations/{code}", Set.of(Role.ADMIN, Role.APPROVER)));
    }

    /** HEAD works where GET does. */
    List<HttpMethod> methods() {
        if (method == null) {
            return List.of(HttpMethod.values());
        }
        return method.equals(HttpMethod.GET) ? List.of(HttpMethod.GET, HttpMethod.HEAD) : List.of(method);
    }

    /** The line that a call is decided by, as method and pattern: nothing of what the caller typed; null for none. */
    static @Nullable String call(HttpServletRequest request) {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        for (Access access : table()) {
            for (HttpMethod method : access.methods()) {
                if (paths.matcher(method, access.pattern()).matches(request)) {
                    return method + " " + access.pattern();
                }
            }
        }
        return null;
    }
}
