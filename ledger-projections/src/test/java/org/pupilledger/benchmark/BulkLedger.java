package org.pupilledger.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.cluster.TestClusters;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.node.Storage;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealer;
import org.pupilledger.store.LedgerStore;
import org.pupilledger.store.Migrations;
import org.pupilledger.store.Pools;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.RequestId;

/** A ledger of real events that were written in bulk, then sequenced and sealed as all events are. */
final class BulkLedger implements AutoCloseable {
    /** Of the ledger and, where there is one, of the one organisation, before those of requests. */
    static final int FIRST_EVENTS = 3;

    static final int EVENTS_PER_REQUEST = 4;

    /** First and last in which requests come in. */
    static final YearMonth FIRST_MONTH = YearMonth.of(2016, 1);

    static final YearMonth LAST_MONTH = YearMonth.of(2025, 12);

    private static final int MONTHS = 120;
    private static final String ORIGIN = "ledger.example/benchmark";
    private static final Duration PUBLIC_INTERVAL = Duration.ofDays(1);
    private static final long POLL_MS = 20;
    private static final Map<OrganisationCode, OrganisationProfile> DWP = Map.of(
            new OrganisationCode("DWP"), new OrganisationProfile("Work and Pensions", Category.OTHER_GOVERNMENT, null));

    private final Database database;
    private final HikariDataSource pool;
    private final HikariDataSource sequencingPool;
    private final LogFiles files;
    private final LogIdentity log;
    private final RequestId firstRequest = new RequestId(UUID.randomUUID());
    private long entries;

    private BulkLedger(Database database, HikariDataSource pool, LogFiles files, LogIdentity log) {
        this.database = database;
        this.pool = pool;
        this.sequencingPool = Pools.openSequencing(database.sequencer());
        this.files = files;
        this.log = log;
    }

    /**
     * Makes one.
     *
     * @param directory where its files outside the database are put
     * @param entries   at least; a whole number of requests
     */
    static BulkLedger create(EmbeddedCluster cluster, Path directory, String name, int entries)
            throws SQLException, InterruptedException {
        return create(cluster, directory, name, entries, DWP);
    }

    /** The same, with requests of several organisations, each of them in every month. */
    static BulkLedger create(
            EmbeddedCluster cluster,
            Path directory,
            String name,
            int entries,
            Map<OrganisationCode, OrganisationProfile> organisations)
            throws SQLException, InterruptedException {
        Database database = TestClusters.database(cluster, name);
        Migrations.run(database);
        LogFiles files = new LogFiles(directory.resolve("key.pem"), directory.resolve("checkpoints.jsonl"));
        HikariDataSource pool = Pools.open(database.app());
        BulkLedger ledger = new BulkLedger(database, pool, files, LogIdentity.open(files, true, ORIGIN));
        try {
            ledger.write(entries, organisations);
            ledger.sequenceAndSeal();
            ledger.tidy();
            return ledger;
        } catch (SQLException | InterruptedException | RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    HikariDataSource pool() {
        return pool;
    }

    HikariDataSource sequencingPool() {
        return sequencingPool;
    }

    LogFiles files() {
        return files;
    }

    LogIdentity log() {
        return log;
    }

    Storage storage() {
        return Storage.of(
                pool,
                sequencingPool,
                new LedgerStore(pool, authenticity(), authenticity(), false),
                new LogReader(pool, verifier()));
    }

    LogVerifier verifier() {
        return new LogVerifier(log.origin(), List.of(log.firstKey()));
    }

    Authenticity authenticity() {
        return log.keys().authenticity();
    }

    long entries() {
        return entries;
    }

    RequestId firstRequest() {
        return firstRequest;
    }

    Sealer sealer() {
        return new Sealer(sequencingPool, log, authenticity(), files, Clock.systemUTC(), PUBLIC_INTERVAL);
    }

    private void write(int atLeast, Map<OrganisationCode, OrganisationProfile> organisations) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (GenuineEvents events = new GenuineEvents(connection, authenticity())) {
                events.add("ledger", "ledger", 0, new LedgerEvent.Opened(LocalDate.of(2016, 1, 1)));
                events.add(
                        "ledger",
                        "ledger",
                        1,
                        new LedgerEvent.KeyIntroduced(log.firstKey().toString()));
                for (var organisation : organisations.entrySet()) {
                    events.add(
                            "organisation",
                            organisation.getKey().value(),
                            0,
                            new OrganisationEvent.Registered(organisation.getKey(), organisation.getValue()));
                }
                entries = FIRST_EVENTS - 1L + organisations.size();
                List<OrganisationCode> codes = List.copyOf(organisations.keySet());
                for (int request = 0; entries < atLeast; request++) {
                    String id = request == 0
                            ? firstRequest.toString()
                            : UUID.randomUUID().toString();
                    int sequence = 0;
                    for (RequestEvent event : life(request, codes.get(request / MONTHS % codes.size()))) {
                        events.add("matching-request", id, sequence++, event);
                        entries++;
                    }
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private void sequenceAndSeal() throws SQLException, InterruptedException {
        try (Sealer sealer = sealer();
                Sequencer sequencer = new Sequencer(sequencingPool, authenticity(), sealer)) {
            sealer.open();
            sequencer.start();
            while (sequencer.sealed() < entries - 1) {
                String failure = sequencer.failure() == null ? sequencer.sealFailure() : sequencer.failure();
                if (failure != null) {
                    throw new IllegalStateException(failure);
                }
                Thread.sleep(POLL_MS);
            }
        }
    }

    /** As autovacuum would have done meanwhile. */
    private void tidy() throws SQLException {
        try (Connection owner = database.owner().connect();
                Statement statement = owner.createStatement()) {
            statement.execute("vacuum analyze event, ledger_entry, tile, checkpoint");
        }
    }

    private static List<RequestEvent> life(int number, OrganisationCode organisation) {
        return Casework.events(number, organisation, new BusinessDate(FIRST_MONTH.plusMonths(number % MONTHS), 17));
    }

    @Override
    public void close() {
        sequencingPool.close();
        pool.close();
    }
}
