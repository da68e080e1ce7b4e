package org.pupilledger.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.refusal.Refused;
import org.pupilledger.security.Access;
import org.pupilledger.security.Role;
import org.springframework.http.HttpHeaders;

/**
 * Who asks for a change, of what, under which conditions. These are looked at when they are asked for: an idempotent repeat
 * is answered before.
 *
 * @param role    in which the caller acts
 * @param path    decoded, so that however it is spelt it is one
 * @param key     the idempotency key, if any
 * @param request that brings the conditions
 */
public record Caller(
        String user,
        Role role,
        String method,
        String path,
        @Nullable String key,
        HttpServletRequest request) {
    /** Of whoever is signed in. */
    public static Caller of(HttpServletRequest request) {
        return new Caller(
                request.getUserPrincipal().getName(),
                Access.acting(request),
                request.getMethod(),
                request.getServletPath(),
                key(request),
                request);
    }

    private static @Nullable String key(HttpServletRequest request) {
        List<String> keys = Collections.list(request.getHeaders(Answers.IDEMPOTENCY_KEY));
        if (keys.size() > 1) {
            throw new InvalidInput(Answers.IDEMPOTENCY_KEY, "repeated", "Give one idempotency key.");
        }
        return keys.isEmpty() ? null : keys.getFirst();
    }

    /** Sequences of which the newest event of a thing that is there must have one; null for any. */
    @Nullable
    public Set<Long> ifMatch() {
        EntityTags known = EntityTags.of(request, HttpHeaders.IF_NONE_MATCH);
        if (known != null && known.areAny()) {
            return Set.of();
        }
        EntityTags wanted = EntityTags.of(request, HttpHeaders.IF_MATCH);
        return wanted == null || wanted.areAny() ? null : wanted.strongSequences();
    }

    /** Sequences of which it must have none. */
    public Set<Long> ifNoneMatch() {
        EntityTags known = EntityTags.of(request, HttpHeaders.IF_NONE_MATCH);
        return known == null ? Set.of() : known.sequences();
    }

    /** For what adds to a collection, which is there but has no entity tag, so that none can match. */
    public void checkNoVersion() {
        if (ifMatch() != null) {
            throw new Refused.StaleVersion();
        }
    }
}
