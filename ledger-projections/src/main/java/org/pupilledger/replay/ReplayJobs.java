package org.pupilledger.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.failure.Busy;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.refusal.Refused;

/**
 * Replays that somebody waits for without holding a line: one at a time, a few more in a queue, and the newest results in
 * memory, which go when the program ends.
 */
public final class ReplayJobs implements AutoCloseable {
    /** Replays that may wait for the one that runs. */
    public static final int MAX_WAITING = 8;

    /** Replays that are remembered; those that came to their end longest ago are forgotten first. */
    public static final int MAX_KEPT = 50;

    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int PERCENT = 100;

    private final Supplier<UUID> ids;
    private final Map<UUID, Job> jobs = new LinkedHashMap<>();
    private final Map<String, Job> byKey = new LinkedHashMap<>();
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name("replay").factory());

    public ReplayJobs(Supplier<UUID> ids) {
        this.ids = ids;
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * What a replay gives.
     *
     * @param comparison null where nothing was compared
     */
    public record Answer(FiguresTable figures, @Nullable Comparison comparison) {}

    /**
     * What somebody asked for.
     *
     * @param at         when
     * @param asAt       the instant as it was asked for; null for none
     * @param atPosition null for none
     * @param compare    what it is compared with, in a word; null for nothing
     */
    public record Asked(
            Instant at,
            @Nullable String asAt,
            @Nullable Long atPosition,
            FiguresQuery figures,
            @Nullable String compare) {}

    /** How far a job is. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /** A replay that somebody asked for. */
    public static final class Job {
        private final UUID id;
        private final String content;
        private final Asked asked;
        private volatile State state = State.WAITING;
        private volatile long done;
        private volatile long of;
        private volatile long startedNanos;
        private volatile long endedNanos;
        private volatile boolean isCancelled;
        private volatile @Nullable Answer answer;
        private volatile @Nullable RuntimeException failure;

        private Job(UUID id, String content, Asked asked) {
            this.id = id;
            this.content = content;
            this.asked = asked;
        }

        public UUID id() {
            return id;
        }

        public Asked asked() {
            return asked;
        }

        public State state() {
            return state;
        }

        /** 0 to 100, of the entries that are to be gone through. */
        public int percent() {
            long all = of;
            return state == State.DONE ? PERCENT : all == 0 ? 0 : (int) (done * PERCENT / all);
        }

        /** Entries a second, 0 before it has begun. */
        public long entriesPerSecond() {
            long end = state == State.RUNNING ? System.nanoTime() : endedNanos;
            return startedNanos == 0 ? 0 : (long) (done / Math.max(1e-3, (end - startedNanos) / NANOS_PER_SECOND));
        }

        /** Null while it is not done. */
        public @Nullable Answer answer() {
            return answer;
        }

        /** Why it failed; null where it did not. */
        public @Nullable RuntimeException failure() {
            return failure;
        }

        private void run(Function<ReplayListener, Answer> work) {
            startedNanos = System.nanoTime();
            if (isCancelled) {
                return;
            }
            state = State.RUNNING;
            try {
                answer = work.apply(this::at);
                endedNanos = System.nanoTime();
                state = State.DONE;
            } catch (CancellationException e) {
                endedNanos = System.nanoTime();
                state = State.CANCELLED;
            } catch (RuntimeException e) {
                failure = e;
                endedNanos = System.nanoTime();
                state = State.FAILED;
            } catch (Error e) {
                failure = new IllegalStateException(e);
                endedNanos = System.nanoTime();
                state = State.FAILED;
                throw e;
            }
        }

        private void at(long gone, long all) {
            done = gone;
            of = all;
            if (isCancelled) {
                throw new CancellationException();
            }
        }

        private void cancel() {
            isCancelled = true;
            if (state == State.WAITING) {
                state = State.CANCELLED;
            }
        }

        private boolean isOver() {
            return state != State.WAITING && state != State.RUNNING;
        }
    }

    /**
     * Takes on a replay.
     *
     * @param key     under which a repeat gives the same job for as long as it is remembered; null for none
     * @param content what tells one call under a key from another
     * @throws Busy              nothing was taken on
     * @throws Refused.KeyReused the same
     */
    public synchronized Job submit(
            @Nullable String key, String content, Asked asked, Function<ReplayListener, Answer> work) {
        Job known = key == null ? null : byKey.get(key);
        if (known != null) {
            if (!known.content.equals(content)) {
                throw new Refused.KeyReused();
            }
            return known;
        }
        Job job = new Job(ids.get(), content, asked);
        try {
            executor.execute(() -> job.run(work));
        } catch (RejectedExecutionException e) {
            throw new Busy(Busy.With.REPLAYS);
        }
        jobs.put(job.id(), job);
        if (key != null) {
            byKey.put(key, job);
        }
        forgetOldest();
        return job;
    }

    private void forgetOldest() {
        List<Job> over = new ArrayList<>(jobs.values());
        over.removeIf(job -> !job.isOver());
        for (Job job : over) {
            if (jobs.size() > MAX_KEPT) {
                jobs.remove(job.id());
                byKey.values().remove(job);
            }
        }
    }

    public synchronized Optional<Job> find(UUID id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** Those that are remembered, the newest first. */
    public synchronized List<Job> all() {
        return List.copyOf(jobs.values()).reversed();
    }

    /** Ends a job where it is not over, soon after. */
    public synchronized void cancel(Job job) {
        job.cancel();
    }

    @Override
    public void close() {
        synchronized (this) {
            jobs.values().forEach(Job::cancel);
        }
        executor.shutdownNow();
        try {
            var _ = executor.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
