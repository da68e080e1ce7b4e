package org.pupilledger.spans;

import java.util.UUID;

/** A random id that says nothing about the total. */
public record PeriodTotalId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
