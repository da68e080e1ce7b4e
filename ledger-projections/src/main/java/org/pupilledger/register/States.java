package org.pupilledger.register;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Agreement;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestState;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.tlog.Patience;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Looks up what is seldom recorded, by folding the entries of each: agreements, editions, statements.
 *
 * @param <E> its events
 * @param <S> its state
 */
public final class States<E, S> implements KnownStates<S> {
    private static final String FROM = """
             from registered r join event e on e.aggregate_id = r.id
                join ledger_entry l on l.global_index = e.global_index
            where r.copy = (select copy from projection where name = 'register')
                and r.type = ? and l.position <= least(?, (select position from projection where name = 'register'))
            """;
    private static final String ENTRIES = "select r.id, l.position, l.leaf_bytes" + FROM;
    private static final String COUNT = "select count(*)" + FROM;
    private static final String COMMITTED =
            "select type, revision, payload from event where aggregate_id = ? and aggregate_type = ? order by sequence";

    private static final String REGISTERED = "select position from projection where name = 'register'";
    private static final Duration AT_MOST = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(5);

    private final JdbcTemplate jdbc;
    private final LongSupplier sealedSize;
    private final String type;
    private final Class<E> events;
    private final Step<E, S> step;
    private final EventTypes types = EventTypes.current();

    /** What one more event makes of a state. */
    @FunctionalInterface
    public interface Step<E, S> {
        /**
         * @param before   null before the first event
         * @param sequence 0-based place of {@code event} among the events of the thing
         */
        S after(@Nullable S before, E event, long sequence);
    }

    /**
     * Believes the register, where it says how far it is sealed.
     *
     * @param type of the aggregate, as entries name it
     */
    public States(JdbcTemplate jdbc, String type, Class<E> events, Step<E, S> step) {
        this(jdbc, () -> Long.MAX_VALUE, type, events, step);
    }

    /**
     * @param sealedSize how many entries are sealed, whatever the register says
     * @param type       of the aggregate, as entries name it
     */
    public States(JdbcTemplate jdbc, LongSupplier sealedSize, String type, Class<E> events, Step<E, S> step) {
        this.jdbc = jdbc;
        this.sealedSize = sealedSize;
        this.type = type;
        this.events = events;
        this.step = step;
    }

    /**
     * All agreements.
     *
     * @param sealedSize how many entries are sealed, whatever the register says
     */
    public static States<AgreementEvent, AgreementState> ofAgreements(JdbcTemplate jdbc, LongSupplier sealedSize) {
        return new States<>(jdbc, sealedSize, Agreement.TYPE, AgreementEvent.class, AgreementState::after);
    }

    /** All requests as they were first told, whatever was corrected since. */
    public static States<RequestEvent, RequestState> ofRequestsAsTold(JdbcTemplate jdbc) {
        return new States<>(
                jdbc,
                MatchingRequest.TYPE,
                RequestEvent.class,
                (before, event, sequence) -> before != null && event instanceof RequestEvent.Corrected
                        ? before
                        : RequestState.after(before, event, sequence));
    }

    public Optional<State<S>> find(String id) {
        return query(ENTRIES + " and r.id = ? order by e.sequence", type, newest(), id).stream()
                .findFirst();
    }

    @Override
    public List<State<S>> all() {
        return at(newest());
    }

    /** {@inheritDoc} As far as the register has come. */
    @Override
    public List<State<S>> at(long position) {
        return query(ENTRIES + " order by r.first_position, e.sequence", type, Math.min(position, newest()));
    }

    private long newest() {
        return sealedSize.getAsLong() - 1;
    }

    /**
     * Waits until the register has come to a position.
     *
     * @throws IllegalStateException it did not, within 5 s
     */
    @Override
    public void await(long position) {
        if (!Patience.until(AT_MOST, STEP, () -> registered() >= position)) {
            throw new IllegalStateException("the register does not come to position " + position);
        }
    }

    private long registered() {
        Long position = jdbc.queryForObject(REGISTERED, Long.class);
        return position == null ? -1 : position;
    }

    /** {@inheritDoc} As far as the register has come. */
    @Override
    public long entries() {
        return Objects.requireNonNull(jdbc.queryForObject(COUNT, Long.class, type, Long.MAX_VALUE));
    }

    /** What is committed, whether registered already or not; for rules, which must not look at what is out of date. */
    public Optional<S> committed(String id) {
        S state = null;
        long sequence = 0;
        for (Object event : jdbc.query(
                COMMITTED,
                (row, number) -> types.decode(row.getString(1), Integer.parseInt(row.getString(2)), row.getBytes(3)),
                id,
                type)) {
            state = step.after(state, events.cast(event), sequence++);
        }
        return Optional.ofNullable(state);
    }

    private List<State<S>> query(String sql, Object... values) {
        Map<String, State<S>> found = new LinkedHashMap<>();
        jdbc.query(
                sql,
                (RowCallbackHandler) row -> {
                    String id = row.getString(1);
                    Leaf leaf = Leaf.parse(row.getBytes(3));
                    State<S> before = found.get(id);
                    List<Stamp> stamps = new ArrayList<>(before == null ? List.of() : before.stamps());
                    stamps.add(new Stamp(row.getLong(2), leaf.recordedAt()));
                    S state = step.after(
                            before == null ? null : before.state(), events.cast(leaf.event(types)), leaf.sequence());
                    found.put(id, new State<>(id, state, stamps));
                },
                values);
        return List.copyOf(found.values());
    }
}
