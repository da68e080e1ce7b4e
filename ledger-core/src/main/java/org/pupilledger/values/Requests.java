package org.pupilledger.values;

/**
 * How many requests one matching request counts as: as many as it has references, at least one. Never added to
 * {@link Individuals}.
 *
 * @param count 1 to {@value #MAX}
 */
public record Requests(int count) {
    public static final int MAX = 50;

    public Requests {
        if (count < 1 || count > MAX) {
            throw new IllegalArgumentException("a number of requests out of range");
        }
    }
}
