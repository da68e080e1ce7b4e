package org.pupilledger;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.node.Soundness;
import org.pupilledger.store.Commands;
import org.pupilledger.tlog.Backlog;
import org.pupilledger.tlog.Processors;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.tlog.Writers;
import org.pupilledger.verification.Scan;
import org.springframework.stereotype.Component;

/** What the ledger tells Prometheus; labels hold names of parts and rules only. */
@Component
final class LedgerMetrics {
    private static final double MS_PER_SECOND = 1_000;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    LedgerMetrics(LedgerNode node, Soundness soundness, Writers writers, MeterRegistry meters, Clock clock) {
        FunctionCounter.builder("ledger.appended", node.recording().commands(), Commands::appended)
                .description("Events appended by this program")
                .register(meters);
        Gauge.builder("ledger.writer.oldest", writers, Writers::oldestSeconds)
                .description("How long the oldest transaction that writes events has not ended")
                .baseUnit("seconds")
                .register(meters);
        Sequencer sequencer = soundness.sequencer();
        Processors processors = soundness.processors();
        if (sequencer == null || processors == null) {
            return;
        }
        FunctionCounter.builder("ledger.sequenced", sequencer, Sequencer::sequenced)
                .description("Events given a position by this program")
                .register(meters);
        Backlog backlog = new Backlog(node.storage().jdbc(), clock);
        Gauge.builder("ledger.unsequenced.oldest", cached(backlog::oldestSeconds))
                .description("Age of the oldest committed event without a position")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("ledger.position", sequencer, Sequencer::head)
                .description("Newest position")
                .register(meters);
        Gauge.builder("ledger.sealed", sequencer, Sequencer::sealed)
                .description("Newest sealed position")
                .register(meters);
        Gauge.builder("ledger.seal.lag", () -> Math.max(0, sequencer.head() - sequencer.sealed()))
                .description("Entries that are not sealed yet")
                .register(meters);
        Gauge.builder("ledger.seal.failing", () -> sequencer.sealFailure() == null ? 0 : 1)
                .description("1 where this program seals nothing")
                .register(meters);
        registerScan(soundness, meters);
        registerSelfCheck(soundness, clock, meters);
        for (String projection : processors.names()) {
            Gauge.builder(
                            "ledger.processor.lag",
                            cached(() -> sequencer.head()
                                    - (double) processors.positions().getOrDefault(projection, -1L)))
                    .description("Entries that a projection has not folded in yet")
                    .tag("processor", projection)
                    .register(meters);
            Gauge.builder(
                            "ledger.processor.failing",
                            () -> processors.failures().containsKey(projection) ? 1 : 0)
                    .description("1 where a projection stands still")
                    .tag("processor", projection)
                    .register(meters);
        }
    }

    /** Before it went through everything for the first time, the age is that of this program. */
    private static void registerScan(Soundness soundness, MeterRegistry meters) {
        register(
                meters,
                soundness,
                "ledger.scan.position",
                "Last entry that the full verification has come to",
                Scan::position,
                -1);
        Gauge.builder(
                        "ledger.scan.age",
                        soundness,
                        it -> of(it, scan -> scan.completedSecondsAgo().orElse(programSeconds()), programSeconds()))
                .description("Since a full verification was completed")
                .baseUnit("seconds")
                .register(meters);
        register(
                meters,
                soundness,
                "ledger.scan.broken",
                "1 where the last full verification found something changed, missing or forged",
                scan -> scan.breakFound() == null ? 0 : 1,
                0);
    }

    private static void registerSelfCheck(Soundness soundness, Clock clock, MeterRegistry meters) {
        Gauge.builder(
                        "ledger.self.check.age",
                        soundness,
                        it -> it.selfCheck()
                                .last()
                                .map(last -> (double) Duration.between(last.at(), clock.instant())
                                        .toSeconds())
                                .orElseGet(LedgerMetrics::programSeconds))
                .description("Since a self-check was completed, or this program was started where none ever was")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("ledger.self.check.drift", soundness, it -> it.selfCheck().drift() == null ? 0 : 1)
                .description("1 where the last self-check found that something counted is not what the entries give")
                .register(meters);
    }

    private static void register(
            MeterRegistry meters,
            Soundness soundness,
            String name,
            String description,
            ToDoubleFunction<Scan> value,
            double without) {
        Gauge.builder(name, soundness, it -> of(it, value, without))
                .description(description)
                .register(meters);
    }

    private static double of(Soundness soundness, ToDoubleFunction<Scan> value, double without) {
        Scan scan = soundness.scan();
        return scan == null ? without : value.applyAsDouble(scan);
    }

    private static double programSeconds() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / MS_PER_SECOND;
    }

    /** A scrape asks the database once a second at most; while it does not answer, the last answer stands. */
    private static Supplier<Number> cached(Supplier<Number> ask) {
        return new Supplier<>() {
            private @Nullable Number value;
            private Number last = 0;
            private long atNanos;

            @Override
            public synchronized Number get() {
                Number known = value;
                if (known == null || System.nanoTime() - atNanos > FRESH_NANOS) {
                    try {
                        last = ask.get();
                    } catch (RuntimeException e) {
                        // soundness says so
                    }
                    known = last;
                    value = known;
                    atNanos = System.nanoTime();
                }
                return known;
            }
        };
    }
}
