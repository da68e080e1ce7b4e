package org.pupilledger;

import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Of what there is one in a process: the standard streams and the logging system. Classes of tests run side by side; a
 * command has both to itself, and so has a test that is extended with this because it reads what is logged. Each server that
 * starts sets the logging system up anew and in the same way, so they start one after another and run side by side.
 */
final class ProcessLock implements BeforeEachCallback, AfterEachCallback {
    private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();
    private static final ReentrantLock STARTS = new ReentrantLock();

    /** What a thread does while no command runs and no other server starts. */
    static <T> T starting(Supplier<T> server) {
        LOCK.readLock().lock();
        try {
            STARTS.lock();
            try {
                return server.get();
            } finally {
                STARTS.unlock();
            }
        } finally {
            LOCK.readLock().unlock();
        }
    }

    /** What a thread does while no other runs a command, starts a server or reads the log. */
    static <T> T alone(Supplier<T> command) {
        LOCK.writeLock().lock();
        try {
            return command.get();
        } finally {
            LOCK.writeLock().unlock();
        }
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        LOCK.writeLock().lock();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        LOCK.writeLock().unlock();
    }
}
