package org.pupilledger.seal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.pupilledger.failure.Damaged;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.tlog.Sql;

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
        Object ids = firsts.keySet().toArray(new String[0]);
        Map<String, Long> before = new HashMap<>();
        Sql.each(connection, NEWEST_BEFORE, row -> before.put(row.getString(1), row.getLong(2)), ids, sealed);
        firsts.entrySet()
                .removeIf(first -> before.getOrDefault(first.getKey(), -2L) + 1
                        == first.getValue().sequence());
        if (!firsts.isEmpty()) {
            throw notInOrder(
                    firsts.values().stream().mapToLong(First::position).min().orElseThrow());
        }
    }

    private static Damaged notInOrder(long position) {
        return new Damaged("entry " + position + " does not come after the one that precedes it in its aggregate");
    }
}
