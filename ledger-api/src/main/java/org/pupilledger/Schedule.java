package org.pupilledger;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.pupilledger.limits.OutOfMemory;
import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** What is done again and again in a thread of its own, whether or not it fails. A failure is told once per cause. */
final class Schedule implements AutoCloseable {
    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    private final Clock clock;

    /** @param closing for what is under way; without, it is interrupted */
    Schedule(String thread, Clock clock, Duration closing) {
        this.clock = clock;
        scheduler.setThreadFactory(Thread.ofPlatform().daemon().name(thread).factory());
        scheduler.setClock(clock);
        scheduler.setWaitForTasksToCompleteOnShutdown(!closing.isZero());
        // else the next time is waited for at every stop
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        scheduler.setAwaitTerminationMillis(closing.toMillis());
        scheduler.initialize();
    }

    /** @param pause before the first time, and between two */
    Schedule every(Duration pause, Runnable task, Consumer<Class<?>> tell) {
        var _ = scheduler.scheduleWithFixedDelay(
                unstopped(task, tell), clock.instant().plus(pause), pause);
        return this;
    }

    Schedule at(Trigger when, Runnable task, Consumer<Class<?>> tell) {
        var _ = scheduler.schedule(unstopped(task, tell), when);
        return this;
    }

    private static Runnable unstopped(Runnable task, Consumer<Class<?>> tell) {
        AtomicReference<String> failing = new AtomicReference<>("");
        return () -> {
            try {
                task.run();
                failing.set("");
            } catch (RuntimeException e) {
                String cause = e.getClass().getName();
                if (!failing.getAndSet(cause).equals(cause)) {
                    tell.accept(e.getClass());
                }
            } catch (Error e) {
                OutOfMemory.endIfIn(e);
                throw e;
            }
        };
    }

    @Override
    public void close() {
        scheduler.shutdown();
    }
}
