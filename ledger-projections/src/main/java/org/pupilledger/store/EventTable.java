package org.pupilledger.store;

import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

/** The table of events, as Axon needs to know it. */
public final class EventTable {
    static final String NAME = "event";

    private EventTable() {}

    public static EventSchema schema() {
        return EventSchema.builder()
                .eventTable(NAME)
                .globalIndexColumn("global_index")
                .eventIdentifierColumn("event_id")
                .aggregateIdentifierColumn("aggregate_id")
                .sequenceNumberColumn("sequence")
                .typeColumn("aggregate_type")
                .timestampColumn("recorded_at")
                .payloadTypeColumn("type")
                .payloadRevisionColumn("revision")
                .payloadColumn("payload")
                .metaDataColumn("metadata")
                .build();
    }
}
