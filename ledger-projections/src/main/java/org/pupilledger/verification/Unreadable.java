package org.pupilledger.verification;

import java.sql.SQLException;

/** Carries a failure of the database through what knows no database. */
final class Unreadable extends RuntimeException {
    final SQLException failure;

    Unreadable(SQLException failure) {
        super(failure);
        this.failure = failure;
    }
}
