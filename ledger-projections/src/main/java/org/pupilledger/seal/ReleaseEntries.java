package org.pupilledger.seal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.tlog.Sql;

/** Finds the entries that release an edition or a new revision of one. */
final class ReleaseEntries {
    private static final byte[] HEAD = Leaf.head(Edition.TYPE + "-");

    /** By the events, which an index finds, since there are few and entries are many; what is found is an entry all the same. */
    private static final String OF_EDITIONS = "select l.position, l.leaf_bytes from event e"
            + " join ledger_entry l on l.global_index = e.global_index where e.aggregate_id like '" + Edition.TYPE
            + "-%' and l.position >= ? and l.position < ? order by l.position desc";

    private final Set<String> names;

    ReleaseEntries(EventTypes types) {
        this.names = Stream.of(EditionEvent.Released.class, EditionEvent.Revised.class)
                .map(event -> Objects.requireNonNull(types.typeOf(event)).name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Every entry is asked, so all but those of editions are known by their first bytes. */
    boolean isRelease(byte[] leafBytes) {
        return Leaf.beginsWith(HEAD, leafBytes)
                && names.contains(Leaf.parse(leafBytes).type());
    }

    /** The newest one at {@code from} or after, and before {@code to}; -1 where there is none. */
    long newest(Connection connection, long from, long to) throws SQLException {
        return Sql.list(connection, OF_EDITIONS, row -> isRelease(row.getBytes(2)) ? row.getLong(1) : -1, from, to)
                .stream()
                .filter(position -> position >= 0)
                .findFirst()
                .orElse(-1L);
    }
}
