package org.pupilledger.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.pupilledger.refusal.Refused;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.tlog.NotStored;
import org.pupilledger.values.Reference;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps references unique: each belongs to one request at most, claimed and released in the transaction of the append.
 */
final class Claims {
    private final JdbcTemplate jdbc;

    Claims(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Called with the events of one unit of work, before they are appended. */
    void on(List<? extends EventMessage<?>> events) {
        // sorted, so that two transactions never wait for each other
        Map<String, String> wanted = new TreeMap<>();
        // after the claims, so that two requests that want each other's reference never wait for each other either
        List<Runnable> releases = new ArrayList<>();
        for (EventMessage<?> message : events) {
            if (message.getPayload() instanceof RequestEvent event && message instanceof DomainEventMessage<?> domain) {
                String request = domain.getAggregateIdentifier();
                switch (event) {
                    case RequestEvent.Received(var ask, var why) ->
                        ask.references().forEach(reference -> want(wanted, reference.value(), request));
                    case RequestEvent.ReferenceAdded(var header, var reference) ->
                        want(wanted, reference.value(), request);
                    case RequestEvent.Corrected corrected -> {
                        Change change = changeOfReferences(corrected);
                        if (change != null) {
                            replace(change, request, wanted, releases);
                        }
                    }
                    case RequestEvent.Annulled annulled -> releases.add(() -> release(request));
                    default -> {
                        // no other event touches references
                    }
                }
            }
        }
        claim(wanted);
        releases.forEach(Runnable::run);
    }

    private static @Nullable Change changeOfReferences(RequestEvent.Corrected corrected) {
        return corrected.changes().stream()
                .filter(change -> change.field() == Field.REFERENCES)
                .findFirst()
                .orElse(null);
    }

    private static void want(Map<String, String> wanted, String reference, String request) {
        if (wanted.put(reference, request) != null) {
            throw new Refused.DuplicateReference();
        }
    }

    private void replace(Change change, String request, Map<String, String> wanted, List<Runnable> releases) {
        Set<String> was = references(change.was());
        Set<String> now = references(change.now());
        was.stream()
                .filter(reference -> !now.contains(reference))
                .forEach(removed -> releases.add(() -> release(removed, request)));
        now.stream().filter(reference -> !was.contains(reference)).forEach(added -> want(wanted, added, request));
    }

    private static Set<String> references(@Nullable Object list) {
        Set<String> references = new HashSet<>();
        if (list instanceof List<?> texts) {
            texts.forEach(text -> references.add(new Reference((String) text).value()));
        }
        return references;
    }

    private void release(String reference, String request) {
        if (jdbc.update("delete from reference_claim where reference = ? and request = ?", reference, request) == 0) {
            checkGone(
                    "select exists (select from reference_claim where reference = ? and request = ?)",
                    reference,
                    request);
        }
    }

    private void release(String request) {
        // content before references, as wherever both are claimed: whoever mends claims locks the tables in this order
        jdbc.update("delete from content_claim where request = ?", request);
        jdbc.update("delete from reference_claim where request = ?", request);
        checkGone("""
                select exists (select from reference_claim where request = ?)
                    or exists (select from content_claim where request = ?)
                """, request, request);
    }

    private void checkGone(String isThere, Object... values) {
        if (Boolean.TRUE.equals(jdbc.queryForObject(isThere, Boolean.class, values))) {
            throw new NotStored("reference_claim");
        }
    }

    private void claim(Map<String, String> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        Map<String, String> claimed = new TreeMap<>();
        jdbc.query(
                """
                insert into reference_claim (reference, request)
                select * from unnest(?::text[], ?::text[])
                on conflict do nothing returning reference, request
                """,
                row -> {
                    claimed.put(row.getString(1), row.getString(2));
                },
                wanted.keySet().toArray(new String[0]),
                wanted.values().toArray(new String[0]));
        if (!wanted.equals(claimed)) {
            checkHeld(wanted, claimed);
        }
    }

    /** What was not claimed is its own, of a refusal that is taken back; or another's, or the database keeps nothing. */
    private void checkHeld(Map<String, String> wanted, Map<String, String> claimed) {
        Map<String, String> held = new TreeMap<>();
        jdbc.query(
                "select reference, request from reference_claim where reference = any (?)",
                row -> {
                    held.put(row.getString(1), row.getString(2));
                },
                (Object) wanted.keySet().toArray(new String[0]));
        if (!wanted.entrySet().containsAll(claimed.entrySet()) || !held.keySet().equals(wanted.keySet())) {
            throw new NotStored("reference_claim");
        }
        if (!held.equals(wanted)) {
            throw new Refused.DuplicateReference();
        }
    }
}
