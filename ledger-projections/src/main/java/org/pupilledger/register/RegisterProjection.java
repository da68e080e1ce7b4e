package org.pupilledger.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Agreement;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.codes.Outcome;
import org.pupilledger.entries.Entry;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.Status;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.statement.Statement;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.tlog.Copy;
import org.pupilledger.tlog.NotStored;
import org.pupilledger.tlog.ProjectedTable;
import org.pupilledger.tlog.Projection;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps what requests and organisations are looked up by. The rest of a request is read from its own entries. */
public final class RegisterProjection implements Projection {
    public static final String NAME = "register";

    /**
     * Raise it whenever what is stored changes its meaning. Version 1 forgot how many people a request submitted when a
     * later event of it came in.
     */
    public static final int VERSION = 2;

    private static final Kept KEPT = new Kept(
            NAME,
            VERSION,
            List.of(
                    ProjectedTable.of("organisation", "code"),
                    ProjectedTable.of("request", "id"),
                    ProjectedTable.of("request_reference", "reference", "request"),
                    ProjectedTable.of("registered", "id")));

    private static final String PUT_ORGANISATION = """
            insert into organisation (copy, code, name, category, parent, sequence, position)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (copy, code) do update set name = excluded.name, category = excluded.category,
                parent = excluded.parent, sequence = excluded.sequence, position = excluded.position
            """;
    private static final String LOAD = """
            select id, organisation, received, agreement, individuals_submitted, status, first_position
            from request where copy = ? and id = any(?::text[])
            """;
    private static final String PUT_REQUEST = """
            insert into request
                (copy, id, organisation, received, received_month, agreement, individuals_submitted, status, sequence,
                 first_position, position)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (copy, id) do update set organisation = excluded.organisation, received = excluded.received,
                received_month = excluded.received_month, agreement = excluded.agreement,
                individuals_submitted = excluded.individuals_submitted, status = excluded.status,
                sequence = excluded.sequence, position = excluded.position
            """;
    private static final String PUT_REFERENCE =
            "insert into request_reference (copy, reference, request) values (?, ?, ?) on conflict do nothing";
    private static final String REGISTER =
            "insert into registered (copy, id, type, first_position) values (?, ?, ?, ?) on conflict do nothing";
    private static final int MONTH_LENGTH = "2018-04".length();

    private final JdbcTemplate jdbc;
    private final EventTypes types = EventTypes.current();

