package org.pupilledger;

import org.pupilledger.node.Soundness;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Red where the embedded database server does not run, which is for this program to mend: so it counts for liveness. */
@Component("database")
record DatabaseHealth(Soundness soundness) implements HealthIndicator {
    @Override
    public Health health() {
        String failure = soundness.databaseFailure();
        return failure == null
                ? Health.up().build()
                : Health.down().withDetail("database", failure).build();
    }
}
