package org.pupilledger.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.TestLedger;
import org.pupilledger.codes.Awaiting;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.Status;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.rebuild.RandomHistory;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestState;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.values.BusinessDate;

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
            List<String> purposes,
            @Nullable String gateway,
            boolean isHistoric,
            boolean isDestroyed,
            Status status) {
        static Kept of(RequestState state) {
            return new Kept(
                    state.ask().organisation().value(),
                    state.ask().received().toString(),
                    state.ask().agreement() == null
                            ? null
                            : state.ask().agreement().value(),
                    state.ask().submitted().individuals().orNull(),
                    state.ask().purposes().stream().map(Purpose::code).toList(),
                    state.ask().gateway() == null ? null : state.ask().gateway().code(),
                    state.isHistoric(),
                    state.destruction() != null,
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

    @Test
    void aFilterFindsWhatItsWordsSayAndNothingElse() {
        try (TestLedger ledger = TestLedger.started()) {
            Random random = new Random(20_261_130);
            RandomHistory.recordIn(ledger, random);
            RandomHistory.recordIn(ledger, random);
            Register register = new Register(ledger.jdbc(), () -> Long.MAX_VALUE);
            Map<String, RequestState> states = states(ledger);

            Set<String> awaited = new HashSet<>();
            for (Awaiting awaiting : Awaiting.values()) {
                Set<String> found =
                        found(register, new Asked().awaiting(awaiting).filter());
                assertThat(found).as(awaiting.name()).isEqualTo(ids(states, state -> isAwaited(awaiting, state)));
                awaited.addAll(found);
            }
            assertThat(awaited).isNotEmpty().hasSizeLessThan(states.size());
            for (RequestState one : states.values()) {
                BusinessDate received = one.ask().received();
                for (LocalDate day : List.of(
                        received.earliest(),
                        received.latest(),
                        received.latest().plusDays(1))) {
                    assertThat(found(register, new Asked().receivedBefore(day).filter()))
                            .isEqualTo(ids(
                                    states,
                                    state -> state.ask().received().latest().isBefore(day)));
                }
                Period quarter = Period.of(By.QUARTER, received.month());
                assertThat(found(register, new Asked().period(quarter).filter()))
                        .isEqualTo(ids(
                                states,
                                state -> quarter.contains(state.ask().received().month())));
                for (Purpose purpose : one.ask().purposes()) {
                    assertThat(found(register, new Asked().purpose(purpose).filter()))
                            .isEqualTo(
                                    ids(states, state -> state.ask().purposes().contains(purpose)));
                }
                Gateway gateway = one.ask().gateway();
                if (gateway != null) {
                    assertThat(found(register, new Asked().gateway(gateway).filter()))
                            .isEqualTo(ids(states, state -> state.ask().gateway() == gateway));
                }
            }
        }
    }

    /** What one filter asks for; any other member is left open. */
    private static final class Asked {
        private @Nullable Period period;
        private @Nullable LocalDate receivedBefore;
        private @Nullable Purpose purpose;
        private @Nullable Gateway gateway;
        private @Nullable Awaiting awaiting;

        Asked period(Period wanted) {
            period = wanted;
            return this;
        }

        Asked receivedBefore(LocalDate wanted) {
            receivedBefore = wanted;
            return this;
        }

        Asked purpose(Purpose wanted) {
            purpose = wanted;
            return this;
        }

        Asked gateway(Gateway wanted) {
            gateway = wanted;
            return this;
        }

        Asked awaiting(Awaiting wanted) {
            awaiting = wanted;
            return this;
        }

        RequestFilter filter() {
            return new RequestFilter(null, null, null, period, receivedBefore, purpose, gateway, null, awaiting, null);
        }
    }

    private static boolean isAwaited(Awaiting awaiting, RequestState state) {
        boolean isOver = state.isHistoric() || state.annulment() != null || state.withdrawal() != null;
        return !isOver
                && switch (awaiting) {
                    case DECISION -> state.decision() == null;
                    case MATCH -> state.outcome() == Outcome.APPROVED && state.match() == null;
                    case DISCLOSURE -> state.match() != null && state.disclosure() == null;
                    case DESTRUCTION -> state.disclosure() != null && state.destruction() == null;
                };
    }

    private static Set<String> found(Register register, RequestFilter filter) {
        return register.requests(filter, Integer.MAX_VALUE - 1, -1).items().stream()
                .map(Register.Registered::id)
                .collect(Collectors.toSet());
    }

    private static Set<String> ids(Map<String, RequestState> states, Predicate<RequestState> isWanted) {
        return states.entrySet().stream()
                .filter(state -> isWanted.test(state.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Map<String, Kept> folded(TestLedger ledger) {
        Map<String, Kept> folded = new HashMap<>();
        states(ledger).forEach((id, state) -> folded.put(id, Kept.of(state)));
        return folded;
    }

    private static Map<String, RequestState> states(TestLedger ledger) {
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
        return states;
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
                                            List.of((String[])
                                                    row.getArray("purposes").getArray()),
                                            row.getString("gateway"),
                                            row.getBoolean("is_historic"),
                                            row.getBoolean("is_destroyed"),
                                            Status.valueOf(Objects.requireNonNull(row.getString("status")))));
                        });
        return kept;
    }
}
