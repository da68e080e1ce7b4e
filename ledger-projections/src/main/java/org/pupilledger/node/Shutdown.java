package org.pupilledger.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** What was started, to be stopped in the opposite order. */
final class Shutdown implements AutoCloseable {
    private final Deque<Runnable> started = new ArrayDeque<>();

    /** @param stop does nothing where it is done already */
    void add(Runnable stop) {
        started.push(stop);
    }

    /**
     * Stops everything, also where something fails; the first failure is thrown afterwards. It is done in a thread of its own,
     * so that whoever interrupts this one, at whatever step, cuts no wait short for what is stopped: something still at work
     * would then use what is closed already. This thread is interrupted afterwards.
     */
    @Override
    public void close() {
        FutureTask<@Nullable RuntimeException> stopping = new FutureTask<>(this::stopAll);
        new Thread(stopping, "shutdown").start();
        RuntimeException failure = awaited(stopping);
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException awaited(FutureTask<@Nullable RuntimeException> stopping) {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return stopping.get();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("not all could be stopped", e);
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable RuntimeException stopAll() {
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
        return first;
    }
}
