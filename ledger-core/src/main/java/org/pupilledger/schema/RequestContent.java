package org.pupilledger.schema;

import org.jspecify.annotations.Nullable;
import org.pupilledger.request.Outcome;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestEvent;

/** All that a request is recorded with, as bytes: equal for equal content, whoever records it and under which id. */
public final class RequestContent {
    private static final EventTypes TYPES = EventTypes.current();

    private RequestContent() {}

    /** Canonical JSON of the events' payloads, an array. */
    public static byte[] bytesOf(RecordRequest command) {
        CanonicalWriter out = new CanonicalWriter().beginArray();
        var header = command.ask().header();
        write(out, new RequestEvent.Received(command.ask()));
        write(out, command.decision() == null ? null : new RequestEvent.Decided(header, command.decision()));
        write(
                out,
                command.withdrawal() == null
                        ? null
                        : new RequestEvent.Withdrawn(header, Outcome.OPEN, command.withdrawal()));
        write(
                out,
                command.match() == null
                        ? null
                        : new RequestEvent.Matched(
                                header, Outcome.OPEN, command.ask().submitted().individuals(), command.match()));
        write(out, command.disclosure() == null ? null : new RequestEvent.Disclosed(header, command.disclosure()));
        return out.endArray().toByteArray();
    }

    private static void write(CanonicalWriter out, @Nullable RequestEvent event) {
        if (event == null) {
            out.nothing();
        } else {
            out.canonical(TYPES.encode(event));
        }
    }
}
