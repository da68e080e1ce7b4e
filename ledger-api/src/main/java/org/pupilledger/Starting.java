package org.pupilledger;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Hindered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;

/**
 * A server's start under way: says now and then that it goes on, and lets it be stopped in its midst. Spring's own end waits
 * until the start is through, which is when nobody wants it any more.
 */
final class Starting implements InstantiationAwareBeanPostProcessor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Starting.class);

    private static final Duration QUIET = Duration.ofSeconds(8);

    /** What is being done when the program is told to stop may take so long: a database is made and stopped as it should be. */
    private static final Duration MAX_STOP = Duration.ofSeconds(60);

    /** As the shell has it for a program that SIGTERM ended. */
    private static final int STOPPED = 143;

    static final String TOLD_TO_STOP = "It was told to stop.";

    /** Of the program, which is told to stop but once. */
    private static volatile boolean isStopping;

    private final long begun = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("stop-start").unstarted(this::stop);

    Starting() {
        Runtime.getRuntime().addShutdownHook(hook);
        Thread.ofPlatform().daemon().name("starting").start(this::tell);
    }

    private void tell() {
        try {
            while (!over.await(QUIET.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!isStopping) {
                    LOG.info(
                            "still starting, for {} s now; a first start takes longest, for it makes the database",
                            Duration.ofNanos(System.nanoTime() - begun).toSeconds());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        isStopping = true;
        try {
            if (!over.await(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("The ledger was told to stop while it was starting, and did not in time.");
                Runtime.getRuntime().halt(STOPPED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An interrupt would come at a bad moment for some parts; what is made before this one is closed as it should be. */
    @Override
    public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
        if (isStopping) {
            throw new Hindered(TOLD_TO_STOP);
        }
        return null;
    }

    /** Whether somebody ended the program while it was starting; whatever failed then, failed because of it. */
    static boolean isStopping() {
        return isStopping;
    }

    /** It has started, or will not. */
    @Override
    public void close() {
        over.countDown();
        if (!isStopping) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // it has just been told to stop, which Spring sees to from here on
            }
        }
    }
}
