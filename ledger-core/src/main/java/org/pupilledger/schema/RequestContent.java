package org.pupilledger.schema;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Item;
import org.pupilledger.request.Outcome;
import org.pupilledger.request.Reference;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestState;
import org.pupilledger.request.Stage;
import org.pupilledger.request.Submitted;

/** All that a request is recorded with, as bytes: equal for equal content, whoever records it, under which
 * id, and in whichever order references and items stand. */
public final class RequestContent {
    private static final EventTypes TYPES = EventTypes.current();

    private RequestContent() {}

    /** Canonical JSON of the events' payloads, an array. */
    public static byte[] bytesOf(RecordRequest command) {
        return bytesOf(RequestState.of(command));
    }

    /**
     * The same of a request that is recorded already.
     *
     * @param command the state after the events of the command that recorded it, and no others
     */
    public static byte[] bytesOf(RequestState command) {
        CanonicalWriter out = new CanonicalWriter().beginArray();
        var header = command.ask().header();
        write(out, new RequestEvent.Received(inOrder(command.ask())));
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
        write(
                out,
                command.disclosure() == null
                        ? null
                        : new RequestEvent.Disclosed(header, inOrder(command.disclosure())));
        return out.endArray().toByteArray();
    }

    private static Ask inOrder(Ask ask) {
        Submitted submitted = ask.submitted();
        return new Ask(
                ask.references().stream()
                        .sorted(Comparator.comparing(Reference::value))
                        .toList(),
                ask.organisation(),
                ask.received(),
                ask.purpose(),
                ask.gateway(),
                ask.lawfulBasis(),
                ask.agreement(),
                new Submitted(
                        submitted.individuals(),
                        inOrder(submitted.items()),
                        submitted.rowsReceived(),
                        submitted.duplicates(),
                        submitted.invalid()),
                inOrder(ask.requestedItems()),
                ask.historic());
    }

    private static Stage.Disclosure inOrder(Stage.Disclosure disclosure) {
        return new Stage.Disclosure(
                disclosure.on(), disclosure.answered(), disclosure.returned(), inOrder(disclosure.items()));
    }

    private static @Nullable List<Item> inOrder(@Nullable List<Item> items) {
        return items == null ? null : items.stream().sorted().toList();
    }

    private static void write(CanonicalWriter out, @Nullable RequestEvent event) {
        if (event == null) {
            out.nothing();
        } else {
            out.canonical(TYPES.encode(event));
        }
    }
}
