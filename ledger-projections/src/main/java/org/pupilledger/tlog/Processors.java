package org.pupilledger.tlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Feeds each projection from the ledger, in order and batch by batch. An entry that a projection cannot fold stops that
 * projection: the batch is rolled back and tried again from the same position for ever, {@link #failures} says so, and
 * nothing is skipped.
 */
public final class Processors implements AutoCloseable {
    private static final int BATCH = 1_000;
    private static final long CLAIM_INTERVAL_MS = 1_000;
    private static final String MOVE =
            "update projection set position = ? where name = ? and position = ? returning copy, version";

    /** Where its token says so too, for who moves only one of them mends nothing. */
    private static final String IS_PAST = """
            select exists (
                select from projection p join processor_token t on t.processor = p.name
                where p.name = ? and p.position > ? and t.token = convert_to(p.position::text, 'UTF8'))
            """;

    private final JdbcTemplate jdbc;
    private final List<PooledStreamingEventProcessor> processors = new ArrayList<>();
    private final List<ScheduledExecutorService> threads = new ArrayList<>();
    private final Map<String, Stuck> failures = new ConcurrentHashMap<>();

    /** @param after newest position that was folded in */
    private record Stuck(long after, String reason) {}

    public Processors(
            List<Projection> projections,
            EntrySource source,
            TokenStore tokens,
            TransactionManager transactions,
            JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        for (Projection projection : projections) {
            ScheduledExecutorService coordinator = thread(projection.name() + "-coordinator");
            ScheduledExecutorService worker = thread(projection.name() + "-worker");
            processors.add(PooledStreamingEventProcessor.builder()
                    .name(projection.name())
                    .eventHandlerInvoker(new Invoker(projection))
                    .errorHandler(PropagatingErrorHandler.instance())
                    .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                    .messageSource(source)
                    .tokenStore(tokens)
                    .transactionManager(transactions)
                    .coordinatorExecutor(coordinator)
                    .workerExecutor(worker)
                    // One after the other: positions have one order, and folding a batch leaves little to share out.
                    .initialSegmentCount(1)
                    .initialToken(anywhere -> anywhere.createTailToken())
                    .tokenClaimInterval(CLAIM_INTERVAL_MS)
                    .batchSize(BATCH)
                    .build());
        }
    }

    private ScheduledExecutorService thread(String name) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        threads.add(executor);
        return executor;
    }

    public void start() {
        processors.forEach(PooledStreamingEventProcessor::start);
    }

    /** The projections fed here. */
    public List<String> names() {
        return processors.stream().map(PooledStreamingEventProcessor::getName).toList();
    }

    /** The newest position that each projection has folded in, -1 before the first. */
    public Map<String, Long> positions() {
        Map<String, Long> positions = new HashMap<>();
        jdbc.query("select name, position from projection", row -> {
            positions.put(row.getString(1), row.getLong(2));
        });
        return positions;
    }

    /** The newest position that all projections have folded in, -1 before the first. */
    public long position() {
        Long position = jdbc.queryForObject("select min(position) from projection", Long.class);
        return position == null ? -1 : position;
    }

    /**
     * Why projections stand still, by name; empty while all go on. Axon itself reports a processor as running whose
     * handler fails, so failures are noted where they happen, and a projection that nobody works at is one too.
     */
    public Map<String, String> failures() {
        failures.entrySet().removeIf(failure -> isPast(failure.getKey(), failure.getValue()));
        Map<String, String> found = new HashMap<>();
        failures.forEach(
                (name, stuck) -> found.put(name, "stuck after position " + stuck.after() + ": " + stuck.reason()));
        for (PooledStreamingEventProcessor processor : processors) {
            Map<Integer, EventTrackerStatus> segments = processor.processingStatus();
            if (!processor.isRunning()) {
                found.putIfAbsent(processor.getName(), "not running");
            } else if (segments.isEmpty()) {
                found.putIfAbsent(processor.getName(), "not claimed by this program");
            } else if (segments.values().stream().anyMatch(EventTrackerStatus::isErrorState)) {
                found.putIfAbsent(processor.getName(), "failing");
            }
        }
        return found;
    }

    /** A rebuild has folded in what could not be, and there may be nothing new that would show it. */
    private boolean isPast(String projection, Stuck stuck) {
        try {
            return Boolean.TRUE.equals(jdbc.queryForObject(IS_PAST, Boolean.class, projection, stuck.after()));
        } catch (DataAccessException e) {
            return false;
        }
    }

    @Override
    public void close() {
        processors.forEach(PooledStreamingEventProcessor::shutDown);
        threads.forEach(ScheduledExecutorService::shutdownNow);
    }

    /** The copy that serves, and of which version it is. */
    private record Serving(Copy copy, int version) {
        static Serving of(ResultSet row, int number) throws SQLException {
            return new Serving(Copy.of(row.getInt("copy")), row.getInt("version"));
        }
    }

    /** Gathers the entries of one batch and has them folded in just before it is committed. */
    private final class Invoker implements EventHandlerInvoker {
        private final Projection projection;

        Invoker(Projection projection) {
            this.projection = projection;
        }

        @Override
        public boolean canHandle(EventMessage<?> message, Segment segment) {
            return true;
        }

        @Override
        public void handle(EventMessage<?> message, Segment segment) {
            UnitOfWork<?> work = CurrentUnitOfWork.get();
            List<StoredEntry> batch = work.getOrComputeResource(projection.name(), name -> {
                List<StoredEntry> entries = new ArrayList<>();
                work.onPrepareCommit(ready -> fold(entries));
                return entries;
            });
            batch.add((StoredEntry) message.getPayload());
        }

        private void fold(List<StoredEntry> entries) {
            long first = entries.getFirst().position();
            try {
                long last = entries.getLast().position();
                // A crash may lose the newest folds, position and all; they are then folded again.
                jdbc.queryForObject("select set_config('synchronous_commit', 'off', true)", String.class);
                // moves on only from exactly the position before, so that neither a gap nor a repeat can pass
                List<Serving> moved = jdbc.query(MOVE, Serving::of, last, projection.name(), first - 1);
                if (moved.size() != 1 || last - first + 1 != entries.size()) {
                    throw new IllegalStateException("entries do not follow what is folded in");
                }
                Serving serving = moved.getFirst();
                if (serving.version() > projection.version()) {
                    throw new IllegalStateException("a newer program made what is folded in");
                }
                // that one until this transaction ends: the row just updated stays locked
                projection.fold(
                        serving.copy(), entries.stream().map(StoredEntry::read).toList());
                failures.remove(projection.name());
            } catch (RuntimeException | Error e) {
                failures.put(projection.name(), new Stuck(first - 1, reason(e)));
                if (e instanceof OutOfMemoryError) {
                    // Axon would try again
                    Thread thread = Thread.currentThread();
                    thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
                }
                throw e;
            }
        }

        private static String reason(Throwable e) {
            // the class, not the message, which might quote data
            @Nullable Throwable cause = e.getCause();
            return cause == null
                    ? e.getClass().getSimpleName()
                    : cause.getClass().getSimpleName();
        }
    }
}
