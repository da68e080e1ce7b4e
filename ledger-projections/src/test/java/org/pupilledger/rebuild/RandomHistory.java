package org.pupilledger.rebuild;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.pupilledger.TestLedger;
import org.pupilledger.figures.Histories;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;

/** Records random lives of requests. */
public final class RandomHistory {
    private static final EventTypes TYPES = EventTypes.current();

    private static final int HISTORIES = 5;

    private RandomHistory() {}

    /** Returns when all of it is folded in. */
    public static void recordIn(TestLedger ledger, Random random) {
        for (int history = 0; history < HISTORIES; history++) {
            Histories.random(random).forEach(life -> append(ledger, life));
        }
        ledger.sequencer().wake();
        ledger.awaitFolded();
    }

    private static void append(TestLedger ledger, List<RequestEvent> life) {
        String id = UUID.randomUUID().toString();
        long sequence = 0;
        for (RequestEvent event : life) {
            String type = Objects.requireNonNull(TYPES.typeOf(event.getClass())).name();
            ledger.append(MatchingRequest.TYPE, id, sequence++, "2026-06-01T09:00:00Z", type, TYPES.encode(event));
        }
    }
}