    public RegisterProjection(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Kept kept() {
        return KEPT;
    }

    @Override
    public void fold(Copy copy, List<Entry> entries) {
        Fold fold = new Fold(copy);
        Set<String> older = new HashSet<>();
        List<Object> events = new ArrayList<>();
        for (Entry entry : entries) {
            Object event = entry.leaf().event(types);
            events.add(event);
            if (event instanceof RequestEvent && !(event instanceof RequestEvent.Received)) {
                older.add(entry.leaf().aggregateId());
            }
        }
        if (!older.isEmpty()) {
            jdbc.query(
                    LOAD,
                    row -> {
                        fold.requests.put(row.getString("id"), Row.of(row));
                    },
                    copy.number(),
                    older.toArray(new String[0]));
        }
        for (int i = 0; i < events.size(); i++) {
            fold.add(events.get(i), entries.get(i));
        }
        fold.store();
    }

    /**
     * A request as it is looked up.
     *
     * @param agreement            null where it names none
     * @param individualsSubmitted null where that is not stated
     */
    private record Row(
            String organisation,
            String received,
            @Nullable String agreement,
            @Nullable Integer individualsSubmitted,
            Status status,
            long sequence,
            long firstPosition,
            long position) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("organisation"),
                    row.getString("received"),
                    row.getString("agreement"),
                    row.getObject("individuals_submitted", Integer.class),
                    Status.valueOf(row.getString("status")),
                    0,
                    row.getLong("first_position"),
                    0);
        }

        static Row of(Ask ask, Entry entry) {
            return new Row(
                    ask.organisation().value(),
                    ask.received().toString(),
                    ask.agreement() == null ? null : ask.agreement().value(),
                    ask.submitted().individuals().orNull(),
                    Status.RECEIVED,
                    entry.leaf().sequence(),
                    entry.position(),
                    entry.position());
        }

        Row after(RequestEvent event, Entry entry) {
            Row next = new Row(
                    organisation,
                    received,
                    agreement,
                    individualsSubmitted,
                    status,
                    entry.leaf().sequence(),
                    firstPosition,
                    entry.position());
            return switch (event) {
                case RequestEvent.Received(var ask) -> of(ask, entry);
                case RequestEvent.OverrideRecorded override -> next;
                case RequestEvent.Decided(var header, var decision) ->
                    next.with(decision.outcome() == Outcome.APPROVED ? Status.APPROVED : Status.REFUSED);
                case RequestEvent.Withdrawn withdrawn -> next.with(Status.WITHDRAWN);
                case RequestEvent.Matched matched -> next.with(Status.MATCHED);
                case RequestEvent.Disclosed disclosed -> next.with(Status.ANSWERED);
                case RequestEvent.Destroyed destroyed -> next;
                case RequestEvent.Closed closed -> next.with(Status.CLOSED);
                case RequestEvent.Corrected corrected ->
                    corrected.changes().stream().reduce(next, Row::corrected, (one, other) -> other);
                case RequestEvent.Annulled annulled -> next.with(Status.ANNULLED);
            };
        }

        private Row with(Status now) {
            return new Row(
                    organisation, received, agreement, individualsSubmitted, now, sequence, firstPosition, position);
        }

        private Row with(
                String organisationNow,
                String receivedNow,
                @Nullable String agreementNow,
                @Nullable Integer individualsNow) {
            return new Row(
                    organisationNow,
                    receivedNow,
                    agreementNow,
                    individualsNow,
                    status,
                    sequence,
                    firstPosition,
                    position);
        }

        private Row corrected(Change change) {
            String now = String.valueOf(change.now());
            return switch (change.field()) {
                case ORGANISATION -> with(now, received, agreement, individualsSubmitted);
                case RECEIVED -> with(organisation, now, agreement, individualsSubmitted);
                case AGREEMENT -> with(organisation, received, change.now() == null ? null : now, individualsSubmitted);
                case SUBMITTED_INDIVIDUALS ->
                    with(organisation, received, agreement, change.now() == null ? null : Integer.valueOf(now));
                case DECISION_OUTCOME -> with(decided(now));
                default -> this;
            };
        }

        /** Only of a request that has not gone further. */
        private Status decided(String outcome) {
            boolean isLatest = status == Status.APPROVED || status == Status.REFUSED;
            return isLatest ? Status.valueOf(outcome) : status;
        }
    }

    private final class Fold {
        private final int copy;
        private final Map<String, Row> requests = new LinkedHashMap<>();
        private final Set<String> changed = new HashSet<>();
        private final Map<String, List<String>> references = new LinkedHashMap<>();
        private final Set<String> corrected = new HashSet<>();

        Fold(Copy copy) {
            this.copy = copy.number();
        }

        void add(Object event, Entry entry) {
            String id = entry.leaf().aggregateId();
            switch (event) {
                case RequestEvent request -> add(id, request, entry);
                case AgreementEvent agreement -> register(Agreement.TYPE, entry);
                case OrganisationEvent.Registered registered -> put(registered.code(), registered.profile(), entry);
                case OrganisationEvent.Changed changedOne -> put(changedOne.code(), changedOne.now(), entry);
                case OrganisationEvent.ChangeProposed change -> put(change.code(), change.was(), entry);
                case StatementEvent statement -> register(Statement.TYPE, entry);
                case LedgerEvent ledger -> {
                    // nothing to look up
                }
                case EditionEvent edition -> register(Edition.TYPE, entry);
                default -> throw new IllegalStateException("an event that the register does not know");
            }
        }

        private void add(String id, RequestEvent event, Entry entry) {
            Row before = requests.get(id);
            if (event instanceof RequestEvent.Received(var ask)) {
                requests.put(id, Row.of(ask, entry));
                references.put(
                        id, ask.references().stream().map(Object::toString).toList());
            } else if (before == null) {
                throw new IllegalStateException("an event of a request that was never received");
            } else {
                requests.put(id, before.after(event, entry));
            }
            changed.add(id);
            if (event instanceof RequestEvent.Corrected correction) {
                correction.changes().stream()
                        .filter(change -> change.field() == Field.REFERENCES)
                        .forEach(change -> {
                            corrected.add(id);
                            references.put(id, texts(change.now()));
                        });
            }
        }

        private static List<String> texts(@Nullable Object list) {
            return list instanceof List<?> texts
                    ? texts.stream().map(String::valueOf).toList()
                    : List.of();
        }

        /** What is looked up by folding its entries; see {@link States}. */
        private void register(String type, Entry entry) {
            if (entry.leaf().sequence() == 0) {
                jdbc.update(REGISTER, copy, entry.leaf().aggregateId(), type, entry.position());
            }
        }

        private void put(OrganisationCode code, OrganisationProfile profile, Entry entry) {
            OrganisationCode parent = profile.parent();
            NotStored.unless(
                    1,
                    jdbc.update(
                            PUT_ORGANISATION,
                            copy,
                            code.value(),
                            profile.name(),
                            profile.category().name(),
                            parent == null ? null : parent.value(),
                            entry.leaf().sequence(),
                            entry.position()),
                    "organisation");
        }

        void store() {
            List<Object[]> rows = new ArrayList<>();
            requests.forEach((id, row) -> {
                if (changed.contains(id)) {
                    rows.add(new Object[] {
                        copy,
                        id,
                        row.organisation(),
                        row.received(),
                        row.received().substring(0, MONTH_LENGTH),
                        row.agreement(),
                        row.individualsSubmitted(),
                        row.status().name(),
                        row.sequence(),
                        row.firstPosition(),
                        row.position()
                    });
                }
            });
            if (!rows.isEmpty()) {
                NotStored.unlessEach(jdbc.batchUpdate(PUT_REQUEST, rows), "request");
            }
            if (!corrected.isEmpty()) {
                jdbc.update(
                        "delete from request_reference where copy = ? and request = any(?::text[])",
                        copy,
                        corrected.toArray(new String[0]));
            }
            List<Object[]> links = new ArrayList<>();
            references.forEach((id, list) -> list.forEach(reference -> links.add(new Object[] {copy, reference, id})));
            if (!links.isEmpty()) {
                jdbc.batchUpdate(PUT_REFERENCE, links);
            }
        }
    }
}
