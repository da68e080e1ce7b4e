package org.pupilledger;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.node.Soundness;
import org.pupilledger.replay.SelfCheck;
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
    private static final String PROCESSOR = "processor";
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MeterRegistry meters;

    LedgerMetrics(LedgerNode node, Soundness soundness, Writers writers, MeterRegistry meters, Clock clock) {
        this.meters = meters;
        FunctionCounter.builder("ledger.appended", node.recording().commands(), Commands::appended)
                .description("Events appended by this program")
                .register(meters);
        seconds(
                "ledger.writer.oldest",
                "How long the oldest transaction that writes events has not ended",
                writers::oldestSeconds);
        Sequencer sequencer = soundness.sequencer();
        Processors processors = soundness.processors();
        if (sequencer == null || processors == null) {
            return;
        }
        FunctionCounter.builder("ledger.sequenced", sequencer, Sequencer::sequenced)
                .description("Events given a position by this program")
                .register(meters);
        seconds(
                "ledger.unsequenced.oldest",
                "Age of the oldest committed event without a position",
                cached(new Backlog(node.storage().jdbc(), clock)::oldestSeconds));
        gauge("ledger.position", "Newest position", sequencer::head);
        gauge("ledger.sealed", "Newest sealed position", sequencer::sealed);
        gauge(
                "ledger.seal.lag",
                "Entries that are not sealed yet",
                () -> Math.max(0, sequencer.head() - sequencer.sealed()));
        flag("ledger.seal.failing", "1 where this program seals nothing", () -> sequencer.sealFailure() != null);
        ofScan(soundness);
        ofSelfCheck(soundness.selfCheck(), clock);
        for (String projection : processors.names()) {
            gauge(
                    "ledger.processor.lag",
                    "Entries that a projection has not folded in yet",
                    cached(() -> sequencer.head() - processors.positions().getOrDefault(projection, -1L)),
                    PROCESSOR,
                    projection);
            flag(
                    "ledger.processor.failing",
                    "1 where a projection stands still",
                    () -> processors.failures().containsKey(projection),
                    PROCESSOR,
                    projection);
        }
    }

    /** Before it went through everything for the first time, the age is that of this program. */
    private void ofScan(Soundness soundness) {
        gauge(
                "ledger.scan.position",
                "Last entry that the full verification has come to",
                () -> of(soundness.scan(), Scan::position, -1));
        seconds(
                "ledger.scan.age",
                "Since a full verification was completed",
                () -> of(
                        soundness.scan(),
                        scan -> scan.completedSecondsAgo().orElse(programSeconds()),
                        programSeconds()));
        gauge(
                "ledger.scan.broken",
                "1 where the last full verification found something changed, missing or forged",
                () -> of(soundness.scan(), scan -> scan.breakFound() == null ? 0 : 1, 0));
    }

    private static double of(@Nullable Scan scan, ToDoubleFunction<Scan> value, double without) {
        return scan == null ? without : value.applyAsDouble(scan);
    }

    private void ofSelfCheck(SelfCheck selfCheck, Clock clock) {
        seconds(
                "ledger.self.check.age",
                "Since a self-check was completed, or this program was started where none ever was",
                () -> selfCheck
                        .last()
                        .map(last -> (double)
                                Duration.between(last.at(), clock.instant()).toSeconds())
                        .orElseGet(LedgerMetrics::programSeconds));
        flag(
                "ledger.self.check.drift",
                "1 where the last self-check found that something counted is not what the entries give",
                () -> selfCheck.drift() != null);
    }

    private void gauge(String name, String description, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value).description(description).tags(tags).register(meters);
    }

    private void flag(String name, String description, BooleanSupplier value, String... tags) {
        gauge(name, description, () -> value.getAsBoolean() ? 1 : 0, tags);
    }

    private void seconds(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).baseUnit("seconds").register(meters);
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
