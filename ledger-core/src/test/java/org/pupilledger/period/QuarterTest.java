package org.pupilledger.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuarterTest {
    @ParameterizedTest
    @CsvSource({
        "2023-01, 2023-Q1, 2023-01, 2023-03",
        "2023-03, 2023-Q1, 2023-01, 2023-03",
        "2023-04, 2023-Q2, 2023-04, 2023-06",
        "2023-09, 2023-Q3, 2023-07, 2023-09",
        "2023-12, 2023-Q4, 2023-10, 2023-12",
        "1970-01, 1970-Q1, 1970-01, 1970-03",
        "9999-12, 9999-Q4, 9999-10, 9999-12"
    })
    void aMonthIsInOneQuarter(YearMonth month, String quarter, YearMonth first, YearMonth last) {
        Quarter of = Quarter.of(month);

        assertThat(of).hasToString(quarter);
        assertThat(of.first()).isEqualTo(first);
        assertThat(of.last()).isEqualTo(last);
        assertThat(Quarter.parse(quarter)).contains(of);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023",
                "2023-Q0",
                "2023-Q5",
                "2023-q3",
                "2023Q3",
                "2023-3",
                "2023-Q33",
                " 2023-Q3",
                "2023-Q3\n",
                "02023-Q3",
                "-2023-Q3",
                "1969-Q4",
                "0000-Q1",
                "\u0662\u0660\u0662\u0663-Q3"
            })
    void nothingElseIsRead(String text) {
        assertThat(Quarter.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1969, 4", "10000, 1", "2023, 0", "2023, 5", "2023, -1", "-1, 1"})
    void nothingElseIsAQuarter(int year, int number) {
        assertThatThrownBy(() -> new Quarter(year, number)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void aMonthOutsideTheYearsIsInNone() {
        assertThatThrownBy(() -> Quarter.of(YearMonth.of(1969, 12))).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> Quarter.of(YearMonth.of(10_000, 1))).isInstanceOf(DateTimeException.class);
    }

    @Test
    void quartersAreInTheOrderOfTime() {
        assertThat(Stream.of("2024-Q1", "2023-Q4", "1970-Q1", "2023-Q2")
                        .map(text -> Quarter.parse(text).orElseThrow())
                        .sorted()
                        .map(Quarter::toString))
                .containsExactly("1970-Q1", "2023-Q2", "2023-Q4", "2024-Q1");
        assertThat(new Quarter(2023, 3)).isEqualByComparingTo(new Quarter(2023, 3));
    }
}
