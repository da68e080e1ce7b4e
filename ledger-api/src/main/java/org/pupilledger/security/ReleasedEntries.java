package org.pupilledger.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Calls for entries that everybody may read: with {@code ledger.public-entries=released} those whose entries are all
 * released. Editions release, and there are none yet, so whatever the setting says it is none of them.
 */
final class ReleasedEntries implements RequestMatcher {
    @Override
    public boolean matches(HttpServletRequest request) {
        return false;
    }
}
