package org.pupilledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.statements.AppendEventsStatementBuilder;
import org.axonframework.eventsourcing.eventstore.jdbc.statements.TimestampWriter;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;

/**
 * The insertion of events, each with the salt that makes it genuine. The salt depends on all that is stored, so it is made
 * here, of the very values that go into the row, and not of a message that somebody may still add to.
 */
final class Append implements AppendEventsStatementBuilder {
    private final Authenticity authenticity;

    Append(Authenticity authenticity) {
        this.authenticity = authenticity;
    }

    @Override
    public PreparedStatement build(
            Connection connection,
            EventSchema schema,
            Class<?> dataType,
            List<? extends EventMessage<?>> events,
            Serializer serializer,
            TimestampWriter timestampWriter)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement("insert into " + schema.domainEventTable() + " ("
                + schema.domainEventFields() + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (EventMessage<?> message : events) {
            if (!(message instanceof DomainEventMessage<?> event)) {
                throw new IllegalArgumentException("an event of no aggregate");
            }
            add(statement, event, serializer);
        }
        return statement;
    }

    private void add(PreparedStatement statement, DomainEventMessage<?> event, Serializer serializer)
            throws SQLException {
        SerializedObject<byte[]> payload = serializer.serialize(event.getPayload(), byte[].class);
        StoredEvent unsalted = new StoredEvent(
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                event.getIdentifier(),
                DateTimeUtils.formatInstant(event.getTimestamp()),
                payload.getType().getName(),
                Integer.parseInt(payload.getType().getRevision()),
                payload.getData(),
                bytes(event.getMetaData(), serializer));
        MetaData salted = event.getMetaData().and(Leaf.SALT, authenticity.salt(unsalted));
        statement.setString(1, unsalted.eventId());
        statement.setString(2, unsalted.aggregateId());
        statement.setLong(3, unsalted.sequence());
        statement.setString(4, unsalted.aggregateType());
        statement.setString(5, unsalted.recordedAt());
        statement.setString(6, unsalted.type());
        statement.setString(7, Integer.toString(unsalted.revision()));
        statement.setBytes(8, unsalted.payload());
        statement.setBytes(9, bytes(salted, serializer));
        statement.addBatch();
    }

    private static byte[] bytes(MetaData metadata, Serializer serializer) {
        return serializer.serialize(metadata, byte[].class).getData();
    }
}
