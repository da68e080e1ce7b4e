package org.pupilledger.node;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, to be stopped in the opposite order. */
final class Shutdown implements AutoCloseable {
    private final Deque<Runnable> started = new ArrayDeque<>();

    /** @param stop does nothing where it is done already */
    void add(Runnable stop) {
        started.push(stop);
    }

    /**
     * Stops everything, also where something fails; the first failure is thrown afterwards. A thread that is interrupted
     * waits for what it stops all the same, and is interrupted afterwards.
     */
    @Override
    public void close() {
        boolean isInterrupted = Thread.interrupted();
        RuntimeException first = null;
        while (!started.isEmpty()) {
            try {
                started.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        if (first != null) {
            throw first;
        }
    }
}
