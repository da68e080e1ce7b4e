package org.pupilledger.past;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.period.Quarter;

class NamedEditionTest {
    private static final Quarter QUARTER = Quarter.parse("2023-Q3").orElseThrow();

    @Test
    void anEditionIsItsNewestRevisionOrAGivenOne() {
        assertThat(NamedEdition.parse("2023-Q3")).contains(new NamedEdition(QUARTER, null));
        assertThat(NamedEdition.parse("2023-Q3.1")).contains(new NamedEdition(QUARTER, 1));
        assertThat(NamedEdition.parse("2023-Q3.999999999")).contains(new NamedEdition(QUARTER, 999_999_999));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023",
                "2023-Q5",
                "2023-q3",
                "1969-Q4",
                "2023-Q3.",
                "2023-Q3.0",
                "2023-Q3.01",
                "2023-Q3.-1",
                "2023-Q3.1.1",
                "2023-Q3.1 ",
                "2023-Q3.1000000000"
            })
    void thereIsNoOtherSpelling(String text) {
        assertThat(NamedEdition.parse(text)).isEmpty();
    }
}
