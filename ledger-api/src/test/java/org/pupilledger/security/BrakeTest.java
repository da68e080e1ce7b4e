package org.pupilledger.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupilledger.security.Brake.Counted;
import org.pupilledger.security.Brake.Limit;

class BrakeTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Brake brake = new Brake(now::get);

    private static List<Counted> of(Limit limit, String who) {
        return List.of(new Counted(limit, who));
    }

    private long secondsToWait(List<Counted> who) {
        return Duration.ofNanos(brake.waitNanos(who)).toSeconds();
    }

    private void pass(long nanos) {
        now.addAndGet(nanos);
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    void everyFailureBeyondTheMostDoublesTheWaitUpToTheLongest(Limit limit) {
        List<Counted> who = of(limit, "x");
        for (int i = 1; i < limit.most(); i++) {
            brake.charge(who);
            assertThat(brake.waitNanos(who)).isZero();
        }
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            brake.charge(who);
            waits.add(secondsToWait(who));
            pass(brake.waitNanos(who));
            assertThat(brake.waitNanos(who)).isZero();
        }
        assertThat(waits).containsExactly(5L, 10L, 20L, 40L);
        for (int i = 0; i < 20; i++) {
            brake.charge(who);
        }
        assertThat(secondsToWait(who)).isEqualTo(limit == Limit.ACCOUNT ? 60 : 900);
    }

    /** So much for whoever never stops: what is forgiven meanwhile keeps up with what is tried. */
    @Test
    void nobodyTriesMoreThanSomeHundredTimesADay() {
        List<Counted> who = of(Limit.PAIR, "x");
        long day = now.get() + Duration.ofDays(1).toNanos();
        int tried = 0;
        while (now.get() - day < 0) {
            brake.charge(who);
            tried++;
            pass(brake.waitNanos(who));
        }
        assertThat(tried).isBetween(200, 400);
    }

    @Test
    void whatWasRightCountsForNothing() {
        List<Counted> who = of(Limit.PAIR, "x");
        for (int i = 0; i < 100; i++) {
            brake.takeBack(brake.charge(who));
        }
        assertThat(brake.waitNanos(who)).isZero();
        for (int i = 0; i < 9; i++) {
            brake.charge(who);
        }
        List<Brake.Charge> right = brake.charge(who);
        assertThat(secondsToWait(who)).as("until it is known to be right").isEqualTo(5);
        brake.takeBack(right);
        assertThat(brake.waitNanos(who)).isZero();
    }

    @Test
    void whatWasRightEndsNoWaitThatOthersBegan() {
        List<Counted> who = of(Limit.ADDRESS, "x");
        for (int i = 0; i < 29; i++) {
            brake.charge(who);
        }
        List<Brake.Charge> right = brake.charge(who);
        pass(1);
        brake.charge(who);
        brake.takeBack(right);
        assertThat(secondsToWait(who)).isEqualTo(10);
    }

    @Test
    void failuresAreForgivenOneByOne() {
        List<Counted> who = of(Limit.PAIR, "x");
        for (int i = 0; i < 10; i++) {
            brake.charge(who);
        }
        pass(Duration.ofMinutes(11).toNanos());
        brake.charge(who);
        assertThat(brake.waitNanos(who)).as("two of ten are forgotten").isZero();
        brake.charge(who);
        assertThat(secondsToWait(who)).isEqualTo(5);
    }

    @Test
    void whatItRemembersIsBoundedHoweverManyAreTried() {
        for (int i = 0; i < Brake.MAX_ENTRIES + 1_000; i++) {
            brake.charge(of(Limit.PAIR, "guess " + i));
        }
        assertThat(brake.size()).isEqualTo(Brake.MAX_ENTRIES);
    }
}
