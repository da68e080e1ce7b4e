package org.pupilledger.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Hindered;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.Projection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rebuilds of this program: one at a time, in a thread of their own, at most one of each projection waiting or under
 * way. The newest {@value #KEPT} are remembered until the program ends.
 */
public final class Rebuilds implements AutoCloseable {
    /** Rebuilds that are remembered, the oldest that is over forgotten first. */
    public static final int KEPT = 50;

    /** For the batch under way to be committed. */
    private static final Duration CLOSING = Duration.ofSeconds(20);

    /** A program that was killed holds its lock until the database notices. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration STEP = Duration.ofMillis(200);
    private static final String UNFINISHED = """
            select r.projection, r.position, p.position as head, r.started_at
            from rebuild r join projection p on p.name = r.projection order by r.projection
            """;
    private static final String OWED = """
            select name from projection p
            where name = ? and (version < ? or exists (select from rebuild r where r.projection = p.name))
            """;
    private static final Logger LOG = LoggerFactory.getLogger(Rebuilds.class);

    private final Map<String, Made> made = new LinkedHashMap<>();
    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Deque<Job> jobs = new ArrayDeque<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("rebuilds").factory());
    private volatile boolean isClosed;

    /** @param version of a projection; 0 of what has none */
    private record Made(Function<Watch, Outcome> rebuild, int version) {}

    /** @param projections each makes the projection that writes through a connection */
    public Rebuilds(
            JdbcTemplate jdbc,
            Entries entries,
            List<Function<JdbcTemplate, Projection>> projections,
            Clock clock,
            Supplier<UUID> ids) {
        this(jdbc, entries, projections, List.of(), clock, ids);
    }

    /**
     * @param projections each makes the projection that writes through a connection
     * @param mendings    of what is no projection
     */
    public Rebuilds(
            JdbcTemplate jdbc,
            Entries entries,
            List<Function<JdbcTemplate, Projection>> projections,
            List<Mending> mendings,
            Clock clock,
            Supplier<UUID> ids) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.ids = ids;
        for (Function<JdbcTemplate, Projection> each : projections) {
            Projection projection = each.apply(jdbc);
            Rebuild rebuild = new Rebuild(dataSource(jdbc), entries, each);
            made.put(projection.name(), new Made(rebuild::run, projection.version()));
        }
        mendings.forEach(mending -> made.put(mending.name(), new Made(mending::run, 0)));
    }

    private static DataSource dataSource(JdbcTemplate jdbc) {
        return Objects.requireNonNull(jdbc.getDataSource());
    }

    /** Names of all that can be rebuilt, in an order in which each needs only those before it. */
    public List<String> projections() {
        return List.copyOf(made.keySet());
    }

    /**
     * A rebuild of this program.
     *
     * @param outcome null unless it is done
     * @param reason  why it failed: the class of the failure; null unless it did
     */
    public record State(
            String id,
            String projection,
            Instant startedAt,
            Progress progress,
            @Nullable Outcome outcome,
            @Nullable String reason) {}

    /**
     * A rebuild, of whichever program, that has begun and is not done: it is under way, or is resumed by the next program
     * that starts or is asked to.
     *
     * @param position newest entry folded into the new copy, -1 before the first
     * @param head     newest entry folded into the copy that serves
     */
    public record Unfinished(String projection, long position, long head, Instant startedAt) {}

    /**
     * Begins a rebuild, or resumes one that was not finished, and returns at once.
     *
     * @throws AlreadyRebuilding one of the same projection waits or is under way in this program
     */
    public synchronized State start(String projection) {
        return begin(projection, false);
    }

    /** Begins what a program that was killed did not finish, and what is owed to a newer version of this program. */
    public synchronized void resume() {
        made.forEach((name, known) -> {
            if (!jdbc.queryForList(OWED, String.class, name, known.version()).isEmpty()) {
                LOG.info("the projection {} is being rebuilt", name);
                begin(name, true);
            }
        });
    }

    private State begin(String projection, boolean isByItself) {
        Made known = made.get(projection);
        if (known == null) {
            throw new IllegalArgumentException("no such projection");
        }
        if (jobs.stream().anyMatch(job -> job.projection.equals(projection) && !job.isOver())) {
            throw new AlreadyRebuilding();
        }
        Job job = new Job(ids.get().toString(), projection, known.rebuild(), clock.instant(), isByItself);
        jobs.addFirst(job);
        while (jobs.size() > KEPT) {
            jobs.removeLast();
        }
        thread.execute(job);
        return job.state();
    }

    /** Newest first. */
    public synchronized List<State> all() {
        return jobs.stream().map(Job::state).toList();
    }

    public synchronized Optional<State> find(String id) {
        return jobs.stream().filter(job -> job.id.equals(id)).findFirst().map(Job::state);
    }

    /** The one of a projection that waits or is under way in this program. */
    public synchronized Optional<State> underWay(String projection) {
        return jobs.stream()
                .filter(job -> job.projection.equals(projection) && !job.isOver())
                .findFirst()
                .map(Job::state);
    }

    /** All that are not done, also of other programs. */
    public List<Unfinished> unfinished() {
        return jdbc.query(
                UNFINISHED,
                (row, number) -> new Unfinished(
                        row.getString("projection"),
                        row.getLong("position"),
                        row.getLong("head"),
                        row.getTimestamp("started_at").toInstant()));
    }

    /**
     * Has a rebuild end between two batches, and what it made thrown away. One that is over, or just being swapped in, is
     * not changed by that.
     *
     * @return false where there is none with this id
     */
    public synchronized boolean cancel(String id) {
        Optional<Job> found = jobs.stream().filter(job -> job.id.equals(id)).findFirst();
        found.ifPresent(job -> job.isCancelled = true);
        return found.isPresent();
    }

    /** Ends the one under way between two batches, to be resumed by the next program that starts. */
    @Override
    public void close() {
        isClosed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private final class Job implements Runnable, Watch {
        private final String id;
        private final String projection;
        private final Function<Watch, Outcome> rebuild;
        private final Instant startedAt;
        private final boolean isByItself;
        private volatile State state;
        private volatile boolean isCancelled;

        Job(String id, String projection, Function<Watch, Outcome> rebuild, Instant startedAt, boolean isByItself) {
            this.id = id;
            this.projection = projection;
            this.rebuild = rebuild;
            this.startedAt = startedAt;
            this.isByItself = isByItself;
            this.state = new State(id, projection, startedAt, Progress.NOT_BEGUN, null, null);
        }

        State state() {
            return state;
        }

        boolean isOver() {
            return state.progress().phase().isOver();
        }

        @Override
        public void at(Progress progress) {
            state = new State(id, projection, startedAt, progress, null, null);
        }

        @Override
        public Wish wish() {
            return isClosed ? Wish.PAUSE : isCancelled ? Wish.GIVE_UP : Wish.GO_ON;
        }

        @Override
        public void run() {
            try {
                Outcome outcome = patiently();
                end(Phase.DONE, outcome, null);
            } catch (CancellationException e) {
                end(Phase.CANCELLED, null, null);
            } catch (RuntimeException | Error e) {
                // else the class, not the message, which might quote data
                String reason = e instanceof Hindered known
                        ? known.getMessage()
                        : e.getClass().getSimpleName();
                if (isByItself && e instanceof AlreadyRebuilding) {
                    LOG.info("the projection {} is being rebuilt by another program", projection);
                } else {
                    LOG.error("the rebuild of the projection {} failed: {}", projection, reason);
                }
                end(Phase.FAILED, null, reason);
            }
        }

        /** Tries for a while to be the only one. */
        private Outcome patiently() {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                if (isClosed) {
                    throw new CancellationException("the rebuild was stopped");
                }
                try {
                    return rebuild.apply(this);
                } catch (AlreadyRebuilding e) {
                    if (isCancelled) {
                        throw new CancellationException("the rebuild was stopped");
                    }
                    if (System.nanoTime() >= deadline) {
                        throw e;
                    }
                    LockSupport.parkNanos(STEP.toNanos());
                }
            }
        }

        private void end(Phase phase, @Nullable Outcome outcome, @Nullable String reason) {
            state = new State(id, projection, startedAt, state.progress().in(phase), outcome, reason);
        }
    }
}
