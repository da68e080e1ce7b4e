package org.pupilledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Files that are nearly right. */
record Mutations(Random random) {
    /** Parts that the formats are made of, so that mutations get past the first line. */
    private static final List<String> PARTS = List.of(
            "\n",
            "\n\n",
            "\u2014 ",
            " ",
            "+",
            "=",
            "==",
            "A",
            "0",
            "9",
            "extra ",
            "index ",
            "\u0000",
            "\r",
            "\u00a0",
            "\u0085",
            "\u0660",
            "\ud83d\ude00",
            "\ufeff",
            "18446744073709551616",
            "9223372036854775807",
            "ledger.example/pupils",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "c2sp.org/tlog-proof@v1\n",
            "\u2014 n AQIDBAU=\n");

    /** One of the parts that the formats are made of. */
    String part() {
        return PARTS.get(random.nextInt(PARTS.size()));
    }

    /** Cuts some bytes out somewhere and puts a part, a piece of the text or any byte there. */
    byte[] of(byte[] text) {
        if (text.length == 0) {
            return new byte[] {1};
        }
        int from = random.nextInt(text.length);
        int to = Math.min(text.length, from + random.nextInt(4));
        ByteArrayOutputStream mutated = new ByteArrayOutputStream();
        mutated.write(text, 0, from);
        switch (random.nextInt(4)) {
            case 0 -> mutated.writeBytes(part().getBytes(UTF_8));
            case 1 -> mutated.write(random.nextInt(256));
            case 2 -> {
                int piece = random.nextInt(text.length);
                mutated.write(text, piece, random.nextInt(Math.min(100, text.length - piece)));
            }
            default -> {
                // only the cut
            }
        }
        mutated.write(text, to, text.length - to);
        return mutated.toByteArray();
    }
}
