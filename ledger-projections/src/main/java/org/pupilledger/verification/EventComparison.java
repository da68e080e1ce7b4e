package org.pupilledger.verification;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.diagnosis.Breaks;
import org.pupilledger.diagnosis.Breaks.Part;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.tlog.EventRow;
import org.pupilledger.verdict.Break.Kind;

/** Each entry beside its event, column by column. */
final class EventComparison {
    private static final String BY_ID =
            "select " + EventRow.COLUMNS + ", e.global_index from event e where e.event_id = ? limit 1";

    private final Snapshot snapshot;
    private final Breaks breaks;

    /** Global indexes of events that were found, though not where they should be. */
    private final Set<Long> found = new HashSet<>();

    private record Elsewhere(StoredEvent event, long globalIndex) {}

    EventComparison(Snapshot snapshot, Breaks breaks) {
        this.snapshot = snapshot;
        this.breaks = breaks;
    }

    boolean wasFound(long globalIndex) {
        return found.contains(globalIndex);
    }

    /** Finds out what of an entry's event is not as the entry says. */
    void explain(EntryRow row, long position) throws SQLException {
        if (!breaks.want(position)) {
            return;
        }
        Map<?, ?> leaf = tree(row.leaf());
        if (leaf == null) {
            add(Kind.FORGED, position, "ledger_entry.leaf_bytes at position " + position + " is no entry.");
            return;
        }
        EventRow event = row.event();
        if (event != null && (!event.hasXidOfEntry() || Leaf.isOf(event.stored(), row.leaf()))) {
            String column = event.hasXidOfEntry() ? "event.revision" : "xid of event or ledger_entry";
            if (Leaf.isOf(event.stored(), row.leaf())) {
                add(Kind.CHANGED, position, column + " at position " + position + " was changed.");
                return;
            }
        }
        Elsewhere elsewhere = elsewhere(leaf.get("eventId"), row);
        if (elsewhere != null) {
            if (found.size() < Report.MAX_BREAKS) {
                found.add(elsewhere.globalIndex());
            }
            add(
                    event == null ? Kind.CHANGED : Kind.REORDERED,
                    position,
                    event == null
                            ? "global_index of event or ledger_entry at position " + position
                                    + " was changed: they do not lead to each other."
                            : "event or ledger_entry of position " + position
                                    + " has the global_index of another, so the entry does not lead to its event.");
        } else if (event == null) {
            add(Kind.MISSING, position, "event has no row for the entry at position " + position + ".");
        } else {
            add(
                    Kind.CHANGED,
                    position,
                    "event." + String.join(", event.", differences(event.stored(), leaf)) + " at position " + position
                            + " is not what the entry says.");
        }
    }

    /** The event that the entry means, where it is not the one that it leads to. */
    private @Nullable Elsewhere elsewhere(@Nullable Object eventId, EntryRow row) throws SQLException {
        if (!(eventId instanceof String id) || id.indexOf('\0') >= 0) {
            return null;
        }
        return snapshot.rows(BY_ID, found -> new Elsewhere(EventRow.stored(found, 1), found.getLong(10)), id).stream()
                .filter(it -> it.globalIndex() != row.globalIndex() && Leaf.isOf(it.event(), row.leaf()))
                .findFirst()
                .orElse(null);
    }

    private void add(Kind kind, long position, String sentence) {
        breaks.at(Part.EVENT, kind, position).say(sentence);
    }

    private static @Nullable Map<?, ?> tree(byte[] leaf) {
        try {
            return CanonicalReader.treeOf(leaf) instanceof Map<?, ?> tree ? tree : null;
        } catch (UnreadableEvent e) {
            return null;
        }
    }

    private static List<String> differences(StoredEvent event, Map<?, ?> leaf) {
        List<String> columns = new ArrayList<>();
        compare(event.eventId(), leaf.get("eventId"), "event_id", columns);
        compare(event.aggregateId(), leaf.get("aggregateId"), "aggregate_id", columns);
        compare(event.sequence(), leaf.get("sequence"), "sequence", columns);
        compare(event.aggregateType(), leaf.get("aggregateType"), "aggregate_type", columns);
        compare(event.recordedAt(), leaf.get("recordedAt"), "recorded_at", columns);
        compare(event.type(), leaf.get("type"), "type", columns);
        compare((long) event.revision(), leaf.get("rev"), "revision", columns);
        if (!Arrays.equals(event.payload(), CanonicalWriter.bytesOf(leaf.get("payload")))) {
            columns.add("payload");
        }
        if (columns.isEmpty()) {
            columns.add("metadata");
        }
        return columns;
    }

    private static void compare(Object stored, @Nullable Object said, String column, List<String> columns) {
        if (!stored.equals(said)) {
            columns.add(column);
        }
    }
}
