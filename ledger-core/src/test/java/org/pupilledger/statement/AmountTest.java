package org.pupilledger.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({"0,0,0", "7,7,7", "2462,2462,2462", "20,15,24", "500,450,549", "1500,1450,1549", "2460,2455,2464"})
    void aboutANumberMeansWhatIsRoundedToIt(long told, long low, long high) {
        Amount about = Amount.about(told);

        assertThat(about.low()).isEqualTo(low);
        assertThat(about.high()).isEqualTo(high);
        assertThat(about.admits(low - 1)).isFalse();
        assertThat(about.admits(high + 1)).isFalse();
    }

    @Property(tries = 200)
    void itIsBeyondANumberByAsMuchAsMakesItMeanTheNumber(
            @ForAll @IntRange(max = 500) int least,
            @ForAll @IntRange(max = 50) int more,
            @ForAll @IntRange int number) {
        for (Amount told : new Amount[] {
            Amount.exactly(least),
            Amount.about(least),
            Amount.between(least, (long) least + more),
            Amount.between(least, null)
        }) {
            assertThat(told.beyond(number) == 0).isEqualTo(told.admits(number));
            assertThat(told.admits(number + told.beyond(number))).isTrue();
        }
    }

    @Property(tries = 200)
    void twoCanMeanOneNumberWhereThereIsOneThatBothAdmit(
            @ForAll @IntRange(max = 120) int least,
            @ForAll @IntRange(max = 20) int more,
            @ForAll @IntRange(max = 120) int about) {
        Amount range = Amount.between(least, (long) least + more);

        assertThat(range.canMeanAs(Amount.about(about)))
                .isEqualTo(LongStream.rangeClosed(least, least + more).anyMatch(Amount.about(about)::admits));
    }

    @Test
    void readsAsItWasTold() {
        assertThat(Amount.exactly(520)).hasToString("520");
        assertThat(Amount.about(500)).hasToString("about 500");
        assertThat(Amount.between(20, 30L)).hasToString("20 to 30");
        assertThat(Amount.between(20, null)).hasToString("at least 20");
        assertThat(Amount.between(20, 20L)).isEqualTo(Amount.exactly(20));
    }

    @Test
    void aRangeEndsAfterItBeginsAndIsNotAboutRight() {
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.exactly(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.between(30, 20L));
        assertThatIllegalArgumentException().isThrownBy(() -> new Amount(20, 30L, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Amount(20, null, true));
    }
}
