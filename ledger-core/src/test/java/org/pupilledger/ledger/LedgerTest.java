package org.pupilledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.hamcrest.CustomMatcher;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.ledger.KeyRefused.Reason;
import org.pupilledger.ledger.LedgerEvent.KeyIntroduced;
import org.pupilledger.ledger.LedgerEvent.KeyRetired;
import org.pupilledger.ledger.LedgerEvent.Opened;

class LedgerTest {
    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
    private static final String KEY =
            "ledger.example/pupil-matching+a6af3f38+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";
    private static final String NEXT_KEY =
            "ledger.example/pupil-matching+78b8ec94+AT1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM";
    private static final String OTHER_NAME = "ledger.example/pupil" + KEY.substring(KEY.indexOf('+'));

    private final AggregateTestFixture<Ledger> ledger = new AggregateTestFixture<>(Ledger.class);

    @Test
    void aLedgerIsOpenedOnItsFirstDay() {
        ledger.givenNoPriorActivity()
                .when(new OpenLedger(FIRST_DAY))
                .expectEvents(new Opened(FIRST_DAY))
                .expectResultMessagePayload(FIRST_DAY);
    }

    @Test
    void itsFirstDayIsFixedForEver() {
        ledger.given(new Opened(FIRST_DAY))
                .when(new OpenLedger(FIRST_DAY.plusDays(1)))
                .expectNoEvents()
                .expectResultMessagePayload(FIRST_DAY);
    }

    @Test
    void aKeyIsIntroduced() {
        ledger.given(new Opened(FIRST_DAY))
                .when(new IntroduceKey(KEY))
                .expectEvents(new KeyIntroduced(KEY))
                .expectResultMessagePayload(true);
    }

    @Test
    void aKeyMayBeTheFirstFactAndTheLedgerIsStillOpenedOnItsFirstDay() {
        ledger.givenNoPriorActivity()
                .when(new IntroduceKey(KEY))
                .expectEvents(new KeyIntroduced(KEY))
                .expectResultMessagePayload(true);
        new AggregateTestFixture<>(Ledger.class)
                .given(new KeyIntroduced(KEY))
                .when(new OpenLedger(FIRST_DAY))
                .expectEvents(new Opened(FIRST_DAY))
                .expectResultMessagePayload(FIRST_DAY);
    }

    @Test
    void aKeyThatIsActiveIsNotIntroducedAgain() {
        ledger.given(new Opened(FIRST_DAY), new KeyIntroduced(KEY), new KeyIntroduced(NEXT_KEY))
                .when(new IntroduceKey(KEY))
                .expectNoEvents()
                .expectResultMessagePayload(false);
    }

    @Test
    void aSecondKeyOfTheSameNameIsIntroduced() {
        ledger.given(new Opened(FIRST_DAY), new KeyIntroduced(KEY))
                .when(new IntroduceKey(NEXT_KEY))
                .expectEvents(new KeyIntroduced(NEXT_KEY))
                .expectResultMessagePayload(true);
    }

    @Test
    void aKeyOfAnotherNameIsRefused() {
        ledger.given(new Opened(FIRST_DAY), new KeyIntroduced(KEY))
                .when(new IntroduceKey(OTHER_NAME))
                .expectNoEvents()
                .expectException(refused(Reason.OTHER_NAME));
    }

    @Test
    void theNameEndsAtTheFirstPlusSign() {
        String slashes = "a+0badc0de+AS+/";
        ledger.given(new KeyIntroduced("a+0badc0de+AS+/+"))
                .when(new IntroduceKey(slashes))
                .expectEvents(new KeyIntroduced(slashes));
    }

    @Test
    void aKeyIsRetiredWhereAnotherStaysActive() {
        ledger.given(new Opened(FIRST_DAY), new KeyIntroduced(KEY), new KeyIntroduced(NEXT_KEY))
                .when(new RetireKey(KEY))
                .expectEvents(new KeyRetired(KEY))
                .expectResultMessagePayload(true);
    }

    @Test
    void theLastActiveKeyIsNotRetired() {
        ledger.given(new KeyIntroduced(KEY), new KeyIntroduced(NEXT_KEY), new KeyRetired(KEY))
                .when(new RetireKey(NEXT_KEY))
                .expectNoEvents()
                .expectException(refused(Reason.LAST_ACTIVE));
    }

    @Test
    void aKeyThatIsNotActiveIsNotRetired() {
        ledger.given(new KeyIntroduced(KEY), new KeyIntroduced(NEXT_KEY), new KeyRetired(KEY))
                .when(new RetireKey(KEY))
                .expectNoEvents()
                .expectResultMessagePayload(false);
        new AggregateTestFixture<>(Ledger.class)
                .given(new Opened(FIRST_DAY))
                .when(new RetireKey(KEY))
                .expectNoEvents()
                .expectResultMessagePayload(false);
    }

    @Test
    void aRetiredKeyNeverComesBack() {
        ledger.given(new KeyIntroduced(KEY), new KeyIntroduced(NEXT_KEY), new KeyRetired(KEY))
                .when(new IntroduceKey(KEY))
                .expectNoEvents()
                .expectException(refused(Reason.RETIRED));
    }

    @Test
    void aRefusalRepeatsNothing() {
        assertThat(new KeyRefused(Reason.RETIRED))
                .hasMessage("This key was retired, and what it signs since must not be believed. Put another key in its"
                        + " place, or remove the file to have one made.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\n", "a\u00a0b", "caf\u00e9", "a\u007f", "a\u0000"})
    void aKeyIsPrintableAsciiWithoutWhiteSpace(String text) {
        assertRefusedEverywhere(text);
    }

    @Test
    void aKeyHas500CharactersAtMost() {
        assertThat(new KeyIntroduced("k".repeat(500)).verifierKey()).hasSize(500);
        assertRefusedEverywhere("k".repeat(501));
    }

    private static void assertRefusedEverywhere(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyIntroduced(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyRetired(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new IntroduceKey(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetireKey(text));
    }

    private static Matcher<Object> refused(Reason reason) {
        return new CustomMatcher<>("a refusal because " + reason) {
            @Override
            public boolean matches(@Nullable Object item) {
                return item instanceof KeyRefused refused && refused.reason() == reason;
            }
        };
    }
}
