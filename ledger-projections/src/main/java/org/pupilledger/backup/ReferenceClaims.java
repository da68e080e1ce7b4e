package org.pupilledger.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.values.Reference;

/**
 * Makes the claims of references anew from the entries. A reference of two requests, which needs a claim to have been removed,
 * is held by the one that claimed it first; a rebuild of the claims says which two they are.
 */
final class ReferenceClaims implements AutoCloseable {
    private static final int BATCH = 1_000;

    private final EventTypes types = EventTypes.current();
    private final PreparedStatement claim;
    private final PreparedStatement release;
    private final PreparedStatement releaseAll;
    private int waiting;

    ReferenceClaims(Connection connection) throws SQLException {
        this.claim = connection.prepareStatement(
                "insert into reference_claim (reference, request) values (?, ?) on conflict do nothing");
        this.release = connection.prepareStatement("delete from reference_claim where reference = ? and request = ?");
        this.releaseAll = connection.prepareStatement("delete from reference_claim where request = ?");
    }

    /** Takes note of the next entry; all but those of requests mean nothing here. */
    void add(Leaf leaf, StoredEvent event) throws SQLException {
        if (!event.aggregateType().equals(MatchingRequest.TYPE)) {
            return;
        }
        String request = event.aggregateId();
        switch ((RequestEvent) leaf.event(types)) {
            case RequestEvent.Received(var ask, var why) -> {
                for (Reference reference : ask.references()) {
                    claim(reference.value(), request);
                }
            }
            case RequestEvent.ReferenceAdded(var header, var reference) -> claim(reference.value(), request);
            case RequestEvent.Corrected corrected -> {
                for (Change change : corrected.changes()) {
                    if (change.field() == Field.REFERENCES) {
                        replace(references(change.was()), references(change.now()), request);
                    }
                }
            }
            case RequestEvent.Annulled annulled -> {
                flush();
                releaseAll.setString(1, request);
                releaseAll.executeUpdate();
            }
            default -> {
                // no other event touches references
            }
        }
    }

    private void replace(Set<String> was, Set<String> now, String request) throws SQLException {
        flush();
        for (String removed : was) {
            if (!now.contains(removed)) {
                release.setString(1, removed);
                release.setString(2, request);
                release.executeUpdate();
            }
        }
        for (String added : now) {
            if (!was.contains(added)) {
                claim(added, request);
            }
        }
    }

    private static Set<String> references(@Nullable Object list) {
        Set<String> references = new HashSet<>();
        if (list instanceof List<?> texts) {
            texts.forEach(text -> references.add(new Reference((String) text).value()));
        }
        return references;
    }

    private void claim(String reference, String request) throws SQLException {
        claim.setString(1, reference);
        claim.setString(2, request);
        claim.addBatch();
        waiting++;
        if (waiting == BATCH) {
            flush();
        }
    }

    /** Writes what is left. */
    void flush() throws SQLException {
        if (waiting > 0) {
            claim.executeBatch();
            waiting = 0;
        }
    }

    @Override
    public void close() throws SQLException {
        claim.close();
        release.close();
        releaseAll.close();
    }
}
