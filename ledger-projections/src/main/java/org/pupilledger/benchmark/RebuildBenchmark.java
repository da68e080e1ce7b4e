package org.pupilledger.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.postgresql.PGStatement;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.privacy.Commitment;
import org.pupilledger.request.Ask;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.Gateway;
import org.pupilledger.request.Individuals;
import org.pupilledger.request.Item;
import org.pupilledger.request.LawfulBasis;
import org.pupilledger.request.Outcome;
import org.pupilledger.request.Purpose;
import org.pupilledger.request.Reference;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.Stage;
import org.pupilledger.request.Submitted;
import org.pupilledger.schema.CanonicalWriter;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.store.Migrations;
import org.pupilledger.store.Pools;
import org.pupilledger.tlog.Entries;
import org.pupilledger.totals.FiguresReader;
import org.pupilledger.totals.Measure;
import org.pupilledger.totals.Totals;
import org.springframework.jdbc.core.JdbcTemplate;

/** Totals rebuilt from all entries, beside reading the same rows with a binary cursor and doing nothing with them. */
public final class RebuildBenchmark {
    private static final int FETCH = 2_000;
    private static final int INSERT_BATCH = 1_000;
    private static final int EVENTS_PER_REQUEST = 4;
    private static final int MONTHS = 120;
    private static final long MIB = 1 << 20;
    private static final OrganisationCode DWP = new OrganisationCode("DWP");
    private static final EventTypes TYPES = EventTypes.current();

    private final EmbeddedCluster cluster;
    private final Consumer<String> report;
    private final SecureRandom random = new SecureRandom();

    public RebuildBenchmark(EmbeddedCluster cluster, Consumer<String> report) {
        this.cluster = cluster;
        this.report = report;
    }

    /** @param entries at least; a whole number of requests */
    public void run(int entries, int rounds) throws Exception {
        Database database = cluster.createDatabase("bench_rebuild_" + Long.toHexString(random.nextLong() >>> 1));
        Migrations.run(database);
        try (HikariDataSource pool = Pools.open(database.app())) {
            int written = write(pool, entries);
            try (Connection owner = database.owner().connect();
                    Statement statement = owner.createStatement()) {
                statement.execute("vacuum analyze ledger_entry");
            }
            FiguresReader figures = new FiguresReader(new JdbcTemplate(pool), new Entries(pool));
            Rounds measured = new Rounds()
                    .with("raw", () -> raw(pool, written))
                    .with("rebuild", () -> rebuild(figures, written))
                    .run(rounds);
            report.accept("raw binary cursor: %,.0f entries/s; totals rebuilt: %,.0f entries/s; ratio %.2f"
                    .formatted(
                            measured.median("raw"),
                            measured.median("rebuild"),
                            measured.median("rebuild") / measured.median("raw")));
            report.accept("heap limit %,d MiB".formatted(Runtime.getRuntime().maxMemory() / MIB));
        }
    }

    private static double raw(HikariDataSource pool, int entries) throws SQLException {
        long started = System.nanoTime();
        long bytes = 0;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(
                    "select position, leaf_bytes from ledger_entry where position between 0 and ? order by position")) {
                statement.setLong(1, Long.MAX_VALUE);
                statement.setFetchSize(FETCH);
                statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        bytes += row.getLong(1) + row.getBytes(2).length;
                    }
                }
            }
            connection.rollback();
            connection.setAutoCommit(true);
        }
        if (bytes == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return entries / ((System.nanoTime() - started) / 1e9);
    }

    private static double rebuild(FiguresReader figures, int entries) {
        long started = System.nanoTime();
        Totals totals = figures.fold(entries - 1L);
        double rate = entries / ((System.nanoTime() - started) / 1e9);
        long requests = totals.months().values().stream()
                .mapToLong(tally -> tally.get(Measure.REQUESTS_RECEIVED))
                .sum();
        if (requests != (entries - 1) / EVENTS_PER_REQUEST) {
            throw new IllegalStateException("the totals do not add up");
        }
        return rate;
    }

    /** Real leaves, written as the sequencer would have written them; the events themselves are not needed here. */
    private int write(HikariDataSource pool, int entries) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into ledger_entry (position, global_index, leaf_bytes, leaf_hash) values (?, ?, ?, ?)")) {
                int position = 0;
                add(
                        insert,
                        position++,
                        "organisation",
                        DWP.value(),
                        0,
                        new OrganisationEvent.Registered(
                                DWP, new OrganisationProfile("Work and Pensions", Category.OTHER_GOVERNMENT, null)));
                for (int request = 0; position < entries; request++) {
                    String id = UUID.randomUUID().toString();
                    int sequence = 0;
                    for (RequestEvent event : life(request)) {
                        add(insert, position++, "matching-request", id, sequence++, event);
                    }
                    if (request % INSERT_BATCH == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
                connection.commit();
                return position;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private void add(
            PreparedStatement insert, int position, String aggregateType, String id, int sequence, Object event)
            throws SQLException {
        byte[] salt = new byte[Commitment.SALT_BYTES];
        random.nextBytes(salt);
        EventTypes.EventType<?> type = Objects.requireNonNull(TYPES.typeOf(event.getClass()));
        byte[] leaf = Leaf.bytesOf(new Leaf.StoredEvent(
                aggregateType,
                id,
                sequence,
                UUID.randomUUID().toString(),
                "2026-11-02T09:30:00.000Z",
                type.name(),
                type.version(),
                TYPES.encode(event),
                CanonicalWriter.bytesOf(Map.of(
                        "actor",
                        id,
                        "role",
                        "RECORDER",
                        "salt",
                        Base64.getEncoder().encodeToString(salt)))));
        insert.setLong(1, position);
        insert.setLong(2, position + 1L);
        insert.setBytes(3, leaf);
        insert.setBytes(4, TreeHash.ofLeaf(leaf));
        insert.addBatch();
    }

    private static List<RequestEvent> life(int number) {
        BusinessDate received = new BusinessDate(YearMonth.of(2016, 1).plusMonths(number % MONTHS), 17);
        Ask ask = new Ask(
                List.of(new Reference("2026-%07d".formatted(number))),
                DWP,
                received,
                Purpose.BENEFIT_FRAUD,
                Gateway.DWP_FUNC,
                LawfulBasis.PUBLIC_TASK,
                null,
                new Submitted(
                        Individuals.of(12),
                        List.of(Item.NAME, Item.DATE_OF_BIRTH),
                        Individuals.notStated(),
                        Individuals.notStated(),
                        Individuals.notStated()),
                List.of(Item.SCHOOL),
                null);
        return List.of(
                new RequestEvent.Received(ask),
                new RequestEvent.Decided(ask.header(), new Stage.Decision(Outcome.APPROVED, received, null, null)),
                new RequestEvent.Matched(
                        ask.header(),
                        Outcome.APPROVED,
                        Individuals.of(12),
                        new Stage.Match(received, Individuals.of(3), Individuals.of(1))),
                new RequestEvent.Disclosed(
                        ask.header(),
                        new Stage.Disclosure(received, Individuals.of(4), Individuals.of(2), List.of(Item.SCHOOL))));
    }
}
