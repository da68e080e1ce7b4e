package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Purpose;
import org.pupilledger.entries.EntrySequence;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.Summary;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placements;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.request.Ask;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestState;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.FigureColumns;
import org.pupilledger.tables.StatusColumn;
import org.pupilledger.tables.Table;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Reference;
import org.pupilledger.values.SourceReference;

/**
 * The requests one by one: no more of each than its row of the figures says, and its references where a published source
 * tells them. Where there are very many it has the newest months, as many as it can hold whole.
 */
final class RequestsTable {
    static final String NAME = "requests";

    /** So many are a spreadsheet that can be opened. */
    static final int MAX_ROWS = 10_000;

    private static final String REFERENCES = "references";
    private static final String BETWEEN = "; ";

    private static final List<Column> COLUMNS = List.of(
            FigureColumns.PERIOD,
            FigureColumns.PERIOD_LABEL,
            FigureColumns.ORGANISATION,
            new Column(
                    REFERENCES,
                    "References",
                    Kind.TEXT,
                    "The department's references, where a published source tells them."),
            new Column(
                    "requests",
                    "Requests",
                    Kind.REQUESTS,
                    "Requests that it counts as: one for each reference, at least one."),
            new Column("purposes", "Purposes", Kind.TEXT, "Codes of what the data were asked for."),
            new Column(
                    "purpose_labels", "Purposes in words", Kind.TEXT, "What the data were asked for, as it is read."),
            new Column("outcome", "Outcome", Kind.CODE, "Its latest outcome."),
            new Column("source", "Source", Kind.CODE, "Where a request from before the ledger was found."),
            new Column(
                    "source_reference", "Source reference", Kind.TEXT, "The public reference of a published source."),
            new Column(
                    "nil_reason",
                    "Why nothing was returned",
                    Kind.CODE,
                    "NO_MATCH: looked for and not found; NOT_HELD: no such record held; empty where neither is told."),
            new Column("summary", "Summary", Kind.TEXT, "The request in a sentence."),
            StatusColumn.of("[x] not available, [c] confidential, [z] not applicable"));

    private final EntrySequence entries;
    private final EventTypes types = EventTypes.current();
    private final int maxRows;

    RequestsTable(EntrySequence entries) {
        this(entries, MAX_ROWS);
    }

    RequestsTable(EntrySequence entries, int maxRows) {
        this.entries = entries;
        this.maxRows = maxRows;
    }

    /** @param position in the ledger of its first entry */
    private record Found(RequestState state, long position) {}

    /**
     * Reads the entries up to a position twice; memory depends on the rows, and little on how many requests there are.
     *
     * @param placements organisations as they stand at the position
     * @param isShown    months that may be shown
     */
    Table table(Placements placements, long position, Predicate<YearMonth> isShown) {
        Map<String, YearMonth> months = months(position);
        months.values().removeIf(isShown.negate());
        YearMonth first = first(months);
        months.values().removeIf(month -> month.isBefore(first));
        List<Found> found = new ArrayList<>(states(months, position).values());
        found.sort(
                Comparator.comparing((Found one) -> one.state().ask().header().received())
                        .thenComparing(one -> body(placements, one.state().ask()))
                        .thenComparingLong(Found::position));
        return new Table(
                NAME,
                "Requests to match people with the National Pupil Database, England, one by one",
                "Each request by month of receipt and organisation; where there are more than " + maxRows
                        + ", those of the newest months.",
                COLUMNS,
                found.stream().map(one -> row(placements, one.state())).toList());
    }

    /** Of each request that stands the month in which it is counted. */
    private Map<String, YearMonth> months(long position) {
        Map<String, YearMonth> months = new HashMap<>();
        read(position, (id, event, at) -> {
            switch (event) {
                case RequestEvent.Received received ->
                    months.put(id, received.ask().header().received());
                case RequestEvent.Corrected corrected ->
                    months.computeIfPresent(
                            id, (any, month) -> corrected.now().header().received());
                case RequestEvent.Annulled annulled -> months.remove(id);
                default -> {}
            }
        });
        return months;
    }

