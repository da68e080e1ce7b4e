package org.pupilledger.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * Who may call what. The first line that fits decides; what no line names is for whoever is signed in, who then learns
 * that it is not there. GET stands for HEAD too.
 *
 * @param who {@link #PUBLIC}, or the role that is needed
 */
public record Access(
        @Nullable HttpMethod method,
        String pattern,
        @Nullable Role who) {
    /** For everybody. */
    public static final @Nullable Role PUBLIC = null;

    private static final String REQUESTS = "/api/v1/requests";
    private static final String LOG = "/api/v1/log";

    /** The whole table. */
    public static List<Access> table() {
        return List.of(
                new Access(HttpMethod.GET, "/api/v1/figures", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/checkpoint", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/key", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/tile/entries/**", Role.AUDITOR),
                // the controller looks how far the public checkpoint reaches
                new Access(HttpMethod.GET, LOG + "/tile/{level}/**", PUBLIC),
                new Access(HttpMethod.GET, LOG + "/entries/**", Role.AUDITOR),
                new Access(HttpMethod.GET, "/v3/api-docs/**", PUBLIC),
                new Access(HttpMethod.GET, "/v3/api-docs.yaml", PUBLIC),
                new Access(HttpMethod.GET, "/problems/**", PUBLIC),
                new Access(HttpMethod.GET, "/actuator/health/liveness", PUBLIC),
                new Access(HttpMethod.GET, "/actuator/health/readiness", PUBLIC),
                new Access(null, "/actuator/**", Role.ADMIN),
                new Access(HttpMethod.POST, REQUESTS, Role.RECORDER),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/decision", Role.APPROVER),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/withdrawal", Role.RECORDER),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/match", Role.RECORDER),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/disclosure", Role.RECORDER),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/destruction", Role.RECORDER),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/closure", Role.RECORDER),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/corrections", Role.APPROVER),
                new Access(HttpMethod.POST, REQUESTS + "/{id}/annulment", Role.APPROVER),
                new Access(HttpMethod.POST, "/api/v1/imports", Role.RECORDER),
                new Access(HttpMethod.PUT, "/api/v1/organisations/{code}", Role.ADMIN));
    }
}
