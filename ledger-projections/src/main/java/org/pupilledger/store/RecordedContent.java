package org.pupilledger.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestState;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.store.ClaimsMending.Claim;
import org.pupilledger.tlog.EventRow;
import org.springframework.jdbc.core.JdbcTemplate;

/** What requests were recorded with, worked out again from their events, each of which is compared with its entry. */
final class RecordedContent {
    private static final int PAGE = 500;

    /** More than the events of one chunk of a file, with what others append meanwhile. */
    private static final long NEARBY = 20_000;

    private static final int COMMANDS_KEPT = 10_000;

    private static final String REQUESTS = """
            select id, status = 'ANNULLED' from request
            where copy = (select copy from projection where name = 'register') and id > ? order by id limit
            """ + PAGE;

    private static final String EVENTS = "select e.global_index, l.leaf_bytes, " + EventRow.COLUMNS + """
             from event e join ledger_entry l on l.global_index = e.global_index
            where e.aggregate_id = any (?) order by e.aggregate_id, e.sequence
            """;

    /** One command records several requests only where it is a chunk of a file. */
    private static final String IS_OF_FILE = """
            select count(*) > 1 from event
            where sequence = 0 and global_index between ? and ?
                and position(convert_to(?, 'UTF8') in metadata) > 0
            """;

    private final JdbcTemplate jdbc;
    private final EventTypes types = EventTypes.current();
    private final Cache<String, Boolean> commands = Caffeine.newBuilder()
            .maximumSize(COMMANDS_KEPT)
            .executor(Runnable::run)
            .build();

    RecordedContent(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Which claim a request has. */
    enum Kind {
        /** None: it is annulled, or was recorded as it came. */
        NONE,
        /** The one of its content. */
        REFERENCED,
        /** One of a line of a file, where it was imported. */
        UNREFERENCED,
        /** An older program wrote its events, and their bytes then are not those of now. */
        UNKNOWN
    }

    /**
     * What a request was recorded with.
     *
     * @param digest      32 bytes, or none
     * @param command     that recorded it
     * @param globalIndex of its first event
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Content(String request, Kind kind, byte[] digest, String command, long globalIndex) {
        static Content none(String request, Kind kind) {
            return new Content(request, kind, new byte[0], "", 0);
        }

        boolean justifies(Claim claim) {
            return kind != Kind.NONE
                    && Arrays.equals(digest, claim.digest())
                    && (kind == Kind.REFERENCED ? claim.occurrence() == 0 : claim.occurrence() > 0);
        }
    }

    private record Row(long globalIndex, StoredEvent event, String command) {}

    /**
     * The requests of the register whose ids come next, in their order.
     *
     * @throws IllegalStateException an event is not what its entry says
     */
    SequencedMap<String, Content> after(String id) {
        Map<String, Boolean> annulled = new LinkedHashMap<>();
        jdbc.query(
                REQUESTS,
                row -> {
                    annulled.put(row.getString(1), row.getBoolean(2));
                },
                id);
        Map<String, List<Row>> events = new HashMap<>();
        jdbc.query(
                EVENTS,
                row -> {
                    Row read = row(row);
                    events.computeIfAbsent(read.event().aggregateId(), request -> new ArrayList<>())
                            .add(read);
                },
                (Object) annulled.keySet().toArray(new String[0]));
        SequencedMap<String, Content> contents = new LinkedHashMap<>();
        annulled.forEach((request, isAnnulled) -> contents.put(
                request,
                isAnnulled
                        ? Content.none(request, Kind.NONE)
                        : content(request, events.getOrDefault(request, List.of()))));
        return contents;
    }

    private static Row row(ResultSet row) throws SQLException {
        StoredEvent event = EventRow.stored(row, 3);
        if (!Leaf.isOf(event, row.getBytes(2))) {
            throw new IllegalStateException("an event is not what its entry says");
        }
        Object command = CanonicalReader.treeOf(event.metadata()) instanceof Map<?, ?> metadata
                ? metadata.get(LedgerStore.COMMAND_ID)
                : null;
        return new Row(row.getLong(1), event, command instanceof String text ? text : "");
    }

    private Content content(String request, List<Row> rows) {
        RequestState state = null;
        for (Row row : rows) {
            if (!row.command().equals(rows.getFirst().command())) {
                break;
            }
            StoredEvent event = row.event();
            EventTypes.EventType<?> type = types.typeOf(event.type());
            if (type == null
                    || type.version() != event.revision()
                    || row.command().isEmpty()) {
                return Content.none(request, Kind.UNKNOWN);
            }
            state = RequestState.after(
                    state,
                    (RequestEvent) types.decode(event.type(), event.revision(), event.payload()),
                    event.sequence());
        }
        if (state == null) {
            return Content.none(request, Kind.UNKNOWN);
        }
        if (!state.isHistoric()) {
            return Content.none(request, Kind.NONE);
        }
        return new Content(
                request,
                state.ask().references().isEmpty() ? Kind.UNREFERENCED : Kind.REFERENCED,
                ContentClaims.digest(state),
                rows.getFirst().command(),
                rows.getFirst().globalIndex());
    }

    /** Whether the request claimed its content for certain when it was recorded. */
    boolean isClaiming(Content content) {
        return switch (content.kind()) {
            case NONE, UNKNOWN -> false;
            case REFERENCED -> true;
            case UNREFERENCED -> commands.get(content.command(), command -> isOfFile(content));
        };
    }

    private boolean isOfFile(Content content) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                IS_OF_FILE,
                Boolean.class,
                content.globalIndex() - NEARBY,
                content.globalIndex() + NEARBY,
                "\"" + LedgerStore.COMMAND_ID + "\":\"" + content.command() + "\""));
    }
}
