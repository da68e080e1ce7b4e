package org.pupilledger.register;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Agreement;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.coverage.Coverage;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.entries.Entry;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.spans.PeriodTotal;
import org.pupilledger.spans.PeriodTotalEvent;
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
     * later event of it came in; version 2 knew no purpose and no gateway, nor what a request awaits.
     */
    public static final int VERSION = 3;

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
    private static final String PUT_REFERENCE =
            "insert into request_reference (copy, reference, request) values (?, ?, ?) on conflict do nothing";

    private static final String TAKE_REFERENCE =
            "delete from request_reference where copy = ? and reference = ? and request = ?";
    private static final String REGISTER =
            "insert into registered (copy, id, type, first_position) values (?, ?, ?, ?) on conflict do nothing";

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
                    RequestRow.LOAD,
                    row -> {
                        fold.requests.put(row.getString("id"), RequestRow.of(row));
                    },
                    copy.number(),
                    older.toArray(new String[0]));
        }
        for (int i = 0; i < events.size(); i++) {
            fold.add(events.get(i), entries.get(i));
        }
        fold.store();
    }

    private final class Fold {
        private final int copy;
        private final Map<String, RequestRow> requests = new LinkedHashMap<>();
        private final Set<String> changed = new HashSet<>();
        private final Map<String, List<String>> references = new LinkedHashMap<>();
        private final List<Object[]> takenOut = new ArrayList<>();

        Fold(Copy copy) {
            this.copy = copy.number();
        }

        void add(Object event, Entry entry) {
            String id = entry.leaf().aggregateId();
            switch (event) {
                case RequestEvent request -> add(id, request, entry);
                case AgreementEvent agreement -> register(Agreement.TYPE, entry);
                case OrganisationEvent organisation -> put(organisation.code(), organisation.standing(), entry);
                case CoverageEvent coverage -> register(Coverage.TYPE, entry);
                case PeriodTotalEvent total -> register(PeriodTotal.TYPE, entry);
                case StatementEvent statement -> register(Statement.TYPE, entry);
                case LedgerEvent ledger -> {
                    // nothing to look up
                }
                case EditionEvent edition -> register(Edition.TYPE, entry);
                default -> throw new IllegalStateException("an event that the register does not know");
            }
        }

        private void add(String id, RequestEvent event, Entry entry) {
            RequestRow before = requests.get(id);
            if (event instanceof RequestEvent.Received(var ask, var why)) {
                requests.put(id, RequestRow.of(ask, entry));
                references.put(
                        id, ask.references().stream().map(Object::toString).toList());
            } else if (before == null) {
                throw new IllegalStateException("an event of a request that was never received");
            } else {
                before.add(event, entry);
            }
            changed.add(id);
            if (event instanceof RequestEvent.ReferenceAdded(var header, var reference)) {
                replace(id, List.of(), List.of(reference.value()));
            }
            if (event instanceof RequestEvent.Corrected correction) {
                correction.changes().stream()
                        .filter(change -> change.field() == Field.REFERENCES)
                        .forEach(change -> replace(id, texts(change.was()), texts(change.now())));
            }
        }

        /** Those that are in neither stay: they were refused alone. */
        private void replace(String id, List<String> was, List<String> now) {
            List<String> all = new ArrayList<>(references.getOrDefault(id, List.of()));
            all.removeAll(was);
            all.addAll(now);
            references.put(id, all);
            was.stream()
                    .filter(reference -> !now.contains(reference))
                    .forEach(reference -> takenOut.add(new Object[] {copy, reference, id}));
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
                    rows.add(row.values(copy, id));
                }
            });
            if (!rows.isEmpty()) {
                NotStored.unlessEach(jdbc.batchUpdate(RequestRow.PUT, rows), "request");
            }
            if (!takenOut.isEmpty()) {
                jdbc.batchUpdate(TAKE_REFERENCE, takenOut);
            }
            List<Object[]> links = new ArrayList<>();
            references.forEach((id, list) -> list.forEach(reference -> links.add(new Object[] {copy, reference, id})));
            if (!links.isEmpty()) {
                jdbc.batchUpdate(PUT_REFERENCE, links);
            }
        }
    }
}
