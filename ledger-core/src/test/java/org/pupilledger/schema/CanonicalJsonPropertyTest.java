package org.pupilledger.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.schema.EventTypes.EventType;

/** One value has one spelling: bytes that are read are the bytes that would be written, and all others are refused. */
class CanonicalJsonPropertyTest {
    private static final int MUTANTS = 20;
    private static final List<Integer> EDGES =
            List.of(0x0, 0x1f, 0x22, 0x5c, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x1f600, 0x10ffff);

    private final EventTypes types = EventTypes.current();

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAsItWas(@ForAll Random random) {
        Object tree = tree(3, random);
        byte[] bytes = CanonicalWriter.bytesOf(tree);

        assertThat(CanonicalReader.treeOf(bytes)).isEqualTo(tree);
        assertThat(CanonicalWriter.bytesOf(CanonicalReader.treeOf(bytes))).isEqualTo(bytes);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void damagedBytesAreRefusedOrAreAnotherValue(@ForAll Random random) {
        byte[] bytes = CanonicalWriter.bytesOf(tree(3, random));
        for (int i = 0; i < MUTANTS; i++) {
            assertCanonicalOrUnreadable(Mutation.byChance(bytes, random));
        }
    }

    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void aDamagedEventIsRefusedOrIsAnotherEvent(@ForAll Random random) {
        for (Object event : EventSamples.all()) {
            byte[] bytes = types.encode(event);
            for (int i = 0; i < MUTANTS; i++) {
                assertSameBytesOrUnreadable(EventSamples.typeOf(event), Mutation.byChance(bytes, random));
            }
        }
    }

    @Test
    void anEventWithAnOddValueIsRefusedOrIsAnotherEvent() {
        for (Object event : EventSamples.all()) {
            EventType<?> type = EventSamples.typeOf(event);
            Mutation.everywhere(
                    CanonicalReader.treeOf(types.encode(event)), bytes -> assertSameBytesOrUnreadable(type, bytes));
        }
    }

    private static void assertCanonicalOrUnreadable(byte[] bytes) {
        Object tree;
        try {
            tree = CanonicalReader.treeOf(bytes);
        } catch (UnreadableEvent refused) {
            return;
        }
        assertSameBytes(CanonicalWriter.bytesOf(tree), bytes);
    }

    private void assertSameBytesOrUnreadable(EventType<?> type, byte[] bytes) {
        Object event;
        try {
            event = types.decode(type.name(), type.version(), bytes);
        } catch (UnreadableEvent refused) {
            return;
        }
        assertSameBytes(types.encode(event), bytes);
    }

    /** Asserts only where it fails: an assertion for each of so many costs more than all else. */
    private static void assertSameBytes(byte[] again, byte[] bytes) {
        if (!Arrays.equals(again, bytes)) {
            assertThat(again).asString().isEqualTo(new String(bytes, UTF_8));
        }
    }

    private static @Nullable Object tree(int levels, Random random) {
        return switch (random.nextInt(levels == 0 ? 5 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong(-100, 100);
            case 3 -> random.nextLong(-CanonicalWriter.MAX_INTEGER, CanonicalWriter.MAX_INTEGER + 1);
            case 4 -> text(random);
            case 5, 6 -> {
                Map<String, @Nullable Object> members = new HashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    members.put(text(random), tree(levels - 1, random));
                }
                yield members;
            }
            default -> {
                List<@Nullable Object> elements = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    elements.add(tree(levels - 1, random));
                }
                yield elements;
            }
        };
    }

    /** Any ASCII, or the first and last characters of each length and kind. */
    private static String text(Random random) {
        int[] points = random.nextBoolean()
                ? random.ints(random.nextInt(9), 0, 0x80).toArray()
                : random.ints(random.nextInt(5), 0, EDGES.size())
                        .map(EDGES::get)
                        .toArray();
        return new String(points, 0, points.length);
    }
}
