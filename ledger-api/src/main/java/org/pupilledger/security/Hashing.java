package org.pupilledger.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Compares passwords with hashes that are slow to make. Only a few are made at once, and who is known to have signed in
 * from where the call comes has a turn that no stranger takes. A wrong password takes as long for every name, whatever
 * its hash costs and whether or not it exists.
 */
final class Hashing {
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final int WAITING = 8;
    private static final int KNOWN_WAITING = 32;
    private static final String PREFIX = "{bcrypt}$2a$";
    private static final int COST_AT = PREFIX.length();
    private static final int DEFAULT_COST = 10;
    private static final int HASH_SIGNS = 53;
    private static final String SIGNS = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final PasswordEncoder encoder;
    private final SecureRandom random;
    private final int highestCost;
    private final Turns strangers;
    private final Turns known;

    /** @param processors that the machine has; half of them hash for strangers */
    Hashing(Collection<Account> accounts, PasswordEncoder encoder, SecureRandom random, int processors) {
        this.encoder = encoder;
        this.random = random;
        this.highestCost = accounts.stream().mapToInt(Hashing::cost).max().orElse(DEFAULT_COST);
        this.strangers = new Turns(Math.max(1, processors / 2), WAITING);
        this.known = new Turns(1, KNOWN_WAITING);
    }

    /** @param room for those who have a turn or wait for one */
    private record Turns(Semaphore turn, Semaphore room) {
        Turns(int atOnce, int waiting) {
            this(new Semaphore(atOnce, true), new Semaphore(atOnce + waiting));
        }
    }

    /**
     * Does something when it is its turn.
     *
     * @throws TooManyAttempts too many wait already
     */
    <T> T inTurn(boolean isKnown, Supplier<T> something) {
        Turns turns = isKnown ? known : strangers;
        if (!turns.room().tryAcquire()) {
            throw new TooManyAttempts(0);
        }
        try {
            if (!turns.turn().tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TooManyAttempts(0);
            }
            try {
                return something.get();
            } finally {
                turns.turn().release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManyAttempts(0);
        } finally {
            turns.room().release();
        }
    }

    /** @param account null where the name is nobody's */
    boolean matches(@Nullable Account account, String password) {
        if (account == null) {
            hashInVain(password, highestCost);
            return false;
        }
        boolean isRight = encoder.matches(password, account.password());
        if (!isRight) {
            // each step of the cost doubles the work: 2^c + (2^c + 2^(c+1) + ... + 2^(h-1)) = 2^h
            for (int cost = cost(account); cost < highestCost; cost++) {
                hashInVain(password, cost);
            }
        }
        return isRight;
    }

    /** With a hash that nobody has made of anything. */
    private void hashInVain(String password, int cost) {
        StringBuilder hash = new StringBuilder(PREFIX + (cost < 10 ? "0" : "") + cost + "$");
        for (int i = 0; i < HASH_SIGNS; i++) {
            hash.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        var _ = encoder.matches(password, hash.toString());
    }

    private static int cost(Account account) {
        return Integer.parseInt(account.password(), COST_AT, COST_AT + 2, 10);
    }
}
