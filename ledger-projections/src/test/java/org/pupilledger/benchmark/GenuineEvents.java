package org.pupilledger.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;

/** Writes rows of events in bulk, without commands, but as genuine as those that the ledger appends. */
public final class GenuineEvents implements AutoCloseable {
    private static final int BATCH = 1_000;
    private static final Instant FIRST = Instant.parse("2026-11-02T09:30:00.123Z");
    private static final EventTypes TYPES = EventTypes.current();
    private static final String INSERT = """
            insert into event (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload, metadata)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final PreparedStatement insert;
    private final Authenticity authenticity;
    private final Map<String, String> metadata = new TreeMap<>(
            Map.of("actor", new UUID(1, 1).toString(), "commandId", new UUID(2, 2).toString(), "role", "RECORDER"));
    private long count;

    public GenuineEvents(Connection connection, Authenticity authenticity) throws SQLException {
        this.insert = connection.prepareStatement(INSERT);
        this.authenticity = authenticity;
    }

    /** Adds an event of the catalogue. */
    public void add(String aggregateType, String aggregateId, long sequence, Object event) throws SQLException {
        EventTypes.EventType<?> type = Objects.requireNonNull(TYPES.typeOf(event.getClass()));
        add(aggregateType, aggregateId, sequence, type.name(), type.version(), TYPES.encode(event));
    }

    /** Adds an event of any type. */
    public void add(String aggregateType, String aggregateId, long sequence, String type, int revision, byte[] payload)
            throws SQLException {
        String eventId = UUID.randomUUID().toString();
        String recordedAt = FIRST.plusSeconds(count).toString();
        metadata.remove(Leaf.SALT);
        metadata.put(
                Leaf.SALT,
                authenticity.salt(new StoredEvent(
                        aggregateType,
                        aggregateId,
                        sequence,
                        eventId,
                        recordedAt,
                        type,
                        revision,
                        payload,
                        CanonicalWriter.bytesOf(metadata))));
        insert.setString(1, eventId);
        insert.setString(2, aggregateId);
        insert.setLong(3, sequence);
        insert.setString(4, aggregateType);
        insert.setString(5, recordedAt);
        insert.setString(6, type);
        insert.setString(7, Integer.toString(revision));
        insert.setBytes(8, payload);
        insert.setBytes(9, CanonicalWriter.bytesOf(metadata));
        insert.addBatch();
        count++;
        if (count % BATCH == 0) {
            insert.executeBatch();
        }
    }

    /** Writes what is left. */
    @Override
    public void close() throws SQLException {
        insert.executeBatch();
        insert.close();
    }
}
