package org.pupilledger.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.schema.EventTypes.EventType;
import org.pupilledger.schema.EventTypes.Upcaster;

/** An old form of an event is brought up, version by version, to the form that this program knows. */
class UpcasterTest {
    private static final String NAME = "ledger.opened";

    /** Version 0, which never was, wrote the date in three parts and called it something else. */
    private static final byte[] VERSION_0 =
            "{\"begin\":{\"day\":\"02\",\"month\":\"01\",\"year\":\"2024\"}}".getBytes(UTF_8);

    private static final byte[] VERSION_1 = "{\"firstDay\":\"2024-01-02\"}".getBytes(UTF_8);
    private static final LedgerEvent.Opened OPENED = new LedgerEvent.Opened(LocalDate.of(2024, 1, 2));

    private static final Upcaster FROM_0 = new Upcaster(NAME, 0, members -> {
        Map<?, ?> begin = (Map<?, ?>) members.get("begin");
        return begin == null
                ? members
                : Map.of("firstDay", begin.get("year") + "-" + begin.get("month") + "-" + begin.get("day"));
    });
    private static final Upcaster FROM_1 = new Upcaster(NAME, 1, members -> {
        Map<String, @Nullable Object> now = new HashMap<>(members);
        now.put("inception", now.remove("firstDay"));
        return now;
    });

    @Test
    void anOldSampleIsReadAsTheEventOfToday() {
        EventTypes types = types(2, FROM_0, FROM_1);

        assertThat(types.decode(NAME, 0, VERSION_0)).isEqualTo(OPENED);
        assertThat(types.decode(NAME, 1, VERSION_1)).isEqualTo(OPENED);
        assertThat(types.decode(NAME, 2, types.encode(OPENED))).isEqualTo(OPENED);
    }

    @Test
    void anOldSampleInALeafIsReadAsTheEventOfToday() {
        byte[] leaf = LeafSamples.leaf(NAME, 0, VERSION_0);

        assertThat(Leaf.parse(leaf).event(types(2, FROM_0, FROM_1))).isEqualTo(OPENED);
    }

    @Test
    void withoutAWayUpAnOldSampleIsUnreadable() {
        assertUnreadable(types(2, FROM_1), NAME, 0, VERSION_0);
        assertUnreadable(types(2, FROM_0), NAME, 0, VERSION_0);
        assertUnreadable(types(2, FROM_0, FROM_1, FROM_1), NAME, 1, VERSION_1);
        assertUnreadable(types(2, FROM_0, new Upcaster("other", 1, members -> members)), NAME, 0, VERSION_0);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void anUnknownVersionIsUnreadable(int version) {
        assertUnreadable(EventTypes.current(), NAME, version, "{\"inception\":\"2024-01-02\"}".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ledger", "ledger.Opened", "java.lang.String", "org.pupilledger.ledger.LedgerEvent$Opened"})
    void anUnknownNameIsUnreadable(String name) {
        assertUnreadable(EventTypes.current(), name, 1, "{\"inception\":\"2024-01-02\"}".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "5",
                "{\"begin\":{}}",
                "{\"begin\":5}",
                "{\"begin\":null}",
                "{\"begin\" :1}",
                "{}"
            })
    void anOldSampleThatIsNotWhatItsVersionPromisesIsUnreadable(String payload) {
        assertUnreadable(types(2, FROM_0, FROM_1), NAME, 0, payload.getBytes(UTF_8));
    }

    private static void assertUnreadable(EventTypes types, String name, int version, byte[] payload) {
        assertThatExceptionOfType(UnreadableEvent.class).isThrownBy(() -> types.decode(name, version, payload));
    }

    /** The current form of the event, as though it were {@code version}. */
    private static EventTypes types(int version, Upcaster... upcasters) {
        return new EventTypes(
                List.of(new EventType<>(NAME, version, LedgerEvent.Opened.class, LedgerJson.OPENED)),
                List.of(upcasters));
    }
}
