package org.pupilledger.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.request.Refused;
import org.pupilledger.security.Role;
import org.springframework.http.HttpHeaders;

/**
 * Who asks for a change, of what, under which conditions.
 *
 * @param key           the idempotency key, if any
 * @param ifMatchHeader as it was sent
 */
record Caller(
        String user,
        String method,
        String path,
        @Nullable String key,
        @Nullable String ifMatchHeader) {
    /** Of whoever is signed in. */
    static Caller of(HttpServletRequest request) {
        return new Caller(
                request.getUserPrincipal().getName(),
                request.getMethod(),
                request.getRequestURI(),
                request.getHeader(Answers.IDEMPOTENCY_KEY),
                request.getHeader(HttpHeaders.IF_MATCH));
    }

    /** The first of the roles that may do something which the caller has. */
    static Role acting(HttpServletRequest request, Role... allowed) {
        for (Role role : allowed) {
            if (request.isUserInRole(role.name())) {
                return role;
            }
        }
        throw new IllegalStateException("let in without a role");
    }

    /** Sequences of which the newest event must have one; null for any. */
    @Nullable
    Set<Long> ifMatch() {
        return Conditions.ifMatch(ifMatchHeader);
    }

    /** For what adds to a collection, which has no entity tag, so that none can match. */
    void checkNoVersion() {
        if (ifMatch() != null) {
            throw new Refused.StaleVersion();
        }
    }
}
