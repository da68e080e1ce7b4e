package org.pupilledger.register;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Status;
import org.pupilledger.entries.Entry;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Change;
import org.pupilledger.request.RequestEvent;

/** A request as it is looked up: what each column of its row in {@code request} holds, event by event. */
final class RequestRow {
    private static final String ORGANISATION = "organisation";
    private static final String RECEIVED = "received";
    private static final String RECEIVED_MONTH = "received_month";
    private static final String AGREEMENT = "agreement";
    private static final String INDIVIDUALS = "individuals_submitted";
    private static final String PURPOSES = "purposes";
    private static final String GATEWAY = "gateway";
    private static final String IS_HISTORIC = "is_historic";
    private static final String IS_DESTROYED = "is_destroyed";
    private static final String STATUS = "status";
    private static final String SEQUENCE = "sequence";
    private static final String FIRST_POSITION = "first_position";
    private static final String POSITION = "position";

    private static final List<String> COLUMNS = List.of(
            ORGANISATION,
            RECEIVED,
            RECEIVED_MONTH,
            AGREEMENT,
            INDIVIDUALS,
            PURPOSES,
            GATEWAY,
            IS_HISTORIC,
            IS_DESTROYED,
            STATUS,
            SEQUENCE,
            FIRST_POSITION,
            POSITION);

    /** Takes a copy, and the ids of the rows that are wanted. */
    static final String LOAD = "select * from request where copy = ? and id = any(?::text[])";

    /** Takes {@link #values}. */
    static final String PUT = "insert into request (copy, id, " + String.join(", ", COLUMNS) + ") values (?, ?"
            + ", ?".repeat(COLUMNS.size()) + ") on conflict (copy, id) do update set "
            + COLUMNS.stream().map(column -> column + " = excluded." + column).collect(Collectors.joining(", "));

    private static final int MONTH_LENGTH = "2018-04".length();

    private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();

    private RequestRow() {}

    static RequestRow of(ResultSet row) throws SQLException {
        RequestRow read = new RequestRow();
        for (String column : COLUMNS) {
            Object value = row.getObject(column);
            // an array of JDBC lives no longer than its row
            read.columns.put(column, value instanceof Array array ? array.getArray() : value);
        }
        return read;
    }

    static RequestRow of(Ask ask, Entry entry) {
        RequestRow row = new RequestRow();
        row.columns.put(ORGANISATION, ask.organisation().value());
        row.received(ask.received().toString());
        row.columns.put(
                AGREEMENT, ask.agreement() == null ? null : ask.agreement().value());
        row.columns.put(INDIVIDUALS, ask.submitted().individuals().orNull());
        row.columns.put(PURPOSES, codes(ask.purposes()));
        row.columns.put(GATEWAY, ask.gateway() == null ? null : ask.gateway().code());
        row.columns.put(IS_HISTORIC, ask.historic() != null);
        row.columns.put(IS_DESTROYED, false);
        row.status(Status.RECEIVED);
        row.columns.put(FIRST_POSITION, entry.position());
        row.at(entry);
        return row;
    }

    private static String[] codes(List<? extends Code> codes) {
        return codes.stream().map(Code::code).toArray(String[]::new);
    }

    private void at(Entry entry) {
        columns.put(SEQUENCE, entry.leaf().sequence());
        columns.put(POSITION, entry.position());
    }

    private void received(String received) {
        columns.put(RECEIVED, received);
        columns.put(RECEIVED_MONTH, received.substring(0, MONTH_LENGTH));
    }

    private void status(Status status) {
        columns.put(STATUS, status.name());
    }

    /** What it is after one more event. */
    void add(RequestEvent event, Entry entry) {
        at(entry);
        switch (event) {
            case RequestEvent.Received received -> throw new IllegalStateException("a request that is received again");
            case RequestEvent.ReferenceAdded _, RequestEvent.ReferenceRefused _, RequestEvent.OverrideRecorded _ -> {
                // nothing to look up here
            }
            case RequestEvent.Decided(var header, var was, var decision) ->
                status(decision.outcome() == Outcome.APPROVED ? Status.APPROVED : Status.REFUSED);
            case RequestEvent.Withdrawn withdrawn -> status(Status.WITHDRAWN);
            case RequestEvent.Matched matched -> status(Status.MATCHED);
            case RequestEvent.Disclosed disclosed -> status(Status.ANSWERED);
            case RequestEvent.DisclosedFurther further -> {}
            case RequestEvent.Destroyed destroyed -> columns.put(IS_DESTROYED, true);
            case RequestEvent.Closed closed -> status(Status.CLOSED);
            case RequestEvent.Corrected corrected -> corrected.changes().forEach(this::correct);
            case RequestEvent.Annulled annulled -> status(Status.ANNULLED);
        }
    }

    private void correct(Change change) {
        String now = change.now() == null ? null : change.now().toString();
        switch (change.field()) {
            case ORGANISATION -> columns.put(ORGANISATION, now);
            case RECEIVED -> received(String.valueOf(now));
            case AGREEMENT -> columns.put(AGREEMENT, now);
            case PURPOSES ->
                columns.put(
                        PURPOSES,
                        ((List<?>) Objects.requireNonNull(change.now()))
                                .stream().map(Object::toString).toArray(String[]::new));
            case GATEWAY -> columns.put(GATEWAY, now);
            case SUBMITTED_INDIVIDUALS -> columns.put(INDIVIDUALS, now == null ? null : Integer.valueOf(now));
            case DECISION_OUTCOME -> decide(Status.valueOf(String.valueOf(now)));
            default -> {
                // not looked up by
            }
        }
    }

    /** Only of a request that has not gone further. */
    private void decide(Status outcome) {
        Object status = columns.get(STATUS);
        if (Status.APPROVED.name().equals(status) || Status.REFUSED.name().equals(status)) {
            status(outcome);
        }
    }

    @Nullable
    Object[] values(int copy, String id) {
        @Nullable Object[] values = new @Nullable Object[COLUMNS.size() + 2];
        values[0] = copy;
        values[1] = id;
        for (int i = 0; i < COLUMNS.size(); i++) {
            values[i + 2] = columns.get(COLUMNS.get(i));
        }
        return values;
    }
}
