package org.pupilledger.figures;

import java.util.ArrayList;
import java.util.List;
import org.pupilledger.request.RequestCommand;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestsInMemory;

/** Officers at work on a ledger in memory: commands go in, and what was recorded comes out, in order. */
public final class Casework {
    private static final String RECORDER = "8d3f0c6e";

    private final List<RequestEvent> events = new ArrayList<>();
    private final RequestsInMemory requests =
            new RequestsInMemory(event -> events.add((RequestEvent) event.getPayload()));
    private int decisions;

    /** All that was recorded, oldest first. */
    public List<RequestEvent> events() {
        return events;
    }

    void record(RequestCommand command) {
        send(command, RECORDER);
    }

    /** By another officer each time, since nobody changes alone what they recorded. */
    void decide(RequestCommand command) {
        send(command, "approver-" + ++decisions);
    }

    private void send(RequestCommand command, String actor) {
        Throwable refusal = requests.send(command, actor);
        if (refusal != null) {
            throw new AssertionError("refused: " + command, refusal);
        }
    }
}
