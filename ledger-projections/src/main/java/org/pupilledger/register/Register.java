package org.pupilledger.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestState;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Looks requests and organisations up, as far as they are in the ledger. */
public final class Register {
    private static final String EVENTS = """
            select e.aggregate_id, l.position, l.leaf_bytes
            from event e join ledger_entry l on l.global_index = e.global_index
            where e.aggregate_id = any(?::text[]) and e.aggregate_type = 'matching-request'
              and l.position <= (select position from projection where name = 'register') and l.position < ?
            order by e.aggregate_id, e.sequence
            """;

    private static final String ORGANISATIONS = """
            select l.leaf_bytes
            from event e join ledger_entry l on l.global_index = e.global_index
            where e.aggregate_type = 'organisation'
              and l.position <= least(?, (select position from projection where name = 'register'))
            order by l.position
            """;

    /** In the statement that looks for rows, so that it finds those of one copy, whichever serves by then. */
    private static final String SERVING = "copy = (select copy from projection where name = 'register')";

    private final JdbcTemplate jdbc;
    private final LongSupplier sealedSize;
    private final EventTypes types = EventTypes.current();

    /** @param sealedSize how many entries are sealed, whatever the projection says */
    public Register(JdbcTemplate jdbc, LongSupplier sealedSize) {
        this.jdbc = jdbc;
        this.sealedSize = sealedSize;
    }

    /**
     * A request as it is registered.
     *
     * @param sequence 0-based sequence of its newest event
     * @param position of its newest event
     */
    public record Registered(String id, RequestState state, long sequence, long position) {}

    /** @param sequence 0-based sequence of its newest event */
    public record RegisteredOrganisation(OrganisationCode code, OrganisationProfile profile, long sequence) {}

    /** @param next where the next page starts, null where there is none */
    public record Page<T>(List<T> items, @Nullable String next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    public Optional<Registered> request(String id) {
        return Optional.ofNullable(requests(List.of(id)).get(id));
    }

    /**
     * Requests in the order in which they were recorded.
     *
     * @param after the position of the first entry of the last request of the page before; -1 for the first page
     */
    public Page<Registered> requests(RequestFilter filter, int limit, long after) {
        List<Object> values = new ArrayList<>(List.of(after));
        String sql = "select r.id, r.first_position from request r where r." + SERVING + " and r.first_position > ?"
                + filter.conditions(SERVING, values)
                + " order by r.first_position limit ?";
        values.add(limit + 1);
        Map<String, Long> found = new LinkedHashMap<>();
        jdbc.query(sql, (RowCallbackHandler) row -> found.put(row.getString(1), row.getLong(2)), values.toArray());
        List<String> ids = found.keySet().stream().limit(limit).toList();
        Map<String, Registered> states = requests(ids);
        String next = found.size() > limit ? Long.toString(found.getOrDefault(ids.getLast(), after)) : null;
        return new Page<>(ids.stream().map(id -> present(states.get(id))).toList(), next);
    }

    private static <T> T present(@Nullable T registered) {
        if (registered == null) {
            throw new IllegalStateException("a registered request without entries");
        }
        return registered;
    }

    /** Each request is what its entries say, folded; the register only says which. */
    private Map<String, Registered> requests(List<String> ids) {
        Map<String, Registered> requests = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return requests;
        }
        jdbc.query(
                EVENTS,
                (RowCallbackHandler) row -> {
                    String id = row.getString(1);
                    Leaf leaf = Leaf.parse(row.getBytes(3));
                    Registered before = requests.get(id);
                    RequestState state = RequestState.after(
                            before == null ? null : before.state(), (RequestEvent) leaf.event(types), leaf.sequence());
                    requests.put(id, new Registered(id, state, leaf.sequence(), row.getLong(2)));
                },
                ids.toArray(new String[0]),
                sealedSize.getAsLong());
        return requests;
    }

    public Optional<RegisteredOrganisation> organisation(OrganisationCode code) {
        return jdbc
                .query(
                        "select * from organisation where " + SERVING + " and code = ?",
                        (row, number) -> organisation(row),
                        code.value())
                .stream()
                .findFirst();
    }

    /**
     * Organisations by code.
     *
     * @param after the code of the last of the page before; empty for the first page
     */
    public Page<RegisteredOrganisation> organisations(int limit, String after) {
        List<RegisteredOrganisation> found = jdbc.query(
                "select * from organisation where " + SERVING + " and code > ? order by code limit ?",
                (row, number) -> organisation(row),
                after,
                limit + 1);
        List<RegisteredOrganisation> items = found.stream().limit(limit).toList();
        return new Page<>(items, found.size() > limit ? items.getLast().code().value() : null);
    }

    /** All organisations by code. */
    public Map<OrganisationCode, OrganisationProfile> profiles() {
        Map<OrganisationCode, OrganisationProfile> profiles = new LinkedHashMap<>();
        jdbc.query("select * from organisation where " + SERVING + " order by code", (RowCallbackHandler) row -> {
            RegisteredOrganisation found = organisation(row);
            profiles.put(found.code(), found.profile());
        });
        return profiles;
    }

    /**
     * All organisations by code, as they were known at a position.
     *
     * @param position newest entry that counts, as far as the register has come
     */
    public Map<OrganisationCode, OrganisationProfile> profiles(long position) {
        Map<OrganisationCode, OrganisationProfile> profiles = new TreeMap<>();
        jdbc.query(
                ORGANISATIONS,
                (RowCallbackHandler) row -> {
                    OrganisationEvent event =
                            (OrganisationEvent) Leaf.parse(row.getBytes(1)).event(types);
                    profiles.put(event.code(), event.standing());
                },
                Math.min(position, sealedSize.getAsLong() - 1));
        return profiles;
    }

    private static RegisteredOrganisation organisation(ResultSet row) throws SQLException {
        String parent = row.getString("parent");
        return new RegisteredOrganisation(
                new OrganisationCode(row.getString("code")),
                new OrganisationProfile(
                        row.getString("name"),
                        Category.valueOf(row.getString("category")),
                        parent == null ? null : new OrganisationCode(parent)),
                row.getLong("sequence"));
    }

    /** The position of one event of one thing; -1 while it is not sequenced or not registered. */
    public long positionOf(String aggregateId, long sequence) {
        List<Long> positions = jdbc.query("""
                select l.position from event e join ledger_entry l on l.global_index = e.global_index
                where e.aggregate_id = ? and e.sequence = ?
                """, (row, number) -> row.getLong(1), aggregateId, sequence);
        return positions.isEmpty() ? -1 : positions.getFirst();
    }
}
