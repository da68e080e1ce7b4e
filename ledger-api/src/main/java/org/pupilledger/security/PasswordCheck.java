package org.pupilledger.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.privacy.Commitment;
import org.pupilledger.security.Brake.Counted;
import org.pupilledger.security.Brake.Limit;
import org.pupilledger.security.SecurityLog.Event;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Checks user names and passwords. A good check is remembered for {@link #REMEMBERED} at the address that it came from,
 * under a keyed hash, since bcrypt is slow on purpose. Failures are braked: of one name from one address, whatever is
 * remembered; of one address or one name only for whoever has not signed in there of {@link #LATELY late}, so that no
 * stranger locks out who is at home.
 */
final class PasswordCheck implements AuthenticationProvider {
    static final Duration REMEMBERED = Duration.ofMinutes(5);
    static final Duration LATELY = Duration.ofDays(7);

    private static final int MAX_REMEMBERED = 10_000;
    private static final int MAX_PASSWORD = 1_000;

    /** Calls that wait for one and the same check; each of them holds a thread. */
    private static final int MAX_WAITING = 64;

    private final Map<String, Account> accounts;
    private final Hashing hashing;
    private final SecurityLog log;
    private final LongSupplier nanos;
    private final Brake brake;
    private final byte[] key = new byte[Commitment.SALT_BYTES];
    private final Object lock = new Object();
    private final Map<Attempt, Running> running = new HashMap<>();
    private final Cache<Counted, Good> good;

    PasswordCheck(
            Collection<Account> accounts, Hashing hashing, SecurityLog log, SecureRandom random, LongSupplier nanos) {
        this.log = log;
        this.accounts = accounts.stream().collect(Collectors.toMap(Account::name, account -> account));
        this.hashing = hashing;
        this.nanos = nanos;
        this.brake = new Brake(nanos);
        this.good = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(LATELY)
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
        random.nextBytes(key);
    }

    /** @param hash of the password, keyed */
    private record Good(String hash, long sinceNanos) {}

    /**
     * Somebody's word to be somebody. None of its parts holds what was typed.
     *
     * @param hash of the password, keyed
     */
    private record Attempt(Counted pair, Counted address, Counted name, String hash) {
        List<Counted> counted() {
            return List.of(pair, address, name);
        }
    }

    /** A check under way; others with the same words wait for its outcome. */
    private static final class Running {
        private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        private int waiting;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication words) {
        Account account = accounts.get(words.getName());
        try {
            boolean isRight = isRight(account, words);
            if (isRight && account != null) {
                return signedIn(account);
            }
        } catch (TooManyAttempts e) {
            log.note(Event.SIGN_IN_BRAKED, account, address(words), null);
            throw e;
        }
        log.note(Event.SIGN_IN_FAILED, account, address(words), null);
        throw new BadCredentialsException("wrong name or password");
    }

    private boolean isRight(@Nullable Account account, Authentication words) {
        String password = String.valueOf(words.getCredentials());
        return password.length() <= MAX_PASSWORD
                && isRight(account, attempt(words, password), password, address(words));
    }

    private Attempt attempt(Authentication words, String password) {
        String address = AddressRange.subscriber(address(words));
        String name = hash(words.getName());
        return new Attempt(
                new Counted(Limit.PAIR, name + " " + address),
                new Counted(Limit.ADDRESS, address),
                new Counted(Limit.ACCOUNT, name),
                hash(password));
    }

    private static InetAddress address(Authentication words) {
        return words.getDetails() instanceof Client client ? client.address() : InetAddress.getLoopbackAddress();
    }

    private static Authentication signedIn(Account account) {
        List<SimpleGrantedAuthority> roles = account.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(account.name(), null, roles);
    }

    private boolean isRight(@Nullable Account account, Attempt attempt, String password, InetAddress address) {
        boolean isAtHome;
        Running mine = new Running();
        Running first;
        synchronized (lock) {
            isAtHome = isAtHome(attempt);
            refuseBraked(attempt, isAtHome);
            if (isRemembered(attempt)) {
                return true;
            }
            first = running.putIfAbsent(attempt, mine);
            if (first != null && ++first.waiting > MAX_WAITING) {
                throw new TooManyAttempts(0);
            }
        }
        if (first != null) {
            return await(first, attempt, isAtHome);
        }
        boolean isRight = check(account, attempt, password, isAtHome, mine);
        if (isRight) {
            log.note(Event.SIGN_IN, account, address, null);
        }
        return isRight;
    }

    private boolean check(@Nullable Account account, Attempt attempt, String password, boolean isAtHome, Running mine) {
        try {
            boolean isRight = hashing.inTurn(isAtHome, () -> {
                List<Brake.Charge> charges;
                synchronized (lock) {
                    refuseBraked(attempt, isAtHome);
                    charges = brake.charge(attempt.counted());
                }
                boolean matches = hashing.matches(account, password);
                synchronized (lock) {
                    if (matches) {
                        brake.takeBack(charges);
                        remember(attempt);
                    }
                }
                return matches;
            });
            mine.outcome.complete(isRight);
            return isRight;
        } finally {
            // nobody waits for what came to nothing
            mine.outcome.completeExceptionally(new TooManyAttempts(0));
            synchronized (lock) {
                running.remove(attempt, mine);
            }
        }
    }

    /** A wrong guess counts however often it is made at once. */
    private boolean await(Running first, Attempt attempt, boolean isAtHome) {
        try {
            if (first.outcome.join()) {
                return true;
            }
        } catch (CompletionException e) {
            throw new TooManyAttempts(0);
        }
        synchronized (lock) {
            refuseBraked(attempt, isAtHome);
            var _ = brake.charge(attempt.counted());
        }
        return false;
    }

    private void refuseBraked(Attempt attempt, boolean isAtHome) {
        long wait = brake.waitNanos(isAtHome ? List.of(attempt.pair()) : attempt.counted());
        if (wait > 0) {
            throw new TooManyAttempts(wait);
        }
    }

    private boolean isAtHome(Attempt attempt) {
        return good.getIfPresent(attempt.pair()) != null;
    }

    private boolean isRemembered(Attempt attempt) {
        Good known = good.getIfPresent(attempt.pair());
        if (known == null
                || nanos.getAsLong() - known.sinceNanos() >= REMEMBERED.toNanos()
                || !known.hash().equals(attempt.hash())) {
            return false;
        }
        // at home from now on, and to be checked again when it would have been
        good.put(attempt.pair(), known);
        return true;
    }

    private void remember(Attempt attempt) {
        good.put(attempt.pair(), new Good(attempt.hash(), nanos.getAsLong()));
    }

    private String hash(String text) {
        return HexFormat.of().formatHex(Commitment.commit(key, text.getBytes(StandardCharsets.UTF_8)));
    }
}
