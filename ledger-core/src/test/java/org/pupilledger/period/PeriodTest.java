package org.pupilledger.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.YearMonth;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
    private static Period period(String text) {
        return Period.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "2018-04, MONTH, 2018-04, 2018-04",
        "2018-Q2, QUARTER, 2018-04, 2018-06",
        "2018-Q4, QUARTER, 2018-10, 2018-12",
        "2018, YEAR, 2018-01, 2018-12",
        "2018-04/2018-04, TOTAL, 2018-04, 2018-04",
        "2017-12/2018-06, TOTAL, 2017-12, 2018-06"
    })
    void isReadAsItIsWritten(String text, By by, YearMonth from, YearMonth to) {
        assertThat(period(text)).isEqualTo(new Period(by, from, to)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "2018-",
                "2018-00",
                "2018-13",
                "2018-4",
                "2018-Q0",
                "2018-Q5",
                "2018-q2",
                "18",
                "2018-04-01",
                "+2018-04",
                "2018-04/",
                "/2018-04",
                "2018-04/2018-03",
                "2018-Q1/2018-Q2",
                "2018-04/2018-05/2018-06",
                "2018-04\n",
                "\u0662\u0660\u0662\u0663-04"
            })
    void nothingElseIsRead(String text) {
        assertThat(Period.parse(text)).isEmpty();
    }

    @Test
    void endsNotBeforeItBegins() {
        YearMonth april = YearMonth.of(2018, 4);

        assertThatThrownBy(() -> Period.range(april, april.minusMonths(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Period.months(april, april)).isEqualTo(period("2018-04"));
        assertThat(Period.months(april, april.plusMonths(1))).isEqualTo(period("2018-04/2018-05"));
    }

    @Test
    void isInTheOrderOfTime() {
        assertThat(Stream.of("2018-Q2", "2018-05", "2018", "2018-04", "2018-04/2018-04", "2017-Q4")
                        .map(PeriodTest::period)
                        .sorted()
                        .map(Period::toString))
                .containsExactly("2017-Q4", "2018", "2018-04", "2018-04/2018-04", "2018-Q2", "2018-05");
    }

    @Test
    void isMadeOfMonthsAndOfOtherPeriods() {
        assertThat(period("2018-Q2").months().map(YearMonth::toString))
                .containsExactly("2018-04", "2018-05", "2018-06");
        assertThat(period("2017-12/2018-04").split(By.QUARTER).map(Period::toString))
                .containsExactly("2017-Q4", "2018-Q1", "2018-Q2");
        assertThat(period("2018-Q2").split(By.TOTAL).map(Period::toString)).containsExactly("2018-04/2018-06");
        assertThat(period("2018").contains(period("2018-Q4"))).isTrue();
        assertThat(period("2018-Q4").contains(period("2018"))).isFalse();
        assertThat(period("2018-Q4").overlaps(period("2018-12/2019-01"))).isTrue();
        assertThat(period("2018-Q4").overlaps(period("2019-01"))).isFalse();
    }
}
