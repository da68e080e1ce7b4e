package org.pupilledger.security;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down whoever guesses passwords. Each attempt is counted before its password is looked at, and taken back where
 * that was right; beyond a number of failures each one has the next wait twice as long. What is remembered is bounded,
 * whatever is tried. Not safe for use by several threads at once.
 */
final class Brake {
    /** The wait after the first failure that is too many. */
    static final Duration FIRST = Duration.ofSeconds(5);

    static final int MAX_ENTRIES = 30_000;

    private static final int MAX_DOUBLINGS = 20;

    /** What failures are counted of. */
    enum Limit {
        /** One name from one address. */
        PAIR(10, Duration.ofMinutes(5), Duration.ofMinutes(15)),
        /** Whatever names from one address. */
        ADDRESS(30, Duration.ofMinutes(1), Duration.ofMinutes(15)),
        /** One name from wherever; the wait is short, since it is also that of the owner at a new address. */
        ACCOUNT(30, Duration.ofMinutes(1), Duration.ofMinutes(1));

        private final int most;
        private final Duration forgiven;
        private final Duration longest;

        /**
         * @param most     failures before the first wait
         * @param forgiven after how long one failure is forgotten
         * @param longest  wait
         */
        Limit(int most, Duration forgiven, Duration longest) {
            this.most = most;
            this.forgiven = forgiven;
            this.longest = longest;
        }

        int most() {
            return most;
        }

        private long waitNanos(int failures) {
            int doublings = failures - most;
            if (doublings < 0) {
                return 0;
            }
            return Math.min(longest.toNanos(), FIRST.toNanos() << Math.min(doublings, MAX_DOUBLINGS));
        }
    }

    /** @param who a key of fixed length, never what was typed */
    record Counted(Limit limit, String who) {}

    /** @param untilNanos when the wait ends that this failure began; meaningless where it began none */
    private record Failures(int count, long sinceNanos, long untilNanos, boolean isWaiting) {}

    /** An attempt that counts as a failure until it is taken back. */
    record Charge(Counted counted, long untilNanos, boolean wasWaiting, long wasUntilNanos) {}

    private final LongSupplier nanos;
    private final Map<Counted, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Counted, Failures> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    Brake(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long the next attempt must wait; 0 where it need not. */
    long waitNanos(List<Counted> all) {
        long now = nanos.getAsLong();
        long longest = 0;
        for (Counted counted : all) {
            Failures known = failures.get(counted);
            if (known != null && known.isWaiting()) {
                longest = Math.max(longest, known.untilNanos() - now);
            }
        }
        return longest;
    }

    List<Charge> charge(List<Counted> all) {
        long now = nanos.getAsLong();
        List<Charge> charges = new ArrayList<>();
        for (Counted counted : all) {
            Failures known = failures.get(counted);
            boolean wasWaiting = known != null && known.isWaiting() && known.untilNanos() - now > 0;
            long wasUntil = known == null ? 0 : known.untilNanos();
            Failures before = forgiven(counted, now);
            int count = before.count() + 1;
            long wait = counted.limit().waitNanos(count);
            long until = wasWaiting && wasUntil - now > wait ? wasUntil : now + wait;
            failures.put(counted, new Failures(count, before.sinceNanos(), until, wasWaiting || wait > 0));
            charges.add(new Charge(counted, until, wasWaiting, wasUntil));
        }
        return charges;
    }

    /** The attempts were none: what they began ends, but not what others have begun since. */
    void takeBack(List<Charge> charges) {
        for (Charge charge : charges) {
            Failures known = failures.get(charge.counted());
            if (known != null) {
                boolean isItsWait = known.untilNanos() == charge.untilNanos();
                failures.put(
                        charge.counted(),
                        new Failures(
                                Math.max(0, known.count() - 1),
                                known.sinceNanos(),
                                isItsWait ? charge.wasUntilNanos() : known.untilNanos(),
                                isItsWait ? charge.wasWaiting() : known.isWaiting()));
            }
        }
    }

    int size() {
        return failures.size();
    }

    private Failures forgiven(Counted counted, long now) {
        Failures known = failures.get(counted);
        if (known == null) {
            return new Failures(0, now, 0, false);
        }
        long step = counted.limit().forgiven.toNanos();
        long steps = (now - known.sinceNanos()) / step;
        return steps >= known.count()
                ? new Failures(0, now, 0, false)
                : new Failures((int) (known.count() - steps), known.sinceNanos() + steps * step, 0, false);
    }
}
