package org.pupilledger.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.schema.Leaf.StoredEvent;

/** An event is compared with a leaf as if the leaf were made of it. */
class LeafComparisonTest {
    private static final long SEED = 20261121;
    private static final String SALT = LeafSamples.METADATA.replaceAll(".*\"salt\":\"(.*)\"}", "$1");

    private static StoredEvent event(String type, byte[] payload, String metadata) {
        return LeafSamples.stored(type, 2, payload, metadata);
    }

    private static final StoredEvent EVENT =
            event("test.happened", "{\"a\":{\"recordedAt\":\"x\"},\"b\":[1,2]}".getBytes(UTF_8), LeafSamples.METADATA);

    @Test
    void aLeafIsOfItsEvent() {
        assertThat(Leaf.isOf(EVENT, Leaf.bytesOf(EVENT))).isTrue();
    }

    @Test
    void aLeafIsOfNoOtherEvent() {
        byte[] leaf = Leaf.bytesOf(EVENT);
        for (StoredEvent other : others(EVENT)) {
            assertThat(Leaf.isOf(other, leaf)).as("%s", other).isFalse();
        }
    }

    /** Each column changed, and what stands in one moved into its neighbour. */
    private static List<StoredEvent> others(StoredEvent of) {
        List<StoredEvent> others = new ArrayList<>();
        for (String text : List.of("", "x", "\"", "\\", "\u0001", "\u00e4", "\ud83d", "a\",\"type\":\"b")) {
            others.add(with(of, 0, text));
            others.add(with(of, 1, text));
            others.add(with(of, 2, text));
            others.add(with(of, 3, text));
            others.add(with(of, 4, text));
            others.add(with(of, 0, of.aggregateType() + text + "x"));
            others.add(with(of, 4, of.type() + text + "x"));
        }
        String payload = new String(of.payload(), UTF_8);
        for (String other : List.of(
                "",
                "{}",
                payload + " ",
                payload.substring(1),
                payload.substring(0, payload.length() - 1),
                payload.replace("1", "3"),
                payload + ",\"recordedAt\":\"" + of.recordedAt() + "\",\"rev\":2")) {
            others.add(new StoredEvent(
                    of.aggregateType(),
                    of.aggregateId(),
                    of.sequence(),
                    of.eventId(),
                    of.recordedAt(),
                    of.type(),
                    of.revision(),
                    other.getBytes(UTF_8),
                    of.metadata()));
        }
        for (long[] numbers : new long[][] {{5, 2}, {44, 2}, {4, 22}, {4, -2}, {-4, 2}, {4, 0}}) {
            others.add(new StoredEvent(
                    of.aggregateType(),
                    of.aggregateId(),
                    numbers[0],
                    of.eventId(),
                    of.recordedAt(),
                    of.type(),
                    (int) numbers[1],
                    of.payload(),
                    of.metadata()));
        }
        return others;
    }

    private static StoredEvent with(StoredEvent of, int column, String text) {
        return new StoredEvent(
                column == 0 ? text : of.aggregateType(),
                column == 1 ? text : of.aggregateId(),
                of.sequence(),
                column == 2 ? text : of.eventId(),
                column == 3 ? text : of.recordedAt(),
                column == 4 ? text : of.type(),
                of.revision(),
                of.payload(),
                of.metadata());
    }

    /** The same members, salt and all, but not the same bytes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"commandId\":\"c1\",\"actor\":\"a1\",\"role\":\"RECORDER\",\"salt\":\"SALT\"}",
                "{\"salt\":\"SALT\",\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"RECORDER\"}",
                "{\"actor\":\"a1\",\"salt\":\"SALT\",\"commandId\":\"c1\",\"role\":\"RECORDER\"}",
                "{\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"RECORDER\",\"salt\":\"SALT\"} ",
                "{\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"RECORDER\", \"salt\":\"SALT\"}",
                "{\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"RECORDER\",\"salt\":\"SALT\",}",
                "{\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"RECORDER\",\"salt\":\"SALT\",\"salt\":\"SALT\"}",
                "{\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"RECORDER\",\"s\\u0061lt\":\"SALT\"}",
                "{\"actor\":\"a\\u0031\",\"commandId\":\"c1\",\"role\":\"RECORDER\",\"salt\":\"SALT\"}",
                "{\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"RECORDER\",\"salt\":\"OTHER\"}",
                "{\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"RECORDER\",\"salt\":\"UNPADDED\"}",
                "{\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"APPROVER\",\"salt\":\"SALT\"}",
                "{\"salt\":\"SALT\"}",
                "{}",
                ""
            })
    void metadataThatIsWrittenInAnotherWayIsOther(String metadata) {
        // base64 of 32 bytes has two bits to spare in its last digit
        String stray = SALT.substring(0, SALT.length() - 2) + (char) (SALT.charAt(SALT.length() - 2) + 1) + "=";
        String written = metadata.replace("SALT", SALT)
                .replace("OTHER", stray)
                .replace("UNPADDED", SALT.substring(0, SALT.length() - 1));

        assertThat(Leaf.isOf(event("test.happened", EVENT.payload(), written), Leaf.bytesOf(EVENT)))
                .isFalse();
    }

    @Test
    void theSaltMayStandAnywhereAmongTheMembersAsLongAsTheyAreInOrder() {
        for (String metadata : List.of(
                "{\"salt\":\"SALT\"}",
                "{\"salt\":\"SALT\",\"zeal\":\"much\"}",
                "{\"actor\":\"a\",\"salt\":\"SALT\"}",
                "{\"actor\":{\"salt\":\"in\"},\"salt\":\"SALT\",\"zeal\":[\"salt\",1,null,true]}")) {
            StoredEvent event = event("t", "{}".getBytes(UTF_8), metadata.replace("SALT", SALT));
            StoredEvent unsalted = event("t", "{}".getBytes(UTF_8), metadata.replace("SALT", "x"));

            assertThat(Leaf.isOf(event, Leaf.bytesOf(event))).as(metadata).isTrue();
            assertThat(new String(Metadata.parse(unsalted.metadata()).unsalted(), UTF_8))
                    .isEqualTo(metadata.replace(",\"salt\":\"SALT\"", "")
                            .replace("\"salt\":\"SALT\",", "")
                            .replace("\"salt\":\"SALT\"", ""));
        }
    }

    @Test
    void anyOtherBytesAreNotALeafOfTheEvent() {
        Random random = new Random(SEED);
        byte[] leaf = Leaf.bytesOf(EVENT);
        for (int i = 0; i < 20_000; i++) {
            byte[] other =
                    random.nextInt(4) == 0 ? Arrays.copyOf(leaf, random.nextInt(leaf.length + 20)) : leaf.clone();
            if (other.length > 0) {
                other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThat(Leaf.isOf(EVENT, other)).as("round %d, seed %d", i, SEED).isEqualTo(Arrays.equals(leaf, other));
        }
    }
}
