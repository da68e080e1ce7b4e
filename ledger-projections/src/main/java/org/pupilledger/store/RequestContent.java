package org.pupilledger.store;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.request.Ask;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.request.RequestState;
import org.pupilledger.request.Stage;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.Submitted;

/** All that a request is recorded with, as bytes: equal for equal content, whoever records it, under which
 * id, and in whichever order references and items stand. */
final class RequestContent {
    private static final EventTypes TYPES = EventTypes.current();

    private RequestContent() {}

    /**
     * Canonical JSON of the events' payloads, an array.
     *
     * @param command the request as a command would record it, or after the events of the command that recorded it, and
     *                no others
     */
    static byte[] bytesOf(RequestState command) {
        Ask ask = inOrder(command.ask());
        RequestHeader header = ask.header();
        Individuals individuals = ask.submitted().individuals();
        CanonicalWriter out = new CanonicalWriter().beginArray();
        write(out, ask, RequestEvent.Received::new);
        write(out, command.decision(), decision -> new RequestEvent.Decided(header, Outcome.OPEN, decision));
        write(out, command.withdrawal(), last -> new RequestEvent.Withdrawn(header, Outcome.OPEN, last));
        write(out, command.match(), match -> new RequestEvent.Matched(header, Outcome.OPEN, individuals, match));
        write(out, command.disclosure(), told -> new RequestEvent.Disclosed(header, inOrder(told)));
        return out.endArray().toByteArray();
    }

    private static Ask inOrder(Ask ask) {
        Submitted submitted = ask.submitted();
        return new Ask(
                ask.references().stream()
                        .sorted(Comparator.comparing(Reference::value))
                        .toList(),
                ask.organisation(),
                ask.unit(),
                ask.received(),
                ask.purposes().stream().sorted().toList(),
                ask.gateway(),
                ask.lawfulBasis(),
                ask.agreement(),
                ask.recipient(),
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
                disclosure.on(),
                disclosure.answered(),
                disclosure.returned(),
                inOrder(disclosure.items()),
                disclosure.returns(),
                disclosure.references(),
                disclosure.nil());
    }

    private static @Nullable List<Item> inOrder(@Nullable List<Item> items) {
        return items == null ? null : items.stream().sorted().toList();
    }

    private static <P> void write(CanonicalWriter out, @Nullable P part, Function<P, RequestEvent> event) {
        if (part == null) {
            out.nothing();
        } else {
            out.canonical(TYPES.encode(event.apply(part)));
        }
    }
}
