package org.pupilledger.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

class PasswordCheckTest {
    private static final String OFFICE = "192.0.2.1";
    private static final String HOME = "198.51.100.1";
    private static final String RIGHT = "right";

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger hashed = new AtomicInteger();
    private final PasswordCheck check = check();

    private PasswordCheck check() {
        BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(4);
        List<Account> accounts = List.of(new Account("ada", "{bcrypt}" + bcrypt.encode(RIGHT), Set.of(Role.RECORDER)));
        PasswordEncoder counting = new PasswordEncoder() {
            @Override
            public @Nullable String encode(@Nullable CharSequence password) {
                return bcrypt.encode(password);
            }

            @Override
            public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
                hashed.incrementAndGet();
                return bcrypt.matches(password, Objects.requireNonNull(encoded).substring("{bcrypt}".length()));
            }
        };
        SecureRandom random = new SecureRandom();
        return new PasswordCheck(
                accounts,
                new Hashing(accounts, counting, random, 2),
                new SecurityLog(accounts, name -> "0"),
                random,
                now::get);
    }

    /** {@code in}, {@code wrong}, or how many seconds to wait. */
    private String signIn(String name, String password, String address) {
        UsernamePasswordAuthenticationToken words = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        words.setDetails(new Client(InetAddress.ofLiteral(address), null));
        try {
            return check.authenticate(words).isAuthenticated() ? "in" : "?";
        } catch (TooManyAttempts e) {
            return Long.toString(e.retryAfter());
        } catch (BadCredentialsException e) {
            return "wrong";
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void guess(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(signIn(name, "guess " + i, address)).isEqualTo("wrong");
        }
    }

    @Test
    void aGoodCheckIsRememberedForFiveMinutesAtItsAddress() {
        assertThat(signIn("ada", RIGHT, OFFICE)).isEqualTo("in");
        assertThat(signIn("ada", RIGHT, OFFICE)).isEqualTo("in");
        assertThat(hashed).hasValue(1);
        assertThat(signIn("ada", RIGHT, HOME)).isEqualTo("in");
        assertThat(hashed).hasValue(2);
        pass(PasswordCheck.REMEMBERED);
        assertThat(signIn("ada", RIGHT, OFFICE)).isEqualTo("in");
        assertThat(hashed).hasValue(3);
    }

    @Test
    void whoGuessesBesideAWorkingOfficerIsHeldUpWithTheOfficer() {
        assertThat(signIn("ada", RIGHT, OFFICE)).isEqualTo("in");
        guess(10, "ada", OFFICE);
        int hashes = hashed.get();
        for (int i = 0; i < 100; i++) {
            assertThat(signIn("ada", i % 2 == 0 ? RIGHT : "guess", OFFICE)).isEqualTo("5");
        }
        assertThat(hashed).hasValue(hashes);
        pass(Duration.ofSeconds(5));
        assertThat(signIn("ada", RIGHT, OFFICE)).isEqualTo("in");
        assertThat(signIn("ada", "guess", OFFICE)).isEqualTo("wrong");
        assertThat(signIn("ada", RIGHT, OFFICE)).isEqualTo("10");
    }

    @Test
    void noStrangerHoldsUpWhoSignedInThereLately() {
        assertThat(signIn("ada", RIGHT, OFFICE)).isEqualTo("in");
        pass(Duration.ofDays(6));
        for (int i = 0; i < 30; i++) {
            guess(1, "ada", "203.0.113." + i);
        }
        for (int i = 0; i < 29; i++) {
            guess(1, "name " + i, OFFICE);
        }
        assertThat(signIn("ada", RIGHT, OFFICE)).isEqualTo("in");
        assertThat(signIn("ada", RIGHT, HOME)).isEqualTo("5");
        assertThat(signIn("cyd", "x", OFFICE)).isEqualTo("wrong");
        assertThat(signIn("cyd", "x", OFFICE)).as("the address has its fill").isEqualTo("5");
        assertThat(signIn("ada", RIGHT, OFFICE)).isEqualTo("in");
    }

    @Test
    void theOwnerAtANewAddressWaitsAMinuteAtMostOnceTheyStop() {
        for (int i = 0; i < 1_000; i++) {
            signIn("ada", "guess", "203.0." + i / 250 + "." + i % 250);
            pass(Duration.ofSeconds(2));
        }
        assertThat(Integer.parseInt(signIn("ada", RIGHT, HOME))).isBetween(1, 60);
        pass(Duration.ofMinutes(1));
        assertThat(signIn("ada", RIGHT, HOME)).isEqualTo("in");
    }

    @Test
    void oneSubscriberOfIpv6IsOneAddress() {
        for (int i = 0; i < 30; i++) {
            guess(1, "name " + i, "2001:db8:1:2::" + i);
        }
        assertThat(signIn("ada", RIGHT, "2001:db8:1:2:ffff::1")).isEqualTo("5");
        assertThat(signIn("ada", RIGHT, "2001:db8:1:3::1")).isEqualTo("in");
    }

    @Test
    void aNameThatDoesNotExistIsBrakedAsOneThatDoes() {
        for (String name : List.of("ada", "nobody")) {
            guess(10, name, "203.0.113.1" + name.length());
            assertThat(signIn(name, "guess", "203.0.113.1" + name.length())).isEqualTo("5");
        }
    }

    @Test
    void aPasswordTooLongIsNotHashed() {
        assertThat(signIn("ada", "x".repeat(1_001), OFFICE)).isEqualTo("wrong");
        assertThat(hashed).hasValue(0);
        assertThat(signIn("ada", "x".repeat(1_000), OFFICE)).isEqualTo("wrong");
        assertThat(hashed).hasValue(1);
    }
}
