package org.pupilledger.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.pupilledger.merkle.EntryBundle;
import org.pupilledger.merkle.Tile;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Calls for entries and audit bundles that everybody may read. Which bundles, the controller looks; of entries, with {@code ledger.public-entries=released} those whose entries are all
 * released. What is spelt otherwise than an entry's or a bundle's one address is no such call.
 */
final class ReleasedEntries implements RequestMatcher {
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String ENTRY = "/api/v1/log/entries/";
    private static final String TILE = "/api/v1/log/tile/";
    private static final String BUNDLE = TILE + "entries/";
    private static final String AUDIT = "/api/v1/audit/bundles/";
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final PublicEntries entries;

    ReleasedEntries(PublicEntries entries) {
        this.entries = entries;
    }

    private record Range(long first, long end) {}

    @Override
    public boolean matches(HttpServletRequest request) {
        return METHODS.contains(request.getMethod()) && (isBundle(request) || isReleased(request));
    }

    private boolean isBundle(HttpServletRequest request) {
        return entries.isEverOpen() && request.getRequestURI().startsWith(AUDIT);
    }

    private boolean isReleased(HttpServletRequest request) {
        // may read them anyway, so nobody need look
        return !request.isUserInRole(Role.AUDITOR.name())
                && range(request.getRequestURI())
                        .filter(range -> entries.areReleased(range.first(), range.end()))
                        .isPresent();
    }

    /** Of the path as it was sent. */
    private static Optional<Range> range(String path) {
        if (path.startsWith(ENTRY)) {
            String index = path.substring(ENTRY.length());
            return INDEX.matcher(index).matches()
                    ? Optional.of(new Range(Long.parseLong(index), Long.parseLong(index) + 1))
                    : Optional.empty();
        }
        if (path.startsWith(BUNDLE)) {
            // a bundle is numbered as the tile of its hashes
            return Tile.parse("0/" + path.substring(BUNDLE.length()))
                    .filter(tile -> tile.number() < Long.MAX_VALUE / Tile.WIDTH)
                    .filter(tile -> path.equals(TILE + EntryBundle.path(tile.number(), tile.width())))
                    .map(tile -> new Range(tile.number() * Tile.WIDTH, tile.number() * Tile.WIDTH + tile.width()));
        }
        return Optional.empty();
    }
}
