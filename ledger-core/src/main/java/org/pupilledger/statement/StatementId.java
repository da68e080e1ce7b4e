package org.pupilledger.statement;

import java.util.UUID;

/** A random id that says nothing about the statement. */
public record StatementId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
