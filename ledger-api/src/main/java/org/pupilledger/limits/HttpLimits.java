package org.pupilledger.limits;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * What connections may take.
 *
 * @param connections           at once, in all
 * @param connectionsPerAddress at once, from one address
 * @param patience              how long a request's head may take, and how long a body or the reading of an answer may rest
 * @param leastRate             a second: what a body, or the reading of an answer, makes up for beyond that
 * @param deadline              for a whole body
 */
public record HttpLimits(
        int connections, int connectionsPerAddress, Duration patience, DataSize leastRate, Duration deadline) {
    public HttpLimits {
        if (connections < 1 || connectionsPerAddress < 1 || leastRate.toBytes() < 1) {
            throw new IllegalArgumentException("connections and rates are at least 1");
        }
        if (!patience.isPositive() || !deadline.isPositive()) {
            throw new IllegalArgumentException("times are longer than nothing");
        }
    }

    /** Whether something that took so long should have moved more by now. */
    boolean isTooSlow(long nanos, long bytes) {
        return nanos
                > patience.toNanos()
                        + (double) bytes
                                / leastRate.toBytes()
                                * Duration.ofSeconds(1).toNanos();
    }
}
