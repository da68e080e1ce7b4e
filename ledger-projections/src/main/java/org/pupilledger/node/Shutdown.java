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

    @Override
    public void close() {
        while (!started.isEmpty()) {
            started.pop().run();
        }
    }
}