    /** The first month from which on all of them can be listed. */
    private YearMonth first(Map<String, YearMonth> months) {
        NavigableMap<YearMonth, Long> counts = new TreeMap<>(
                months.values().stream().collect(Collectors.groupingBy(month -> month, Collectors.counting())));
        long rows = 0;
        for (Map.Entry<YearMonth, Long> month : counts.descendingMap().entrySet()) {
            rows += month.getValue();
            if (rows > maxRows) {
                return month.getKey().plusMonths(1);
            }
        }
        return counts.isEmpty() ? YearMonth.of(1, 1) : counts.firstKey();
    }

    private Map<String, Found> states(Map<String, YearMonth> wanted, long position) {
        Map<String, Found> found = new HashMap<>();
        read(position, (id, event, at) -> {
            if (wanted.containsKey(id)) {
                Found before = found.get(id);
                // what came of it does not depend on which of its events it was
                RequestState now = RequestState.after(before == null ? null : before.state(), event, 0);
                found.put(id, new Found(now, before == null ? at : before.position()));
            }
        });
        return found;
    }

    private interface Reader {
        void read(String id, RequestEvent event, long position);
    }

    private void read(long position, Reader reader) {
        if (position < 0) {
            return;
        }
        entries.read(0, position, entry -> {
            if (entry.leaf().type().startsWith(RequestEvent.AGGREGATE)
                    && entry.leaf().event(types) instanceof RequestEvent event) {
                reader.read(entry.leaf().aggregateId(), event, entry.position());
            }
            return true;
        });
    }

    /** Whom the tables of figures count it with. */
    private static OrganisationCode body(Placements placements, Ask ask) {
        return FigureSheet.body(placements, ask.organisation());
    }

    private static List<@Nullable Object> row(Placements placements, RequestState request) {
        Ask ask = request.ask();
        Period month = Period.of(By.MONTH, ask.header().received());
        Historic historic = ask.historic();
        Historic published = historic != null && historic.source().isPublished() ? historic : null;
        boolean isPublic = published != null;
        List<@Nullable Object> row = new ArrayList<>();
        row.add(month.toString());
        row.add(month.label());
        row.add(body(placements, ask).value());
        row.add(
                isPublic && !ask.references().isEmpty()
                        ? ask.references().stream().map(Reference::value).collect(Collectors.joining(BETWEEN))
                        : null);
        row.add((long) ask.requests().count() + request.refused().size());
        row.add(joined(ask, Purpose::code));
        row.add(joined(ask, Purpose::label));
        row.add(request.outcome().name());
        row.add(historic == null ? null : historic.source().name());
        row.add(published == null ? null : text(published.reference()));
        row.add(
                request.disclosure() == null || request.disclosure().nil() == null
                        ? null
                        : request.disclosure().nil().name());
        row.add(Summary.of(Delta.contribution(request.figures())));
        row.add(status(ask, isPublic));
        return row;
    }

    private static @Nullable String text(@Nullable SourceReference reference) {
        return reference == null ? null : reference.value();
    }

    private static @Nullable String joined(Ask ask, Function<Purpose, String> words) {
        return ask.purposes().isEmpty()
                ? null
                : ask.purposes().stream().map(words).collect(Collectors.joining(BETWEEN));
    }

    private static @Nullable String status(Ask ask, boolean isPublic) {
        List<String> entries = new ArrayList<>();
        if (ask.references().isEmpty()) {
            entries.add(StatusColumn.notAvailable(REFERENCES));
        } else if (!isPublic) {
            entries.add("[c] " + REFERENCES);
        }
        if (ask.purposes().isEmpty()) {
            entries.add(StatusColumn.notAvailable("purposes"));
        }
        if (ask.historic() == null) {
            entries.add("[z] source");
        }
        return StatusColumn.joined(entries);
    }
}
