package org.pupilledger.totals;

import java.time.Clock;
import java.time.YearMonth;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.coverage.CoveredMonths;
import org.pupilledger.failure.NotYet;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresSource;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Tally;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placement;
import org.pupilledger.period.Period;
import org.pupilledger.tlog.Entries;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Why;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Answers questions about the figures as they are. As the ledger knew them is for {@code replay} to say. */
public final class FiguresReader implements FiguresSource {
    private static final String MONTHS = """
            select p.position as folded, p.version as version, t.*
            from projection p left join monthly_total t on t.copy = p.copy
            where p.name = 'totals' order by t.period, t.organisation, t.purpose, t.gateway, t.lawful_basis
            """;
    private static final String ORGANISATIONS = """
            select code, category, parent from total_organisation
            where copy = (select copy from projection where name = 'totals')
            """;

    private static final String COVERAGE = """
            select organisation, first_month, last_month, declarations from total_coverage
            where copy = (select copy from projection where name = 'totals')
            """;

    private final JdbcTemplate jdbc;
    private final Entries entries;
    private final Clock clock;
    private final TransactionTemplate snapshot;

    /** @param clock tells which months have begun, before which none is covered */
    public FiguresReader(JdbcTemplate jdbc, Entries entries, Clock clock) {
        this.jdbc = jdbc;
        this.entries = entries;
        this.clock = clock;
        this.snapshot =
                new TransactionTemplate(new JdbcTransactionManager(Objects.requireNonNull(jdbc.getDataSource())));
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    public FiguresTable now(FiguresQuery query) {
        Current current = current();
        return FiguresTable.of(
                current.totals(), query, orNull(current.position()), null, BusinessDate.monthsBegunBy(clock.instant()));
    }

    /**
     * The totals as they are, and up to which entry. They are read where they are kept, unless an older version of the
     * program made those: until they are rebuilt, the entries are added up instead.
     */
    @Override
    public Current current() {
        Stored stored = Objects.requireNonNull(snapshot.execute(transaction -> read()));
        Current kept = stored.current();
        return stored.version() >= TotalsProjection.VERSION
                ? kept
                : new Current(fold(kept.position()), kept.position());
    }

    private record Stored(Current current, int version) {}

    /** All figures of this moment, read once, to answer many questions about them. */
    public PresentFigures present() {
        return new PresentFigures(current().totals());
    }

    /**
     * All figures as they were when a position was the newest.
     *
     * @throws NotYet the totals have not come so far
     */
    public PresentFigures at(long position) {
        return new PresentFigures(back(current(), position));
    }

    @Override
    public Entries entries() {
        return entries;
    }

    /** @throws NotYet the totals have not come so far */
    @Override
    public Totals back(Current current, long position) {
        if (position > current.position()) {
            throw new NotYet(NotYet.What.REACHED, "beyond the newest entry");
        }
        return FiguresSource.super.back(current, position);
    }

    private Stored read() {
        Totals totals = new Totals();
        jdbc.query(ORGANISATIONS, row -> {
            String parent = row.getString(3);
            totals.put(
                    new OrganisationCode(row.getString(1)),
                    new Placement(
                            Category.valueOf(row.getString(2)), parent == null ? null : new OrganisationCode(parent)));
        });
        jdbc.query(COVERAGE, row -> {
            String last = row.getString(3);
            totals.coverage()
                    .add(
                            new CoveredMonths(
                                    new OrganisationCode(row.getString(1)),
                                    YearMonth.parse(row.getString(2)),
                                    last.isEmpty() ? null : YearMonth.parse(last)),
                            row.getLong(4));
        });
        long[] position = {-1};
        int[] version = {TotalsProjection.VERSION};
        jdbc.query(MONTHS, row -> {
            position[0] = row.getLong("folded");
            version[0] = row.getInt("version");
            String period = row.getString("period");
            if (period != null) {
                Tally tally = new Tally();
                for (Measure measure : Measure.values()) {
                    tally.add(measure, row.getLong(measure.column()));
                }
                totals.add(
                        new Delta.Key(
                                Period.parse(period).orElseThrow(),
                                new OrganisationCode(row.getString("organisation")),
                                new Why(
                                        row.getString("purpose"),
                                        row.getString("gateway"),
                                        row.getString("lawful_basis"))),
                        tally);
            }
        });
        return new Stored(new Current(totals, position[0]), version[0]);
    }

    private static @Nullable Long orNull(long position) {
        return position < 0 ? null : position;
    }
}
