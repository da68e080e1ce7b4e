package org.pupilledger;

import java.util.HashMap;
import java.util.Map;
import org.pupilledger.node.Soundness;
import org.pupilledger.node.Waiting;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.tlog.Writers;
import org.pupilledger.verification.Scan;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Red where the database does not answer, events get no position, a projection stands still, or the ledger is broken. */
@Component("ledger")
record LedgerHealth(Soundness soundness, Waiting waiting, Writers writers) implements HealthIndicator {
    @Override
    public Health health() {
        String database = soundness.databaseFailure();
        if (database != null) {
            // whoever asked it would only wait
            return Health.down()
                    .withDetail("database", database)
                    .withDetails(soundness.volumes().full())
                    .build();
        }
        try {
            Map<String, String> failures = soundness.failures();
            Health.Builder health = failures.isEmpty() ? Health.up() : Health.down();
            Sequencer sequencer = soundness.sequencer();
            return health.withDetail("projected", waiting.projected())
                    .withDetail("sequenced", sequencer == null ? -1 : sequencer.head())
                    .withDetail("sealed", sequencer == null ? -1 : sequencer.sealed())
                    .withDetails(scanned())
                    .withDetails(selfChecked())
                    .withDetails(failures)
                    .withDetails(stalledWriter())
                    .build();
        } catch (RuntimeException e) {
            return Health.down()
                    .withDetail("database", e.getClass().getSimpleName())
                    .build();
        }
    }

    /** Only said: others go on, so nobody is helped by a server that takes no requests. */
    private Map<String, Object> stalledWriter() {
        return writers.isStalled()
                ? Map.of(
                        "stalledWriterSeconds",
                        writers.oldestSeconds(),
                        "stalledWriter",
                        "A transaction has begun to write events and does not end. Its events wait, all others go on. Look in"
                                + " pg_stat_activity for the transaction that it waits for, or for who left it open.")
                : Map.of();
    }

    /** Only said, too: drift is among the failures. */
    private Map<String, Object> selfChecked() {
        Map<String, Object> details = new HashMap<>();
        soundness.selfCheck().last().ifPresent(last -> {
            details.put("selfChecked", last.position());
            details.put("selfCheckedAt", last.at().toString());
        });
        String failure = soundness.selfCheck().failure();
        if (failure != null) {
            details.put("selfCheckFailure", failure);
        }
        return details;
    }

    /** Only said: that the ledger could not be verified does not mean that it is broken. */
    private Map<String, Object> scanned() {
        Scan scan = soundness.scan();
        if (scan == null) {
            return Map.of();
        }
        String failure = scan.failure();
        return failure == null
                ? Map.of("scanned", scan.position())
                : Map.of("scanned", scan.position(), "scanFailure", failure);
    }
}
