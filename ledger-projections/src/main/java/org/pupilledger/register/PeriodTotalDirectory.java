package org.pupilledger.register;

import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Organisations;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.PeriodTotals;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.request.RequestState;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.spans.CountedElsewhere;
import org.pupilledger.spans.PeriodTotal;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.spans.SpanHeader;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * What is counted for an organisation in which months, so that a month is counted by single requests or by one total, and
 * never by both. A total counts what is below its organisation too, as rolled-up figures do. It reads committed events. Who
 * records a single request shares a lock of its organisation and of each above until the request is committed, and who
 * records a total has that of its organisation alone, so that neither misses what the other is about to record.
 */
public final class PeriodTotalDirectory implements PeriodTotals, CountedElsewhere {
    /** Tells the locks of organisations from any others; the digits mean nothing. */
    private static final int LOCKS = 731_094_522;

    private static final String SHARED = "select pg_advisory_xact_lock_shared(" + LOCKS + ", hashtext(?))";
    private static final String ALONE = "select pg_advisory_xact_lock(" + LOCKS + ", hashtext(?))";

    private static final String COUNT = "select count(*) from event where aggregate_type = '" + PeriodTotal.TYPE + "'";
    private static final String EVENTS =
            "select aggregate_id, type, revision, payload from event where aggregate_type = '" + PeriodTotal.TYPE
                    + "' order by aggregate_id, sequence";

    /** Requests of which something was recorded that the register does not know yet. */
    private static final String UNREGISTERED = """
            with searched as (
                select s.snapshot from sequencer s, pg_control_system() c
                where s.cluster = c.system_identifier
                  and pg_snapshot_xmax(s.snapshot) <= pg_snapshot_xmax(pg_current_snapshot()))
            select e.aggregate_id from event e
            where (e.xid >= coalesce((select pg_snapshot_xmax(snapshot) from searched), '0'::xid8)
                    or e.xid = any(array(select pg_snapshot_xip(snapshot) from searched)))
              and e.aggregate_type = 'matching-request'
              and not exists (select from ledger_entry l where l.global_index = e.global_index)
            union
            select e.aggregate_id from ledger_entry l join event e on e.global_index = l.global_index
            where l.position > (select position from projection where name = 'register')
              and e.aggregate_type = 'matching-request'
            """;

    private static final String REGISTERED = """
            select distinct organisation from request
            where copy = (select copy from projection where name = 'register')
              and received_month between ? and ? and status <> 'ANNULLED' and id <> all (?)
            """;

    private final JdbcTemplate jdbc;
    private final Organisations organisations;
    private final States<RequestEvent, RequestState> requests;
    private final EventTypes types = EventTypes.current();
    private volatile Known known = new Known(0, Map.of());

    public PeriodTotalDirectory(JdbcTemplate jdbc, Organisations organisations) {
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.requests = new States<>(jdbc, MatchingRequest.TYPE, RequestEvent.class, RequestState::after);
    }

    /**
     * The totals that stood when there were so many events of totals.
     *
     * @param standing those that are not annulled, by id, as they were first recorded
     */
    private record Known(long events, Map<String, PeriodTotalEvent.Recorded> standing) {}

    /** The id of the total that stands and was first recorded like this. */
    public Optional<String> recordedAs(PeriodTotalEvent.Recorded total) {
        return standing().entrySet().stream()
                .filter(standing -> standing.getValue().equals(total))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public boolean cover(OrganisationCode organisation, YearMonth month) {
        Set<OrganisationCode> chain = organisations.chain(organisation);
        chain.forEach(one -> lock(SHARED, one));
        return headers()
                .anyMatch(total ->
                        chain.contains(total.organisation()) && total.period().contains(month));
    }

    @Override
    public boolean isIn(SpanHeader span) {
        Set<OrganisationCode> chain = organisations.chain(span.organisation());
        chain.forEach(one -> lock(one.equals(span.organisation()) ? ALONE : SHARED, one));
        return headers()
                        .anyMatch(total -> total.period().overlaps(span.period())
                                && (chain.contains(total.organisation())
                                        || isWithin(total.organisation(), span.organisation())))
                || isRequestIn(span);
    }

    private boolean isWithin(OrganisationCode organisation, OrganisationCode other) {
        return organisations.chain(organisation).contains(other);
    }

    private void lock(String lock, OrganisationCode organisation) {
        jdbc.query(lock, (RowCallbackHandler) row -> {}, organisation.value());
    }

    private boolean isRequestIn(SpanHeader span) {
        List<String> unregistered = jdbc.query(UNREGISTERED, (row, number) -> row.getString(1));
        List<String> registered = jdbc.query(
                REGISTERED,
                (row, number) -> row.getString(1),
                span.period().from().toString(),
                span.period().to().toString(),
                unregistered.toArray(new String[0]));
        return registered.stream().anyMatch(code -> isWithin(new OrganisationCode(code), span.organisation()))
                || unregistered.stream()
                        .flatMap(id -> requests.committed(id).stream())
                        .anyMatch(request -> request.annulment() == null
                                && isIn(span, request.ask().header()));
    }

    private boolean isIn(SpanHeader span, RequestHeader request) {
        return span.period().contains(request.received()) && isWithin(request.organisation(), span.organisation());
    }

    /** Events are only ever added, so that as many as before are the same ones. */
    private Map<String, PeriodTotalEvent.Recorded> standing() {
        long events = Objects.requireNonNull(jdbc.queryForObject(COUNT, Long.class));
        Known newest = known;
        if (newest.events() != events) {
            newest = new Known(events, read());
            known = newest;
        }
        return newest.standing();
    }

    private Stream<SpanHeader> headers() {
        return standing().values().stream().map(PeriodTotalEvent.Recorded::header);
    }

    private Map<String, PeriodTotalEvent.Recorded> read() {
        Map<String, PeriodTotalEvent.Recorded> standing = new LinkedHashMap<>();
        jdbc.query(EVENTS, row -> {
            PeriodTotalEvent event = (PeriodTotalEvent)
                    types.decode(row.getString(2), Integer.parseInt(row.getString(3)), row.getBytes(4));
            switch (event) {
                case PeriodTotalEvent.Recorded recorded -> standing.put(row.getString(1), recorded);
                case PeriodTotalEvent.Corrected corrected -> {
                    // as standing as before
                }
                case PeriodTotalEvent.Annulled annulled -> standing.remove(row.getString(1));
            }
        });
        return Map.copyOf(standing);
    }
}
