package org.pupilledger.replay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.Entry;
import org.pupilledger.failure.NotYet;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.Proofs;
import org.pupilledger.schema.Leaf;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.TreeDamaged;
import org.pupilledger.values.BusinessDate;

/**
 * The ledger as it was, from its entries and nothing else. Each entry that is folded in is hashed too, and the root over all of
 * them has to be in the tree of the newest signed checkpoint: what was changed since it was signed gives no answer at all.
 */
public final class Replay {
    /** Replays from a snapshot at a time; more would only take the processors from each other. */
    private static final int MAX_AT_ONCE = 2;

    /** Entries between two reports. */
    private static final int REPORT_EVERY = 4_096;

    private static final Observer NOBODY = (entry, event) -> {};

    /** An event that claims to be later than the median of those around it by more was dated by a wrong clock. */
    private static final Duration WRONG = Duration.ofMinutes(5);

    /** Before it and after it, as far as there are as many of both. */
    private static final int AROUND = 12;

    private final Entries entries;
    private final LogReader log;
    private final LogVerifier pinned;
    private final Snapshots snapshots;
    private final Clock clock;
    private final Semaphore nearest = new Semaphore(MAX_AT_ONCE, true);

    /** Apart from the others, which would have to wait long. */
    private final Semaphore full = new Semaphore(1, true);

    /**
     * @param pinned the keys that sign the newest checkpoint, from elsewhere than the database
     * @param clock  tells which months have begun, before which none is covered
     */
    public Replay(Entries entries, LogReader log, LogVerifier pinned, Snapshots snapshots, Clock clock) {
        this.entries = entries;
        this.log = log;
        this.pinned = pinned;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /**
     * The figures as they were.
     *
     * @param asked the instant as it was asked for; null where a position was
     * @throws NotYet there is no such entry
     * @throws NotAsSigned  the ledger was changed
     */
    public FiguresTable figures(FiguresQuery query, Until until, @Nullable String asked) {
        return table(nearest(until), query, until, asked);
    }

    /** The figures of a replay. */
    public FiguresTable table(Prefix prefix, FiguresQuery query, Until until, @Nullable String asked) {
        return FiguresTable.of(
                prefix.totals(), query, prefix.size() == 0 ? null : prefix.position(), asked, monthsBegun(until));
    }

    /** At the end of a replay. */
    Predicate<YearMonth> monthsBegun(Until until) {
        Instant now = clock.instant();
        return BusinessDate.monthsBegunBy(
                until instanceof Until.Moment(Instant moment) && moment.isBefore(now) ? moment : now);
    }

    /**
     * Replays from the nearest snapshot.
     *
     * @throws NotYet there is no such entry
     * @throws NotAsSigned  the ledger was changed
     */
    public Prefix nearest(Until until) {
        nearest.acquireUninterruptibly();
        try {
            return fromSnapshot(until);
        } finally {
            nearest.release();
        }
    }

    private Prefix fromSnapshot(Until until) {
        Checkpoint newest = newest(until);
        Optional<Prefix> snapshot = snapshots.before(until, newest == null ? 0 : newest.size());
        if (snapshot.isPresent()) {
            try {
                return run(snapshot.get(), newest, until, ReplayListener.NONE, NOBODY);
            } catch (NotAsSigned e) {
                // perhaps only the snapshot is of another ledger, such as one that was put back
            }
        }
        return run(new Prefix(), newest, until, ReplayListener.NONE, NOBODY);
    }

    /**
     * Replays every entry from the first one on.
     *
     * @throws NotYet          there is no such entry
     * @throws NotAsSigned     the ledger was changed
     * @throws CancellationException the listener wants no more
     */
    public Prefix full(Until until, ReplayListener listener) {
        return full(until, listener, NOBODY);
    }

    /** Sees the entries go by. Whether they are what was signed is not known before the replay ends. */
    interface Observer {
        void add(Entry entry, Object event);
    }

    Prefix full(Until until, ReplayListener listener, Observer observer) {
        full.acquireUninterruptibly();
        try {
            return run(new Prefix(), newest(until), until, listener, observer);
        } finally {
            full.release();
        }
    }

    /** Goes on from a prefix, which was begun with {@link #full} or is a snapshot. */
    Prefix continued(Prefix from, Until until, ReplayListener listener) {
        return run(from, newest(until), until, listener, NOBODY);
    }

    /** Null before the first. */
    private @Nullable Checkpoint newest(Until until) {
        Sealed sealed = log.newest().orElse(null);
        long size = sealed == null ? 0 : sealed.size();
        if (until instanceof Until.Position(long position) && position >= size) {
            throw new NotYet(NotYet.What.REACHED, "beyond the newest entry");
        }
        return sealed == null
                ? null
                : pinned.open(sealed.note())
                        .filter(checkpoint -> checkpoint.size() == sealed.size())
                        .orElseThrow(() -> new NotAsSigned("The newest checkpoint is not signed by this log."));
    }

    private Prefix run(
            Prefix prefix, @Nullable Checkpoint newest, Until until, ReplayListener listener, Observer observer) {
        if (newest == null) {
            return prefix;
        }
        fold(prefix, newest, until, listener, observer);
        check(prefix, newest);
        return prefix;
    }

    private void fold(Prefix prefix, Checkpoint newest, Until until, ReplayListener listener, Observer observer) {
        long last = switch (until) {
            case Until.Position(long position) -> position;
            case Until.Moment moment -> newest.size() - 1;
        };
        Instant end = switch (until) {
            case Until.Position position -> Instant.MAX;
            case Until.Moment(Instant instant) -> instant;
        };
        long first = prefix.size();
        if (first > last) {
            return;
        }
        long of = last + 1 - first;
        entries.readLeaves(first, last, (position, bytes, hash) -> {
            Leaf leaf = Leaf.parse(bytes);
            Instant recordedAt = Instant.parse(leaf.recordedAt());
            if (recordedAt.isAfter(end) && !isBelied(position, recordedAt, end, newest.size())) {
                return false;
            }
            Object event = prefix.add(leaf, hash);
            observer.add(new Entry(position, leaf), event);
            long done = position + 1 - first;
            if (done % REPORT_EVERY == 0 || done == of) {
                listener.at(done, of);
            }
            return true;
        });
    }

    /** Whether the events around one that claims to be later say that it was recorded by then: a clock was wrong. */
    private boolean isBelied(long position, Instant recordedAt, Instant end, long size) {
        long around = Math.min(AROUND, Math.min(position, size - 1 - position));
        List<Instant> times = new ArrayList<>();
        entries.read(
                position - around,
                position + around,
                entry -> times.add(Instant.parse(entry.leaf().recordedAt())));
        times.sort(null);
        Instant median = times.get((int) around);
        return !median.isAfter(end) && recordedAt.isAfter(median.plus(WRONG));
    }

    /** An older tree is in a newer one where the newer one's hashes, which are not believed, lead from one root to the other. */
    private void check(Prefix prefix, Checkpoint newest) {
        boolean isSigned;
        try {
            isSigned = Proofs.isConsistent(
                    prefix.size(),
                    prefix.root(),
                    newest.size(),
                    newest.root(),
                    log.tree(newest.size()).consistencyProof(prefix.size()));
        } catch (TreeDamaged e) {
            isSigned = false;
        }
        if (!isSigned) {
            throw new NotAsSigned("The entries 0 to " + prefix.position() + " are not those that were signed.");
        }
    }
}
