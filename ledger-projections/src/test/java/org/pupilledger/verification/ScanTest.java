package org.pupilledger.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Await;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.seal.Sealer;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;
import org.pupilledger.store.LedgerStore;
import org.pupilledger.tlog.Sequencer;

@Timeout(120)
class ScanTest {
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Author AUTHOR = new Author("6d1c7c5e-0d43-4a0e-9f5c-6f4f0f2f7a01", "ADMIN");
    private static final int WRITERS = 4;
    private static final long RACE_NANOS = TimeUnit.SECONDS.toNanos(10);

    @Test
    void aBreakIsKnownUntilItIsMadeGood() throws SQLException {
        try (SmallLedger ledger = SmallLedger.of600();
                Scan scan = new Scan(ledger.verification(), INTERVAL)) {
            assertThat(scan.position()).isEqualTo(-1);
            assertThat(scan.completedSecondsAgo()).isEmpty();
            scan.start();
            Await.until("a complete scan", () -> scan.completedSecondsAgo().isPresent());
            assertThat(scan.breakFound()).isNull();
            assertThat(scan.position()).isEqualTo(599);
            assertThat(scan.completedSecondsAgo().orElseThrow()).isBetween(0.0, 30.0);

            ledger.tamper("update event set recorded_at = recorded_at || ' ' where global_index ="
                    + " (select global_index from ledger_entry where position = 17)");
            Await.until("the break is found", () -> scan.breakFound() != null);
            assertThat(scan.breakFound()).isEqualTo("event.recorded_at at position 17 is not what the entry says.");

            ledger.tamper("update event set recorded_at = trim(recorded_at)");
            Await.until("it is well again", () -> scan.breakFound() == null);
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNoBreak() throws SQLException {
        try (SmallLedger ledger = SmallLedger.of600();
                Scan scan = new Scan(ledger.verification(), INTERVAL)) {
            ledger.tamper("alter table tile rename to tile_away");
            scan.start();
            Await.until("a failure", () -> scan.failure() != null);
            assertThat(scan.breakFound()).isNull();
            assertThat(scan.completedSecondsAgo()).isEmpty();

            ledger.tamper("alter table tile_away rename to tile");
            Await.until("a complete scan", () -> scan.completedSecondsAgo().isPresent());
            assertThat(scan.failure()).isNull();
            assertThat(scan.breakFound()).isNull();
        }
    }

    @Test
    void aScanThatIsClosedEndsAtOnce() throws SQLException {
        try (SmallLedger ledger = SmallLedger.of600()) {
            Scan scan = new Scan(ledger.verification(), Duration.ZERO);
            scan.start();
            Await.until("a complete scan", () -> scan.completedSecondsAgo().isPresent());

            scan.close();

            assertThat(ledger.pool().getHikariPoolMXBean().getActiveConnections())
                    .isZero();
        }
    }

    /** Entries, tiles, edge, journal and checkpoints all move while they are looked at. */
    @Test
    void aLedgerAtWorkIsNeverFoundBroken() throws Exception {
        try (SmallLedger ledger = new SmallLedger()) {
            ledger.append(2);
            Sealer sealer = new Sealer(
                    ledger.sequencingPool(),
                    ledger.log(),
                    ledger.authenticity(),
                    ledger.files(),
                    Clock.systemUTC(),
                    Duration.ofMillis(150));
            sealer.open();
            LedgerStore store = new LedgerStore(ledger.pool(), ledger.authenticity(), ledger.authenticity(), false);
            Sequencer sequencer = new Sequencer(ledger.sequencingPool(), ledger.authenticity(), sealer);
            Commands commands = new Commands(store, sequencer::wake, () -> null);
            AtomicBoolean isOver = new AtomicBoolean();
            List<Future<?>> writers = new ArrayList<>();
            int scans = 0;
            List<Report> broken = new ArrayList<>();
            try (sealer;
                    sequencer;
                    ExecutorService executor = Executors.newFixedThreadPool(WRITERS)) {
                sequencer.start();
                for (int writer = 0; writer < WRITERS; writer++) {
                    String code = "WRITER_" + writer;
                    writers.add(executor.submit(() -> write(commands, code, isOver)));
                }
                DatabaseVerification verification = new DatabaseVerification(
                        ledger.pool(),
                        new LogVerifier(
                                ledger.log().origin(), List.of(ledger.log().firstKey())),
                        ledger.journal(),
                        new EventKeys(ledger.authenticity(), key -> true));
                long end = System.nanoTime() + RACE_NANOS;
                while (System.nanoTime() < end) {
                    Report report = verification.run((done, of, state) -> {});
                    scans++;
                    if (!report.isClean()) {
                        broken.add(report);
                    }
                }
                isOver.set(true);
                for (Future<?> writer : writers) {
                    writer.get();
                }
            }
            assertThat(broken).isEmpty();
            assertThat(scans).isGreaterThan(10);
            assertThat(ledger.jdbc().queryForObject("select count(*) from checkpoint", Long.class))
                    .isGreaterThan(20);
        }
    }

    private static void write(Commands commands, String prefix, AtomicBoolean isOver) {
        for (int i = 0; !isOver.get(); i++) {
            OrganisationProfile profile = new OrganisationProfile("Number " + i, Category.OTHER_GOVERNMENT, null);
            commands.send(new PutOrganisation(new OrganisationCode(prefix + "_" + i % 50), profile, null), AUTHOR);
        }
    }
}
