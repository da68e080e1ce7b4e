package org.pupilledger.ledger;

import java.time.LocalDate;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;
import org.pupilledger.ledger.LedgerEvent.Opened;

class LedgerTest {
    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);

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
}
