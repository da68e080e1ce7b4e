package org.pupilledger.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.TestLedger;
import org.pupilledger.rebuild.RandomHistory;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestState;
import org.pupilledger.request.Status;
import org.pupilledger.schema.EventTypes;

/** The register keeps of a request what the fold of its own events says. */
@Timeout(120)
class RegisterTest {
    private static final EventTypes TYPES = EventTypes.current();

    /** What a request is looked up by. */
    private record Kept(
            String organisation,
            String received,
            @Nullable String agreement,
            @Nullable Integer individuals,
            Status status) {
        static Kept of(RequestState state) {
            return new Kept(
                    state.ask().organisation().value(),
                    state.ask().received().toString(),
                    state.ask().agreement() == null
                            ? null
                            : state.ask().agreement().value(),
                    state.ask().submitted().individuals().orNull(),
                    state.status());
        }
    }

    @Test
    void whateverHappensToARequestItIsLookedUpAsItsOwnEventsSay() {
        try (TestLedger ledger = TestLedger.started()) {
            Random random = new Random(20_261_130);
            RandomHistory.recordIn(ledger, random);
            RandomHistory.recordIn(ledger, random);

            Map<String, Kept> folded = folded(ledger);

            assertThat(kept(ledger)).isEqualTo(folded);
            Set<Status> statuses = new HashSet<>();
            folded.values().forEach(request -> statuses.add(request.status()));
            assertThat(statuses).as("not the same over and over").hasSizeGreaterThan(5);
        }
    }

    private static Map<String, Kept> folded(TestLedger ledger) {
        Map<String, RequestState> states = new HashMap<>();
        ledger.jdbc()
                .query(
                        "select aggregate_id, sequence, type, revision, payload from event"
                                + " where aggregate_type = 'matching-request' order by aggregate_id, sequence",
                        row -> {
                            RequestEvent event = (RequestEvent) TYPES.decode(
                                    row.getString("type"), row.getInt("revision"), row.getBytes("payload"));
                            String id = row.getString("aggregate_id");
                            states.put(id, RequestState.after(states.get(id), event, row.getLong("sequence")));
                        });
        Map<String, Kept> folded = new HashMap<>();
        states.forEach((id, state) -> folded.put(id, Kept.of(state)));
        return folded;
    }

    private static Map<String, Kept> kept(TestLedger ledger) {
        Map<String, Kept> kept = new HashMap<>();
        ledger.jdbc()
                .query(
                        "select r.* from request r join projection p on p.name = 'register' and p.copy = r.copy",
                        row -> {
                            kept.put(
                                    row.getString("id"),
                                    new Kept(
                                            row.getString("organisation"),
                                            row.getString("received"),
                                            row.getString("agreement"),
                                            (Integer) row.getObject("individuals_submitted"),
                                            Status.valueOf(Objects.requireNonNull(row.getString("status")))));
                        });
        return kept;
    }
}
