package org.pupilledger.security;

import org.springframework.security.core.AuthenticationException;

/** Too many wrong passwords of late. */
final class TooManyAttempts extends AuthenticationException {
    TooManyAttempts() {
        super("too many attempts");
    }
}
