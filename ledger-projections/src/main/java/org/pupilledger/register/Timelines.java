package org.pupilledger.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.failure.Damaged;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.Proofs;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;
import org.pupilledger.timeline.Timeline;
import org.pupilledger.timeline.TimelineEvent;
import org.pupilledger.tlog.EventRow;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads the events of one thing, as far as they are sealed. Nothing is told that was changed since: each event must be
 * what its entry says, metadata included, each entry must be in the tree that the newest checkpoint covers, and none may
 * be missing. The signature of the checkpoint is for verification to check.
 */
public final class Timelines {
    private static final String EVENTS = """
            select l.position, l.leaf_bytes, %columns
            from event e join ledger_entry l on l.global_index = e.global_index
            where e.aggregate_id = ? and l.position < ?
            """.replace("%columns", EventRow.COLUMNS);
    private static final String NEWEST = EVENTS + " order by e.sequence desc limit 1";
    private static final String PAGE = EVENTS + " and e.sequence > ? order by e.sequence limit ?";

    /** Metadata, beside {@link MatchingRequest#ACTOR}. */
    private static final String ROLE = "role";

    private final JdbcTemplate jdbc;
    private final LogReader log;
    private final EventTypes types = EventTypes.current();

    public Timelines(JdbcTemplate jdbc, LogReader log) {
        this.jdbc = jdbc;
        this.log = log;
    }

    @SuppressWarnings("ArrayRecordComponent") // on its way, never compared
    private record Row(long position, byte[] leaf, StoredEvent event) {}

    /**
     * The events of one thing that come after one of them.
     *
     * @param type  of the aggregate, as entries name it
     * @param id    of the aggregate
     * @param after sequence of the last event of the page before; -1 for the first page
     * @param limit how many at most, at least 1
     * @return empty where nothing of the type and id is sealed
     * @throws Damaged what is stored is not what was sealed
     */
    public Optional<Timeline> find(String type, String id, long after, int limit) {
        Optional<Checkpoint> sealed = log.newest().map(Timelines::checkpoint);
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        Sealing sealing = new Sealing(sealed.get());
        List<Row> newest = jdbc.query(NEWEST, Timelines::row, id, sealing.size());
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        sealing.check(newest.getFirst());
        if (!newest.getFirst().event().aggregateType().equals(type)) {
            return Optional.empty();
        }
        long sequence = newest.getFirst().event().sequence();
        List<Row> rows = jdbc.query(PAGE, Timelines::row, id, sealing.size(), after, limit);
        checkComplete(rows, after, Math.min(limit, Math.max(0, sequence - after)));
        rows.forEach(sealing::check);
        boolean isLast = rows.isEmpty() || rows.getLast().event().sequence() == sequence;
        return Optional.of(new Timeline(
                id,
                sequence,
                rows.stream().map(this::told).toList(),
                isLast ? null : rows.getLast().event().sequence()));
    }

    private static Checkpoint checkpoint(Sealed sealed) {
        return sealed.checkpoint()
                .filter(checkpoint -> checkpoint.size() == sealed.size())
                .orElseThrow(() -> new Damaged("the newest checkpoint cannot be read"));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(row.getLong(1), row.getBytes(2), EventRow.stored(row, 3));
    }

    private static void checkComplete(List<Row> rows, long after, long expected) {
        if (rows.size() != expected) {
            throw new Damaged("an event is missing");
        }
        long sequence = after;
        long position = -1;
        for (Row row : rows) {
            if (row.event().sequence() != ++sequence || row.position() <= position) {
                throw new Damaged("an event is missing, or not in its place");
            }
            position = row.position();
        }
    }

    /** Compares what is read in one call with one checkpoint; asks for each tile once. */
    private final class Sealing {
        private final Checkpoint checkpoint;
        private final TileTree tree;

        Sealing(Checkpoint checkpoint) {
            Map<Tile, byte[]> read = new HashMap<>();
            this.checkpoint = checkpoint;
            this.tree = new TileTree(checkpoint.size(), tile -> read.computeIfAbsent(tile, log.tiles()::hashes));
        }

        long size() {
            return checkpoint.size();
        }

        void check(Row row) {
            if (!Leaf.isOf(row.event(), row.leaf())) {
                throw new Damaged("the event at position " + row.position() + " is not what its entry says");
            }
            boolean isSealed = Proofs.isIncluded(
                    TreeHash.ofLeaf(row.leaf()),
                    row.position(),
                    size(),
                    tree.inclusionProof(row.position()),
                    checkpoint.root());
            if (!isSealed) {
                throw new Damaged("the entry at position " + row.position() + " is not what was sealed");
            }
        }
    }

    private TimelineEvent told(Row row) {
        Leaf leaf = Leaf.parse(row.leaf());
        // an object, else its leaf would not be its own
        Map<?, ?> metadata = CanonicalReader.treeOf(row.event().metadata()) instanceof Map<?, ?> map ? map : Map.of();
        return new TimelineEvent(
                leaf.sequence(),
                row.position(),
                leaf.recordedAt(),
                leaf.type(),
                text(metadata.get(MatchingRequest.ACTOR)),
                text(metadata.get(ROLE)),
                leaf.event(types));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }
}
