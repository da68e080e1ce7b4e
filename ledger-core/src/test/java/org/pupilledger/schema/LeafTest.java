package org.pupilledger.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.merkle.TreeHash;

class LeafTest {
    private static final byte[] PAYLOAD = "{\"inception\":\"2024-01-02\"}".getBytes(UTF_8);

    private final EventTypes types = EventTypes.current();

    static List<Object> events() {
        return EventSamples.all();
    }

    /** Design, 6: every column that Axon trusts is bound, in canonical order, and no other. */
    @Test
    void aLeafHasItsDocumentedShape() throws Exception {
        Mac hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec(LeafSamples.SALT, "HmacSHA256"));
        String digest = Base64.getEncoder()
                .encodeToString(
                        hmac.doFinal("{\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"RECORDER\"}".getBytes(UTF_8)));

        assertThat(LeafSamples.leaf("ledger.opened", 1, PAYLOAD))
                .asString(UTF_8)
                .isEqualTo("""
                        {"aggregateId":"3f2504e0-4f89-41d3-9a0c-0305e82c3301","aggregateType":"matching-request",\
                        "eventId":"0e37df36-f698-11e6-8dd4-cb9ced3df976","metadataDigest":"%s",\
                        "payload":{"inception":"2024-01-02"},"recordedAt":"2024-03-04T10:15:30.123456Z","rev":1,\
                        "sequence":4,"type":"ledger.opened","v":"pupil-ledger/1"}""".formatted(digest));
    }

    /** RFC 9162, 2.1.1. */
    @Test
    void itsHashIsThatOfAMerkleLeaf() throws Exception {
        byte[] leaf = LeafSamples.leaf("ledger.opened", 1, PAYLOAD);
        byte[] prefixed = new byte[leaf.length + 1];
        System.arraycopy(leaf, 0, prefixed, 1, leaf.length);

        assertThat(TreeHash.ofLeaf(leaf))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(prefixed));
    }

    @ParameterizedTest
    @MethodSource("events")
    void aLeafIsReadAsTheEventThatItWasMadeOf(Object event) {
        Leaf leaf = Leaf.parse(LeafSamples.leaf(event));

        assertThat(leaf.event(types)).isEqualTo(event);
        assertThat(leaf.aggregateId()).isEqualTo("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
        assertThat(leaf.recordedAt()).isEqualTo("2024-03-04T10:15:30.123456Z");
        assertThat(leaf.sequence()).isEqualTo(4);
        assertThat(leaf.type()).isEqualTo(EventSamples.typeOf(event).name());
    }

    @Test
    void aLeafThatIsCanonicalIsAlsoReadAsATree() {
        for (Object event : EventSamples.all()) {
            byte[] leaf = LeafSamples.leaf(event);

            assertThat(CanonicalWriter.bytesOf(CanonicalReader.treeOf(leaf))).isEqualTo(leaf);
        }
    }

    @Test
    void anotherSaltOrActorIsAnotherLeaf() {
        byte[] leaf = LeafSamples.leaf("ledger.opened", 1, PAYLOAD);
        String otherSalt = LeafSamples.METADATA.replace("\"salt\":\"AAEC", "\"salt\":\"AAED");
        String otherActor = LeafSamples.METADATA.replace("a1", "a2");

        assertThat(Leaf.bytesOf(LeafSamples.stored("ledger.opened", 1, PAYLOAD, otherSalt)))
                .hasSameSizeAs(leaf)
                .isNotEqualTo(leaf);
        assertThat(Leaf.bytesOf(LeafSamples.stored("ledger.opened", 1, PAYLOAD, otherActor)))
                .hasSameSizeAs(leaf)
                .isNotEqualTo(leaf);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"actor\":\"a1\"}",
                "{\"salt\":null}",
                "{\"salt\":5}",
                "{\"salt\":\"\"}",
                "{\"salt\":\"AAECAwQFBgcICQoLDA0ODw==\"}",
                "{\"salt\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g\"}",
                "{\"salt\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH!8=\"}",
                "{\"salt\":\"\u00c4AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}",
                "{\"salt\":\"\\ud83d\"}",
                "{ \"salt\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}"
            })
    void withoutASaltOf32BytesThereIsNoLeaf(String metadata) {
        assertThatExceptionOfType(UnreadableEvent.class)
                .isThrownBy(() -> Leaf.bytesOf(LeafSamples.stored("ledger.opened", 1, PAYLOAD, metadata)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "5",
                "{\"a\": 1}",
                "{\"b\":1,\"a\":1}",
                "{\"a\":1.0}",
                "{}x",
                "{\"a\":\"\\ud83d\"}"
            })
    void aPayloadThatIsNoCanonicalObjectMakesNoLeaf(String payload) {
        assertThatExceptionOfType(UnreadableEvent.class)
                .isThrownBy(() -> LeafSamples.leaf("ledger.opened", 1, payload.getBytes(UTF_8)));
    }

    @Test
    void theLongestLeafHas65535Bytes() {
        byte[] shortest = LeafSamples.leaf("ledger.opened", 1, "{\"a\":\"\"}".getBytes(UTF_8));
        int room = Leaf.MAX_BYTES - shortest.length;

        assertThat(LeafSamples.leaf("ledger.opened", 1, longPayload(room))).hasSize(65_535);
        assertThatExceptionOfType(UnreadableEvent.class)
                .isThrownBy(() -> LeafSamples.leaf("ledger.opened", 1, longPayload(room + 1)));
    }

    private static byte[] longPayload(int length) {
        return ("{\"a\":\"" + "x".repeat(length) + "\"}").getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "}",
                "{}",
                "{}}",
                "}}",
                "{\"aggregateId\":\"a\"}",
                "null",
                "\u0000",
                "{\"aggregateId\":\"\\ud83d\"}}"
            })
    void whatIsNoLeafIsUnreadable(String leaf) {
        assertThatExceptionOfType(UnreadableEvent.class).isThrownBy(() -> Leaf.parse(leaf.getBytes(UTF_8)));
    }

    @Test
    void aLeafOfAnotherVersionIsUnreadable() {
        String leaf = new String(LeafSamples.leaf("ledger.opened", 1, PAYLOAD), UTF_8)
                .replace("pupil-ledger/1", "pupil-ledger/2");

        assertThatExceptionOfType(UnreadableEvent.class).isThrownBy(() -> Leaf.parse(leaf.getBytes(UTF_8)));
    }

    @Test
    void aLeafShowsNothingOfItselfInALog() {
        assertThat(Leaf.parse(LeafSamples.leaf("ledger.opened", 1, PAYLOAD)).toString())
                .matches("leaf of [0-9]+ bytes, -?[0-9]+");
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void aDamagedLeafIsRefusedOrIsAnotherLeaf(@ForAll Random random) {
        for (Object event : EventSamples.all()) {
            byte[] leaf = LeafSamples.leaf(event);
            for (int i = 0; i < 5; i++) {
                assertCanonicalOrUnreadable(Mutation.byChance(leaf, random));
            }
        }
    }

    /** What is of a later version than it says would be read as less than it tells. */
    @Test
    void aLeafThatClaimsAnEarlierVersionIsUnreadable() {
        for (Object event : EventSamples.all()) {
            if (EventSamples.typeOf(event).version() == 2) {
                String leaf = new String(LeafSamples.leaf(event), UTF_8);
                byte[] earlier = leaf.replace("\"rev\":2,", "\"rev\":1,").getBytes(UTF_8);

                assertThat(new String(earlier, UTF_8)).isNotEqualTo(leaf);
                assertThatExceptionOfType(UnreadableEvent.class)
                        .as("%s", event)
                        .isThrownBy(() -> Leaf.parse(earlier).event(types));
            }
        }
    }

    @Test
    void aLeafWithAnOddValueIsRefusedOrIsAnotherLeaf() {
        byte[] leaf = LeafSamples.leaf("ledger.opened", 1, PAYLOAD);

        Mutation.everywhere(CanonicalReader.treeOf(leaf), this::assertCanonicalOrUnreadable);
    }

    /** Where a leaf and its event can be read, the whole of it is canonical, and the payload is that of the event. */
    private void assertCanonicalOrUnreadable(byte[] bytes) {
        Object event;
        try {
            event = Leaf.parse(bytes).event(types);
        } catch (UnreadableEvent refused) {
            return;
        }
        String text = new String(bytes, UTF_8);
        boolean isSame = Arrays.equals(CanonicalWriter.bytesOf(CanonicalReader.treeOf(bytes)), bytes)
                && text.contains("\"payload\":" + new String(types.encode(event), UTF_8) + ",\"recordedAt\"");
        if (!isSame) {
            assertThat(text)
                    .as("a leaf that can be read and is not what would be written")
                    .isEmpty();
        }
    }
}
