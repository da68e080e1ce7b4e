package org.pupilledger.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Calls for audit bundles where everybody may have one; the controller looks which. */
final class PublicBundles implements RequestMatcher {
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String BUNDLES = "/api/v1/audit/bundles/";

    private final PublicEntries entries;

    PublicBundles(PublicEntries entries) {
        this.entries = entries;
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        return METHODS.contains(request.getMethod())
                && entries.isEverOpen()
                && request.getRequestURI().startsWith(BUNDLES);
    }
}
