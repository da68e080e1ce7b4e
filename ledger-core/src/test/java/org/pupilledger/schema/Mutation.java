package org.pupilledger.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.CanonicalWriter;

/** Damage to stored bytes: by chance, or where it hurts. */
final class Mutation {
    private static final String JSON_BYTES = "{}[]\",:\\0123456789-.eEntu \n\u0000\u007f\u00ff\u00c3\u00bf";

    private static final List<@Nullable Object> ODD_VALUES = Arrays.asList(
            null,
            true,
            0L,
            -1L,
            51L,
            100_000_001L,
            4_294_967_296L,
            9_007_199_254_740_991L,
            "",
            "x",
            "OPEN",
            "2023",
            "2023-8",
            "2023-08",
            "2023-08-01",
            "2023-02-30",
            "2023-08-01T00:00:00Z",
            "+2023-08-01",
            "caf\u00e9",
            "a\nb",
            List.of(),
            Arrays.asList((Object) null),
            List.of("SCHOOL", "SCHOOL"),
            List.of("SCHOOL", 1L),
            List.of(List.of()),
            Map.of(),
            Map.of("on", "2023-08"));

    private Mutation() {}

    /** One to three bytes flipped, put in, taken out, doubled or cut off. */
    static byte[] byChance(byte[] bytes, Random random) {
        byte[] mutated = bytes;
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && mutated.length > 0; i++) {
            int at = random.nextInt(mutated.length);
            mutated = switch (random.nextInt(5)) {
                case 0 -> replaced(mutated, at, at + 1, (byte) (mutated[at] ^ (1 << random.nextInt(8))));
                case 1 -> replaced(mutated, at, at + 1, anyByte(random));
                case 2 -> replaced(mutated, at, at, anyByte(random));
                case 3 -> replaced(mutated, at, Math.min(mutated.length, at + 1 + random.nextInt(4)));
                default -> random.nextInt(8) == 0 ? Arrays.copyOf(mutated, at) : replaced(mutated, at, at, mutated[at]);
            };
        }
        return mutated;
    }

    /** Canonical bytes of a tree with each of its values in turn replaced by each odd one, left out, or joined by one more. */
    static void everywhere(@Nullable Object tree, Consumer<byte[]> test) {
        everywhere(tree, tree, test);
    }

    @SuppressWarnings("unchecked") // the reader makes such maps and lists
    private static void everywhere(@Nullable Object whole, @Nullable Object part, Consumer<byte[]> test) {
        if (part instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) map;
            for (String name : List.copyOf(members.keySet())) {
                Object value = members.get(name);
                for (Object odd : ODD_VALUES) {
                    members.put(name, odd);
                    test.accept(CanonicalWriter.bytesOf(whole));
                }
                members.remove(name);
                test.accept(CanonicalWriter.bytesOf(whole));
                members.put(name, value);
                everywhere(whole, value, test);
            }
            members.put("further", 1L);
            test.accept(CanonicalWriter.bytesOf(whole));
            members.remove("further");
        } else if (part instanceof List<?> list) {
            List<@Nullable Object> elements = (List<@Nullable Object>) list;
            for (int i = 0; i < elements.size(); i++) {
                Object value = elements.get(i);
                for (Object odd : ODD_VALUES) {
                    elements.set(i, odd);
                    test.accept(CanonicalWriter.bytesOf(whole));
                }
                elements.set(i, value);
                everywhere(whole, value, test);
            }
            for (Object odd : new ArrayList<>(elements)) {
                elements.add(odd);
                test.accept(CanonicalWriter.bytesOf(whole));
                elements.removeLast();
            }
        }
    }

    private static byte anyByte(Random random) {
        return random.nextInt(4) == 0
                ? (byte) random.nextInt(256)
                : (byte) JSON_BYTES.charAt(random.nextInt(JSON_BYTES.length()));
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte... by) {
        byte[] replaced = new byte[bytes.length - (to - from) + by.length];
        System.arraycopy(bytes, 0, replaced, 0, from);
        System.arraycopy(by, 0, replaced, from, by.length);
        System.arraycopy(bytes, to, replaced, from + by.length, bytes.length - to);
        return replaced;
    }
}
