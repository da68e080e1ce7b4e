package org.pupilledger.tlog;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets Axon's processors read the ledger by position. A payload is a {@link StoredEntry}, which is read
 * where the projection folds it, so that an unreadable one fails where failures are seen. There are no gaps to keep track of:
 * positions have none.
 */
public final class EntrySource implements StreamableMessageSource<TrackedEventMessage<?>> {
    private static final int PAGE = 1_000;
    private static final long POLL_MS = 50;

    private final Entries entries;
    private final Sequencer sequencer;

    public EntrySource(Entries entries, Sequencer sequencer) {
        this.entries = entries;
        this.sequencer = sequencer;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        long position = token == null ? -1 : ((GlobalSequenceTrackingToken) token).getGlobalIndex();
        return new Stream(position);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        long head = entries.head();
        return head < 0 ? null : new GlobalSequenceTrackingToken(head);
    }

    @Override
    public TrackingToken createTokenAt(Instant instant) {
        throw new UnsupportedOperationException("positions, not instants, are what processors start from");
    }

    private final class Stream implements BlockingStream<TrackedEventMessage<?>> {
        private final Deque<TrackedEventMessage<?>> page = new ArrayDeque<>();
        private long position;
        private @Nullable Runnable callback;

        Stream(long position) {
            this.position = position;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            fill();
            return Optional.ofNullable(page.peek());
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            long deadline = System.nanoTime() + unit.toNanos(timeout);
            fill();
            while (page.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(Math.min(POLL_MS, unit.toMillis(timeout)));
                fill();
            }
            return !page.isEmpty();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
                // waits for as long as it takes, as the interface asks
            }
            return page.remove();
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            this.callback = callback;
            sequencer.onGrowth(callback);
            return true;
        }

        @Override
        public void close() {
            page.clear();
            if (callback != null) {
                sequencer.forget(callback);
            }
        }

        private void fill() {
            if (!page.isEmpty()) {
                return;
            }
            for (StoredEntry entry : entries.after(position, PAGE)) {
                position = entry.position();
                page.add(message(entry));
            }
        }

        private static TrackedEventMessage<StoredEntry> message(StoredEntry entry) {
            return new GenericTrackedEventMessage<>(
                    new GlobalSequenceTrackingToken(entry.position()),
                    new GenericMessage<>(Long.toString(entry.position()), entry, Map.of()),
                    // Axon copies it along; what was recorded when is in the leaf
                    () -> Instant.EPOCH);
        }
    }
}
