package org.pupilledger.totals;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.tlog.Entries;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Answers questions about the figures: as they are, or as the ledger knew them at a position or an instant. */
public final class FiguresReader {
    /** Replays at a time; more would only take the processors from each other. */
    private static final int MAX_REPLAYS = 2;

    private static final String MONTHS = """
            select p.position as folded, t.* from projection p left join monthly_total t on true
            where p.name = 'totals' order by t.month, t.organisation
            """;

    private final JdbcTemplate jdbc;
    private final Entries entries;
    private final EventTypes types = EventTypes.current();
    private final TransactionTemplate snapshot;
    private final Semaphore replays = new Semaphore(MAX_REPLAYS);

    public FiguresReader(JdbcTemplate jdbc, Entries entries) {
        this.jdbc = jdbc;
        this.entries = entries;
        this.snapshot =
                new TransactionTemplate(new JdbcTransactionManager(Objects.requireNonNull(jdbc.getDataSource())));
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** The position asked for is beyond the newest entry. */
    public static final class BeyondNewest extends RuntimeException {
        BeyondNewest() {
            super("beyond the newest entry", null, false, false);
        }
    }

    /** @param position newest entry folded in, -1 where there is none */
    public record Current(Totals totals, long position) {}

    public FiguresTable now(FiguresQuery query) {
        Current current = current();
        return FiguresTable.of(current.totals(), query, orNull(current.position()), null);
    }

    /** The totals as they are, and up to which entry. */
    public Current current() {
        return Objects.requireNonNull(snapshot.execute(transaction -> read()));
    }

    /** All figures of this moment, read once, to answer many questions about them. */
    public PresentFigures present() {
        return new PresentFigures(current().totals());
    }

    /**
     * The totals as they were, found by taking away from the present ones what came since. That costs as much as there
     * came, not as much as there is.
     *
     * @throws BeyondNewest the totals have not come so far
     */
    public Totals back(Current current, long position) {
        if (position > current.position()) {
            throw new BeyondNewest();
        }
        Totals since = new Totals();
        Map<OrganisationCode, Optional<Category>> categories = new TreeMap<>();
        entries.read(position + 1, current.position(), entry -> {
            Object event = entry.leaf().event(types);
            switch (event) {
                case OrganisationEvent.Registered registered ->
                    categories.putIfAbsent(registered.code(), Optional.empty());
                case OrganisationEvent.Changed changed ->
                    categories.putIfAbsent(
                            changed.code(), Optional.of(changed.was().category()));
                default -> since.add(event);
            }
            return true;
        });
        return current.totals().without(since, categories);
    }

    private Current read() {
        Totals totals = new Totals();
        jdbc.query("select code, category from total_organisation", row -> {
            totals.put(new OrganisationCode(row.getString(1)), Category.valueOf(row.getString(2)));
        });
        long[] position = {-1};
        jdbc.query(MONTHS, row -> {
            position[0] = row.getLong("folded");
            String month = row.getString("month");
            if (month != null) {
                Tally tally = new Tally();
                for (Measure measure : Measure.values()) {
                    tally.add(measure, row.getLong(measure.column()));
                }
                totals.add(
                        new Delta.Key(YearMonth.parse(month), new OrganisationCode(row.getString("organisation"))),
                        tally);
            }
        });
        return new Current(totals, position[0]);
    }

    /**
     * The figures from the entries up to and including {@code position}.
     *
     * @throws BeyondNewest there is no such entry
     */
    public FiguresTable atPosition(FiguresQuery query, long position) {
        if (position > entries.head()) {
            throw new BeyondNewest();
        }
        return replay(query, position, null);
    }

    /**
     * The figures from the longest prefix of the ledger in which every event was recorded at or before an instant.
     *
     * @param asked the instant as it was asked for
     */
    public FiguresTable asAt(FiguresQuery query, Instant instant, String asked) {
        return replay(query, entries.lastRecordedBy(instant), asked);
    }

    private FiguresTable replay(FiguresQuery query, long position, @Nullable String asked) {
        replays.acquireUninterruptibly();
        try {
            return FiguresTable.of(fold(position), query, orNull(position), asked);
        } finally {
            replays.release();
        }
    }

    /** Adds up the entries from 0 to {@code position}; memory depends on the rows of the figures, not on the entries. */
    public Totals fold(long position) {
        Totals totals = new Totals();
        if (position >= 0) {
            entries.read(position, entry -> {
                totals.add(entry.leaf().event(types));
                return true;
            });
        }
        return totals;
    }

    private static @Nullable Long orNull(long position) {
        return position < 0 ? null : position;
    }
}
