package org.pupilledger.security;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many wrong passwords of late, or too many to be looked at at once. */
final class TooManyAttempts extends AuthenticationException {
    private final long waitNanos;

    TooManyAttempts(long waitNanos) {
        super("too many attempts");
        this.waitNanos = waitNanos;
    }

    /** Seconds after which another may be made, at least 1. */
    long retryAfter() {
        return Math.max(1, Duration.ofNanos(waitNanos).plusMillis(999).toSeconds());
    }
}
