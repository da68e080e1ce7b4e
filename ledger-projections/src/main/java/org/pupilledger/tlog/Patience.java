package org.pupilledger.tlog;

import java.time.Duration;
import java.util.Optional;

/** Waits for what others bring about, looking once in a while whether it is there. */
public final class Patience {
    private Patience() {}

    /** Looks once. */
    public interface Look<T, X extends Exception> {
        T look() throws X;
    }

    /**
     * Looks until something is found.
     *
     * @return empty where that took too long
     * @throws IllegalStateException this thread was interrupted meanwhile
     */
    public static <T, X extends Exception> Optional<T> find(Duration atMost, Duration step, Look<Optional<T>, X> search)
            throws X {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<T> found = search.look();
            if (found.isPresent() || System.nanoTime() >= deadline) {
                return found;
            }
            try {
                Thread.sleep(step);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting", e);
            }
        }
    }

    /** As above, until something is so; false where that took too long. */
    public static <X extends Exception> boolean until(Duration atMost, Duration step, Look<Boolean, X> isSo) throws X {
        return find(atMost, step, () -> isSo.look() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }
}
