package org.pupilledger.merkle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever bytes come: nothing throws, what is read is written back as it was, and no changed receipt opens. */
class HostileTextTest {
    private static final byte[] RECEIPT = SampleLog.proof(1).bytes();
    private static final byte[] NOTE = SampleLog.proof(1).checkpoint();
    private static final String KEY = SampleLog.SIGNER.verifierKey().toString();

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
            "/",
            "x",
            ".p/",
            "extra ",
            "index ",
            "\u0000",
            "\r",
            "\u00a0",
            "\u0085",
            "\u0660",
            "\ud83d\ude00",
            "18446744073709551616",
            SampleLog.ORIGIN,
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "c2sp.org/tlog-proof@v1\n");

    @Property(tries = 500)
    void anyBytesAreReadAsWrittenOrNotAtAll(@ForAll @Size(max = 200) byte[] bytes) {
        readAll(bytes);
    }

    @Test
    void whatIsMadeOfTheRightPartsIsReadAsWrittenOrNotAtAll() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(12); part >= 0; part--) {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            readAll(text.toString().getBytes(UTF_8));
        }
    }

    @Test
    void mutatedTextsAreReadAsWrittenOrNotAtAll() {
        Random random = new Random(2);
        List<byte[]> texts = List.of(
                RECEIPT,
                NOTE,
                KEY.getBytes(UTF_8),
                SampleLog.checkpoint(3).text().getBytes(UTF_8),
                "0/x001/x234/067.p/17".getBytes(UTF_8));
        for (int i = 0; i < 4_000; i++) {
            readAll(mutated(texts.get(i % texts.size()), random));
        }
    }

    @Test
    void noReceiptOpensWithABitOfAnyByteFlipped() {
        for (int at = 0; at < RECEIPT.length; at++) {
            byte[] receipt = RECEIPT.clone();
            receipt[at] ^= (byte) (1 << at % Byte.SIZE);

            assertThat(SampleLog.VERIFIER.openReceipt(receipt)).as("byte " + at).isEmpty();
        }
    }

    @Test
    void noReceiptOpensThatWasMutatedOrCut() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            byte[] receipt = mutated(RECEIPT, random);

            assertThat(SampleLog.VERIFIER.openReceipt(receipt).isPresent()).isEqualTo(isSame(receipt));
        }
        for (int length = 0; length < RECEIPT.length; length++) {
            assertThat(SampleLog.VERIFIER.openReceipt(Arrays.copyOf(RECEIPT, length)))
                    .isEmpty();
        }
    }

    private static boolean isSame(byte[] receipt) {
        return Arrays.equals(receipt, RECEIPT);
    }

    /** Cuts some bytes out somewhere and puts a part, a piece of the text or any byte there. */
    private static byte[] mutated(byte[] text, Random random) {
        int from = random.nextInt(text.length);
        int to = Math.min(text.length, from + random.nextInt(4));
        ByteArrayOutputStream mutated = new ByteArrayOutputStream();
        mutated.write(text, 0, from);
        switch (random.nextInt(4)) {
            case 0 -> mutated.writeBytes(PARTS.get(random.nextInt(PARTS.size())).getBytes(UTF_8));
            case 1 -> mutated.write(random.nextInt(256));
            case 2 -> {
                int piece = random.nextInt(text.length);
                mutated.write(text, piece, random.nextInt(text.length - piece));
            }
            default -> {
                // only the cut
            }
        }
        mutated.write(text, to, text.length - to);
        return mutated.toByteArray();
    }

    private static void readAll(byte[] bytes) {
        SignedNote.parse(bytes).ifPresent(note -> assertThat(note.bytes()).isEqualTo(bytes));
        TlogProof.parse(bytes).ifPresent(proof -> assertThat(proof.bytes()).isEqualTo(bytes));
        EntryBundle.decode(bytes)
                .ifPresent(entries -> assertThat(EntryBundle.encode(entries)).isEqualTo(bytes));
        for (String text : List.of(new String(bytes, UTF_8), new String(bytes, ISO_8859_1))) {
            Checkpoint.parse(text).ifPresent(read -> assertThat(read.text()).isEqualTo(text));
            VerifierKey.parse(text).ifPresent(read -> assertThat(read).hasToString(text));
            Tile.parse(text).ifPresent(read -> assertThat(read.path()).isEqualTo(text));
            EntryBundle.parse(text)
                    .ifPresent(read -> assertThat(EntryBundle.path(read.number(), read.width()))
                            .isEqualTo("entries/" + text));
        }
    }
}
