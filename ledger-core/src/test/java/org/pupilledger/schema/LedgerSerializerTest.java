package org.pupilledger.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.canonical.UnreadableEvent;

class LedgerSerializerTest {
    private final LedgerSerializer serializer = new LedgerSerializer(EventTypes.current());

    static List<Object> events() {
        return EventSamples.all();
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsStoredUnderItsOwnNameAndVersion(Object event) {
        SerializedObject<byte[]> stored = serializer.serialize(event, byte[].class);

        assertThat(stored.getType().getName())
                .isEqualTo(EventSamples.typeOf(event).name());
        assertThat(stored.getType().getRevision())
                .isEqualTo(String.valueOf(EventSamples.typeOf(event).version()));
        assertThat(stored.getData()).isEqualTo(EventTypes.current().encode(event));
        assertThat(serializer.classForType(stored.getType())).isEqualTo(event.getClass());
        assertThat(read(stored)).isEqualTo(event);
    }

    @Test
    void metadataIsCanonicalToo() {
        MetaData metadata = MetaData.from(Map.of("role", "RECORDER", "actor", "a1", "salt", "AA=="));
        SerializedObject<byte[]> stored = serializer.serialize(metadata, byte[].class);

        assertThat(stored.getData())
                .asString(UTF_8)
                .isEqualTo("{\"actor\":\"a1\",\"role\":\"RECORDER\",\"salt\":\"AA==\"}");
        assertThat(read(stored)).isEqualTo(metadata);
    }

    @Test
    void aPositionIsANumber() {
        SerializedObject<String> stored = serializer.serialize(new GlobalSequenceTrackingToken(41), String.class);

        assertThat(stored.getData()).isEqualTo("41");
        assertThat(stored.getType().getName()).isEqualTo("position");
        assertThat(read(stored)).isEqualTo(new GlobalSequenceTrackingToken(41));
    }

    @Test
    void nothingIsStoredAsNothing() {
        assertThat(read(serializer.serialize(null, byte[].class))).isNull();
    }

    @Test
    void whatIsNoEventIsNotStored() {
        assertThatIllegalArgumentException().isThrownBy(() -> serializer.serialize("text", byte[].class));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> serializer.serialize(MetaData.with("call", new Object()), byte[].class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    java.lang.String                       | none | "text"
                    org.pupilledger.request.RequestEvent   | 1    | {}
                    ledger.opened                          | none | {"inception":"2024-01-02"}
                    ledger.opened                          | one  | {"inception":"2024-01-02"}
                    ledger.opened                          | 0    | {"inception":"2024-01-02"}
                    ledger.opened                          | 2    | {"inception":"2024-01-02"}
                    ledger.opened                          | 1    | {"inception":"2024-01-32"}
                    ledger.opened                          | 1    | {"inception":null}
                    position                               | none | {}
                    position                               | none | 1.0
                    org.axonframework.messaging.MetaData   | none | []
                    """)
    void whatIsStoredUnderAnyOtherNameVersionOrFormIsUnreadable(String name, @Nullable String revision, String data) {
        SerializedObject<byte[]> stored = new SimpleSerializedObject<>(
                data.getBytes(UTF_8), byte[].class, new SimpleSerializedType(name, revision));

        assertThatExceptionOfType(UnreadableEvent.class).isThrownBy(() -> read(stored));
    }

    @Test
    void aTypeThatIsNotKnownIsSaidToBeUnknown() {
        assertThat(serializer.classForType(new SimpleSerializedType("java.lang.String", null)))
                .isEqualTo(UnknownSerializedType.class);
    }

    private @Nullable Object read(SerializedObject<?> stored) {
        return serializer.deserialize(stored);
    }
}
