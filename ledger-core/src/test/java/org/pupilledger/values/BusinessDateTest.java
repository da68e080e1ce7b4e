package org.pupilledger.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessDateTest {
    @ParameterizedTest
    @CsvSource({
        "2026-06-30T22:59:59Z, 2026-06",
        "2026-06-30T23:00:00Z, 2026-07",
        "2026-11-30T23:59:59Z, 2026-11",
        "2026-12-01T00:00:00Z, 2026-12"
    })
    void aMonthBeginsInLondon(Instant instant, YearMonth last) {
        assertThat(BusinessDate.monthsBegunBy(instant)).accepts(last).rejects(last.plusMonths(1));
    }
}
