package org.pupilledger.agreement;

import org.jspecify.annotations.Nullable;

/**
 * How the recipient gets at the data, and why so.
 *
 * @param reason needed for a direct transfer
 */
public record Route(AccessRoute access, @Nullable RouteReason reason) {
    public Route {
        if (access == AccessRoute.DIRECT_TRANSFER && reason == null) {
            throw new IllegalArgumentException("a direct transfer without a reason");
        }
    }
}
