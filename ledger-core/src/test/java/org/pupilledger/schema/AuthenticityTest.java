package org.pupilledger.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.schema.Leaf.StoredEvent;

class AuthenticityTest {
    private static final byte[] KEY = key(1);
    private static final byte[] NEXT_KEY = key(2);
    private static final byte[] PAYLOAD = "{\"inception\":\"2024-01-02\"}".getBytes(UTF_8);
    private static final String UNSALTED = "{\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"RECORDER\"}";
    private static final StoredEvent EVENT = LeafSamples.stored("ledger.opened", 1, PAYLOAD, UNSALTED);

    private final Authenticity authenticity = new Authenticity(List.of(KEY));

    static List<Object> events() {
        return EventSamples.all();
    }

    @Test
    void aSaltIsTheMacOfEverythingElseThatIsStored() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        byte[] message = """
                {"aggregateId":"3f2504e0-4f89-41d3-9a0c-0305e82c3301","aggregateType":"matching-request",\
                "eventId":"0e37df36-f698-11e6-8dd4-cb9ced3df976",\
                "metadata":{"actor":"a1","commandId":"c1","role":"RECORDER"},\
                "payload":{"inception":"2024-01-02"},"recordedAt":"2024-03-04T10:15:30.123456Z","rev":1,\
                "sequence":4,"type":"ledger.opened","v":"pupil-ledger/1"}""".getBytes(UTF_8);

