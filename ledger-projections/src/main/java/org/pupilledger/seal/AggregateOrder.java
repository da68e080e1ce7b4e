package org.pupilledger.seal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.pupilledger.schema.Leaf.StoredEvent;

/**
 * Whether the events of each aggregate come in their order, among entries that are about to be signed and after those that
 * are. A wrong order could never be put right, and nothing could fold it.
 */
final class AggregateOrder {
    private static final String NEWEST_BEFORE = """
            select e.aggregate_id, max(e.sequence) from event e join ledger_entry l on l.global_index = e.global_index
            where e.aggregate_id = any (?) and l.position < ? group by e.aggregate_id
            """;

    /** @param position of its entry */
    private record First(long sequence, long position) {}

    private final Map<String, Long> newest = new HashMap<>();

    /** Those that go on with an aggregate that has sealed entries. */
    private final Map<String, First> firsts = new HashMap<>();

    /** Takes note of the next entry. */
    void add(long position, StoredEvent event) {
        Long before = newest.put(event.aggregateId(), event.sequence());
        if (before == null && event.sequence() > 0) {
            firsts.put(event.aggregateId(), new First(event.sequence(), position));
        } else if (before != null && before != event.sequence() - 1) {
            throw notInOrder(position);
        }
    }

    /** @param sealed entries that are signed already */
    void check(Connection connection, long sealed) throws SQLException {
        if (firsts.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(NEWEST_BEFORE)) {
            statement.setArray(
                    1, connection.createArrayOf("text", firsts.keySet().toArray()));
            statement.setLong(2, sealed);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    First first = firsts.get(row.getString(1));
                    if (first != null && first.sequence() == row.getLong(2) + 1) {
                        firsts.remove(row.getString(1));
                    }
                }
            }
        }
        if (!firsts.isEmpty()) {
            throw notInOrder(
                    firsts.values().stream().mapToLong(First::position).min().orElseThrow());
        }
    }

    private static SealFailed notInOrder(long position) {
        return new SealFailed("entry " + position + " does not come after the one that precedes it in its aggregate");
    }
}
