package org.pupilledger;

import java.util.Map;
import org.pupilledger.tlog.Sequencer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Red where the database does not answer, events get no position, or a projection stands still. */
@Component("ledger")
final class LedgerHealth implements HealthIndicator {
    private final LedgerNode node;

    LedgerHealth(LedgerNode node) {
        this.node = node;
    }

    @Override
    public Health health() {
        try {
            Map<String, String> failures = node.failures();
            Health.Builder health = failures.isEmpty() ? Health.up() : Health.down();
            Sequencer sequencer = node.sequencer();
            return health.withDetail("projected", node.projected())
                    .withDetail("sequenced", sequencer == null ? -1 : sequencer.head())
                    .withDetails(failures)
                    .build();
        } catch (RuntimeException e) {
            return Health.down()
                    .withDetail("database", e.getClass().getSimpleName())
                    .build();
        }
    }
}
