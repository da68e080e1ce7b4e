package org.pupilledger.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.privacy.Commitment;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks user names and passwords. A good check is remembered for {@link #REMEMBERED} under a keyed hash, since
 * bcrypt is slow on purpose; wrong passwords are braked per name and address.
 */
final class PasswordCheck implements AuthenticationProvider {
    static final Duration REMEMBERED = Duration.ofMinutes(5);
    static final Duration BRAKE = Duration.ofMinutes(1);
    static final int MAX_FAILURES = 10;

    private static final int MAX_ENTRIES = 10_000;

    private final Map<String, Account> accounts;
    private final PasswordEncoder encoder;
    private final LongSupplier nanos;
    private final byte[] key = new byte[Commitment.SALT_BYTES];
    private final String nobodysPassword;
    private final Map<String, Good> good = bounded();
    private final Map<String, Failures> failures = bounded();

    PasswordCheck(Collection<Account> accounts, PasswordEncoder encoder, SecureRandom random, LongSupplier nanos) {
        this.accounts = accounts.stream().collect(Collectors.toMap(Account::name, account -> account));
        this.encoder = encoder;
        this.nanos = nanos;
        random.nextBytes(key);
        byte[] unguessable = new byte[Commitment.SALT_BYTES];
        random.nextBytes(unguessable);
        this.nobodysPassword =
                String.valueOf(encoder.encode(Arrays.toString(unguessable).substring(0, 40)));
    }

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time, not as a record
    private record Good(byte[] hash, long untilNanos) {}

    private record Failures(int count, long sinceNanos) {}

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String name = attempt.getName();
        String password = String.valueOf(attempt.getCredentials());
        Account account = accounts.get(name);
        if (account != null && isRemembered(account, password)) {
            return signedIn(account);
        }
        String source = source(attempt) + " " + name;
        if (isBraked(source)) {
            throw new TooManyAttempts();
        }
        // As slow for a name that does not exist, so that time does not tell which do.
        boolean matches = encoder.matches(password, account == null ? nobodysPassword : account.password());
        if (account == null || !matches) {
            countFailure(source);
            throw new BadCredentialsException("wrong name or password");
        }
        remember(account, password);
        return signedIn(account);
    }

    private static Authentication signedIn(Account account) {
        List<SimpleGrantedAuthority> roles = account.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(account.name(), null, roles);
    }

    private static String source(Authentication attempt) {
        return attempt.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
    }

    private boolean isRemembered(Account account, String password) {
        @Nullable Good known;
        synchronized (good) {
            known = good.get(account.name());
        }
        return known != null
                && known.untilNanos() - nanos.getAsLong() > 0
                && MessageDigest.isEqual(known.hash(), hash(password));
    }

    private void remember(Account account, String password) {
        synchronized (good) {
            good.put(account.name(), new Good(hash(password), nanos.getAsLong() + REMEMBERED.toNanos()));
        }
    }

    private byte[] hash(String password) {
        return Commitment.commit(key, password.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isBraked(String source) {
        synchronized (failures) {
            Failures recent = failures.get(source);
            return recent != null && isRecent(recent) && recent.count() >= MAX_FAILURES;
        }
    }

    private void countFailure(String source) {
        synchronized (failures) {
            Failures recent = failures.get(source);
            failures.put(
                    source,
                    recent != null && isRecent(recent)
                            ? new Failures(recent.count() + 1, recent.sinceNanos())
                            : new Failures(1, nanos.getAsLong()));
        }
    }

    private boolean isRecent(Failures recent) {
        return nanos.getAsLong() - recent.sinceNanos() < BRAKE.toNanos();
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MAX_ENTRIES;
            }
        };
    }
}
