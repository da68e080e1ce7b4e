package org.pupilledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupilledger.TestLedger.AUTHENTICITY;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.RECORDER;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.failure.NotYet;

/** What a wrong clock would date is refused, and what one has dated stops nobody. */
@Timeout(120)
@Isolated("it sets the clock of the process")
class RecordedTimesTest {
    private static final String FUTURE = "2099-01-01T00:00:00Z";
    private static final String PAST = "2020-01-01T00:00:00Z";

    private final Clock right = GenericEventMessage.clock;
    private TestLedger ledger;
    private int references;

    @BeforeEach
    void start() {
        ledger = TestLedger.started();
        ledger.awaitFolded();
    }

    @AfterEach
    void close() {
        GenericEventMessage.clock = right;
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {-73 * 365, 73 * 365, 1})
    void aClockThatIsNotThatOfTheDatabaseIsRefusedUntilItIsRight(long days) {
        GenericEventMessage.clock = Clock.offset(right, Duration.ofDays(days));

        refused("The clock of this program and that of the database", program(false));
        refused("The clock of this program and that of the database", program(true));

        GenericEventMessage.clock = right;
        record(program(false));
    }

    @Test
    void aClockThatIsALittleOffIsNot() {
        GenericEventMessage.clock =
                Clock.offset(right, RecordedTimes.APART.minusMinutes(1).negated());

        record(program(false));
    }

    @Test
    void eventsFarBehindTheLastOnesAreRefusedUnlessSomebodySaysThatTheClockIsRight() {
        dated(FUTURE, RecordedTimes.WITNESSES);

        refused("behind the times of the events that were recorded last", program(false));
        record(program(true));
    }

    @Test
    void eventsFarAheadOfTheLastOnesAreRefusedUnlessSomebodySaysThatTheClockIsRight() {
        dated(PAST, RecordedTimes.WITNESSES);

        refused("days ahead of the events that were recorded last", program(false));
        record(program(true));
    }

    @Test
    void aFewEventsThatAWrongClockDatedStopNothing() {
        for (int i = 0; i < RecordedTimes.WITNESSES; i++) {
            record(program(false));
        }
        dated(FUTURE, RecordedTimes.WITNESSES / 2 - 2);
        dated(PAST, 2);

        record(program(false));
    }

    private String reference() {
        return "2026-" + (1_000_000 + references++);
    }

    private void dated(String recordedAt, int events) {
        for (int i = 0; i < events; i++) {
            ledger.append("test", recordedAt, "test.happened", "{}".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Another program on the same ledger, which has looked at no clock yet. */
    private Commands program(boolean isClockConfirmed) {
        return new Commands(
                new LedgerStore(ledger.store().dataSource(), AUTHENTICITY, AUTHENTICITY, isClockConfirmed),
                () -> {},
                () -> null);
    }

    private void record(Commands commands) {
        long before = ledger.number("select count(*) from event");
        commands.send(new TestRequests(ledger.organisations()).live(DWP, "2026-05", 12, reference()), RECORDER);
        assertThat(commands.failure()).isNull();
        assertThat(ledger.number("select count(*) from event")).isEqualTo(before + 1);
    }

    private void refused(String because, Commands commands) {
        long before = ledger.number("select count(*) from event");
        assertThatThrownBy(() -> commands.send(
                        new TestRequests(ledger.organisations()).live(DWP, "2026-05", 12, reference()), RECORDER))
                .isInstanceOfSatisfying(
                        NotYet.class, early -> assertThat(early.what()).isEqualTo(NotYet.What.TIMED))
                .hasMessageContaining(because);
        assertThat(commands.failure()).contains(because);
        assertThat(ledger.number("select count(*) from event")).isEqualTo(before);
    }
}
