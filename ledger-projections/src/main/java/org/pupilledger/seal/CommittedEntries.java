package org.pupilledger.seal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.pupilledger.failure.Damaged;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.tlog.EventRow;
import org.pupilledger.tlog.Sql;

/**
 * Reads again what was sequenced and committed. Each entry is derived again from its event, which must be genuine: whoever
 * can write entries could otherwise have anything signed.
 */
final class CommittedEntries {
    private static final int FETCH = 1_000;
    private static final String AGAIN = "select l.position, l.leaf_bytes, l.leaf_hash, e.global_index, l.xid = e.xid, "
            + EventRow.COLUMNS + " from ledger_entry l left join event e on e.global_index = l.global_index"
            + " where l.position >= ? and l.position < ? order by l.position";

    private final Authenticity authenticity;

    CommittedEntries(Authenticity authenticity) {
        this.authenticity = authenticity;
    }

    /** Is handed each entry. */
    interface Reader {
        void read(long position, byte[] leaf);
    }

    /** The tree with the entries from its size to another, computed from their bytes alone. */
    CompactRange readAgain(Connection connection, CompactRange before, long size, Reader reader) throws SQLException {
        CompactRange tree = new CompactRange(before.size(), before.hashes());
        AggregateOrder order = new AggregateOrder();
        Sql.reading(connection, reading -> {
            try (ResultSet row = Sql.cursor(reading, FETCH, AGAIN, before.size(), size)) {
                while (row.next()) {
                    long position = row.getLong(1);
                    byte[] leaf = row.getBytes(2);
                    byte[] hash = TreeHash.ofLeaf(leaf);
                    if (position != tree.size() || !Arrays.equals(hash, row.getBytes(3))) {
                        throw new Damaged("entry " + tree.size() + " is not what was sequenced");
                    }
                    order.add(position, genuine(row, position, leaf));
                    tree.append(hash);
                    reader.read(position, leaf);
                }
            }
            order.check(reading, before.size());
            return tree;
        });
        if (tree.size() != size) {
            throw new Damaged("entry " + tree.size() + " is missing");
        }
        return tree;
    }

    /** The event of an entry, whose bytes it gives. */
    private StoredEvent genuine(ResultSet row, long position, byte[] leaf) throws SQLException {
        row.getLong(4);
        if (row.wasNull()) {
            throw new Damaged("entry " + position + " has no event");
        }
        EventRow event = EventRow.read(row, 6, row.getBoolean(5));
        return switch (event.compare(leaf, authenticity)) {
            case GENUINE -> event.stored();
            case DIFFERENT -> throw new Damaged("entry " + position + " is not what its event gives");
            case FOREIGN ->
                throw new Damaged("the event of entry " + position
                        + " was not appended by a program that holds this ledger's key");
        };
    }
}