        assertThat(authenticity.salt(EVENT)).isEqualTo(Base64.getEncoder().encodeToString(mac.doFinal(message)));
        assertThat(CanonicalWriter.bytesOf(CanonicalReader.treeOf(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatWasSaltedIsGenuineAndFitToBeALeaf(Object event) {
        EventTypes.EventType<?> type = EventSamples.typeOf(event);
        StoredEvent salted = salted(LeafSamples.stored(
                type.name(), type.version(), EventTypes.current().encode(event), UNSALTED));

        assertThat(authenticity.isGenuine(salted)).isTrue();
        assertThat(Leaf.parse(Leaf.bytesOf(salted)).event(EventTypes.current())).isEqualTo(event);
    }

    @Test
    void withoutTheKeyNothingIsGenuine() {
        Authenticity other = new Authenticity(List.of(NEXT_KEY));

        assertThat(other.isGenuine(salted(EVENT))).isFalse();
        assertThat(other.salt(EVENT)).isNotEqualTo(authenticity.salt(EVENT));
    }

    @Test
    void theFirstKeyMakesSaltsAndAllAreAccepted() {
        Authenticity changing = new Authenticity(List.of(NEXT_KEY, KEY));
        Authenticity changed = new Authenticity(List.of(NEXT_KEY));

        assertThat(changing.isGenuine(salted(EVENT))).isTrue();
        assertThat(changing.salt(EVENT)).isEqualTo(changed.salt(EVENT));
        assertThat(changing.isGenuine(salted(changed, EVENT))).isTrue();
        assertThat(changed.isGenuine(salted(EVENT))).isFalse();
    }

    @Test
    void itKeepsItsKeysWhateverBecomesOfTheArrays() {
        byte[] array = KEY.clone();
        Authenticity own = new Authenticity(List.of(array));
        Arrays.fill(array, (byte) 0);

        assertThat(own.salt(EVENT)).isEqualTo(authenticity.salt(EVENT));
    }

    @Test
    void aKeyHas32Bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Authenticity(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Authenticity(List.of(KEY, new byte[31])));
        assertThatIllegalArgumentException().isThrownBy(() -> new Authenticity(List.of(new byte[33])));
    }

    /** What may be changed in a row. */
    enum Column {
        AGGREGATE_TYPE,
        AGGREGATE_ID,
        SEQUENCE,
        EVENT_ID,
        RECORDED_AT,
        TYPE,
        REVISION,
        PAYLOAD,
        METADATA,
        SALT
    }

    @Property(tries = 2_000)
    void anyChangeMakesItNotGenuine(
            @ForAll Column column,
            @ForAll @StringLength(max = 12) String text,
            @ForAll @LongRange(max = (1L << 53) - 1) long number,
            @ForAll @IntRange int revision,
            @ForAll Random random) {
        StoredEvent was = salted(EVENT);
        StoredEvent now = switch (column) {
            case AGGREGATE_TYPE -> with(was, text, was.aggregateId(), was.eventId(), was.recordedAt(), was.type());
            case AGGREGATE_ID -> with(was, was.aggregateType(), text, was.eventId(), was.recordedAt(), was.type());
            case EVENT_ID -> with(was, was.aggregateType(), was.aggregateId(), text, was.recordedAt(), was.type());
            case RECORDED_AT -> with(was, was.aggregateType(), was.aggregateId(), was.eventId(), text, was.type());
            case TYPE -> with(was, was.aggregateType(), was.aggregateId(), was.eventId(), was.recordedAt(), text);
            case SEQUENCE ->
                with(
                        was,
                        number == was.sequence() ? number + 1 : number,
                        was.revision(),
                        was.payload(),
                        was.metadata());
            case REVISION -> with(was, was.sequence(), revision == 1 ? 2 : revision, was.payload(), was.metadata());
            case PAYLOAD -> with(was, was.sequence(), 1, changed(was.payload(), random), was.metadata());
            case METADATA -> with(was, was.sequence(), 1, was.payload(), changed(was.metadata(), random));
            case SALT ->
                with(
                        was,
                        was.sequence(),
                        1,
                        was.payload(),
                        withSalt(EVENT, text).metadata());
        };

        assertThat(authenticity.isGenuine(now)).as("%s changed", column).isFalse();
    }

    /** Texts of one event that are pushed over the border between two columns. */
    @Test
    void noTextStandsForTwoColumns() {
        StoredEvent was = salted(with(EVENT, "t", "a\",\"aggregateType\":\"t", "e", "r", "y"));
        StoredEvent now = with(was, "t\",\"aggregateType\":\"t", "a", "e", "r", "y");
        StoredEvent grown = with(
                was,
                was.sequence(),
                was.revision(),
                (new String(was.payload(), UTF_8) + ",\"recordedAt\":\"r\"").getBytes(UTF_8),
                was.metadata());

        assertThat(authenticity.isGenuine(was)).isTrue();
        assertThat(authenticity.isGenuine(now)).isFalse();
        assertThat(authenticity.isGenuine(grown)).isFalse();
    }

    @Test
    void aSaltWrittenInAnotherWayIsNotGenuine() {
        String salt = authenticity.salt(EVENT);
        String sameBytes = salt.substring(0, 42) + (char) (salt.charAt(42) + 1) + "=";
        assertThat(Base64.getDecoder().decode(sameBytes))
                .isEqualTo(Base64.getDecoder().decode(salt));

        assertThat(authenticity.isGenuine(withSalt(EVENT, sameBytes))).isFalse();
        assertThat(authenticity.isGenuine(withSalt(EVENT, salt.replace("=", ""))))
                .isFalse();
        assertThat(authenticity.isGenuine(withSalt(EVENT, salt))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"salt\":null}",
                "{\"salt\":5}",
                "{\"salt\":\"\"}",
                "{\"salt\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}",
                "{\"salt\":\"caf\u00e9\"}",
                "{\"salt\":\"\\ud83d\"}",
                "{\"salt\":\"\"} "
            })
    void malformedMetadataIsNotGenuine(String metadata) {
        assertThat(authenticity.isGenuine(LeafSamples.stored("ledger.opened", 1, PAYLOAD, metadata)))
                .isFalse();
    }

    @Test
    void whatHasNoJsonIsNotGenuine() {
        StoredEvent was = salted(EVENT);

        assertThat(authenticity.isGenuine(with(was, "\ud83d", "a", "e", "r", "t")))
                .isFalse();
        assertThat(authenticity.isGenuine(with(was, Long.MAX_VALUE, 1, PAYLOAD, was.metadata())))
                .isFalse();
        assertThat(authenticity.isGenuine(with(was, -1, 1, PAYLOAD, was.metadata())))
                .isFalse();
    }

    /** Whatever column is changed: as the two questions one after the other. */
    @Test
    void bothQuestionsAtOnceHaveTheSameAnswers() {
        StoredEvent was = salted(EVENT);
        byte[] leaf = Leaf.bytesOf(was);
        StoredEvent foreign = salted(new Authenticity(List.of(NEXT_KEY)), EVENT);
        byte[] foreignLeaf = Leaf.bytesOf(foreign);

        assertThat(authenticity.compare(was, leaf)).isEqualTo(Authenticity.Finding.GENUINE);
        assertThat(authenticity.compare(foreign, foreignLeaf)).isEqualTo(Authenticity.Finding.FOREIGN);
        assertThat(authenticity.compare(foreign, leaf)).isEqualTo(Authenticity.Finding.DIFFERENT);
        assertThat(authenticity.compare(was, foreignLeaf)).isEqualTo(Authenticity.Finding.DIFFERENT);
        for (int i = 0; i < leaf.length; i++) {
            byte[] other = leaf.clone();
            other[i] ^= 1;
            assertThat(authenticity.compare(was, other)).as("byte %d", i).isEqualTo(Authenticity.Finding.DIFFERENT);
            assertThat(authenticity.compare(was, Arrays.copyOf(leaf, i))).isEqualTo(Authenticity.Finding.DIFFERENT);
        }
        for (int i = 0; i < was.metadata().length; i++) {
            byte[] other = was.metadata().clone();
            other[i] ^= 1;
            assertThat(authenticity.compare(with(was, was.sequence(), was.revision(), was.payload(), other), leaf))
                    .as("byte %d of the metadata", i)
                    .isEqualTo(Authenticity.Finding.DIFFERENT);
        }
    }

    @Test
    void manyThreadsShareIt() throws Exception {
        String salt = authenticity.salt(EVENT);
        List<Callable<Boolean>> askers = new ArrayList<>();
        for (int asker = 0; asker < 8; asker++) {
            askers.add(() -> {
                boolean isSame = true;
                for (int i = 0; i < 2_000; i++) {
                    isSame &= authenticity.salt(EVENT).equals(salt) && authenticity.isGenuine(salted(EVENT));
                }
                return isSame;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> isSame : threads.invokeAll(askers)) {
                assertThat(isSame.get()).isTrue();
            }
        }
    }

    private StoredEvent salted(StoredEvent unsalted) {
        return salted(authenticity, unsalted);
    }

    private static StoredEvent salted(Authenticity authenticity, StoredEvent unsalted) {
        return withSalt(unsalted, authenticity.salt(unsalted));
    }

    /** The name {@code salt} comes last in the samples. */
    private static StoredEvent withSalt(StoredEvent unsalted, String salt) {
        String metadata = new String(unsalted.metadata(), UTF_8);
        String open = metadata.substring(0, metadata.length() - 1);
        return with(
                unsalted,
                unsalted.sequence(),
                unsalted.revision(),
                unsalted.payload(),
                (open + ",\"salt\":" + new String(CanonicalWriter.bytesOf(salt), UTF_8) + "}").getBytes(UTF_8));
    }

    private static StoredEvent with(
            StoredEvent event,
            String aggregateType,
            String aggregateId,
            String eventId,
            String recordedAt,
            String type) {
        return new StoredEvent(
                aggregateType,
                aggregateId,
                event.sequence(),
                eventId,
                recordedAt,
                type,
                event.revision(),
                event.payload(),
                event.metadata());
    }

    private static StoredEvent with(StoredEvent event, long sequence, int revision, byte[] payload, byte[] metadata) {
        return new StoredEvent(
                event.aggregateType(),
                event.aggregateId(),
                sequence,
                event.eventId(),
                event.recordedAt(),
                event.type(),
                revision,
                payload,
                metadata);
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed;
        do {
            changed = Mutation.byChance(bytes, random);
        } while (Arrays.equals(changed, bytes));
        return changed;
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[Authenticity.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
