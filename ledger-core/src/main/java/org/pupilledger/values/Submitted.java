package org.pupilledger.values;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;

/**
 * What the requester's file held.
 *
 * @param individuals  people after repeats are removed
 * @param items        data items given of each, null where not stated
 * @param rowsReceived rows of the file: {@code duplicates + invalid + individuals}
 */
public record Submitted(
        Individuals individuals,
        @Nullable List<Item> items,
        Individuals rowsReceived,
        Individuals duplicates,
        Individuals invalid) {
    public Submitted {
        items = items == null ? null : List.copyOf(items);
    }
}
