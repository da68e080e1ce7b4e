package org.pupilledger.values;

import java.util.UUID;

/** A random id that says nothing about the request. */
public record RequestId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
