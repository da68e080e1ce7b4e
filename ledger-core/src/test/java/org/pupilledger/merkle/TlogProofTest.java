package org.pupilledger.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C2SP tlog-proof. */
class TlogProofTest {
    private static final String HEAD = "c2sp.org/tlog-proof@v1\n";
    private static final String ZEROS = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final byte[] HASH = new byte[TreeHash.BYTES];
    private static final byte[] CHECKPOINT = "any\n\nbytes\n\n".getBytes(UTF_8);

    @Test
    void itIsWrittenAsTheSpecificationSaysAndReadBack() {
        TlogProof proof = new TlogProof("entry".getBytes(UTF_8), 73_894, List.of(HASH, HASH), CHECKPOINT);

        assertThat(proof.bytes())
                .asString(UTF_8)
                .isEqualTo(HEAD + "extra ZW50cnk=\nindex 73894\n" + ZEROS + "\n" + ZEROS + "\n\nany\n\nbytes\n\n");
        assertThat(TlogProof.parse(proof.bytes())).contains(proof);
    }

    @Test
    void withoutExtraDataOrHashesTheirLinesAreMissing() {
        TlogProof proof = new TlogProof(null, 0, List.of(), CHECKPOINT);

        assertThat(proof.bytes()).asString(UTF_8).isEqualTo(HEAD + "index 0\n\nany\n\nbytes\n\n");
        assertThat(TlogProof.parse(proof.bytes())).contains(proof);
    }

    @Test
    void theEdgesAreReadBack() {
        for (TlogProof proof : List.of(
                new TlogProof(new byte[0], 0, List.of(), new byte[0]),
                new TlogProof(
                        new byte[EntryBundle.MAX_ENTRY_BYTES],
                        Long.MAX_VALUE,
                        Collections.nCopies(63, HASH),
                        CHECKPOINT),
                new TlogProof(null, 1, List.of(), new byte[SignedNote.MAX_BYTES]),
                new TlogProof(null, 1, List.of(), new byte[] {'\n', (byte) 0xff}))) {
            assertThat(TlogProof.parse(proof.bytes())).contains(proof);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "\n\n",
                HEAD,
                HEAD + "\nc",
                HEAD + "index 0\n",
                HEAD + "index 0\nc",
                "c2sp.org/tlog-proof@v2\nindex 0\n\nc",
                " " + HEAD + "index 0\n\nc",
                "index 0\n\nc",
                HEAD + "index\n\nc",
                HEAD + "index \n\nc",
                HEAD + "index 00\n\nc",
                HEAD + "index -1\n\nc",
                HEAD + "index  1\n\nc",
                HEAD + "index 1 \n\nc",
                HEAD + "index 9223372036854775808\n\nc",
                HEAD + "Index 1\n\nc",
                HEAD + "extra YQ==\n\nc",
                HEAD + "extra YQ==\nextra YQ==\nindex 1\n\nc",
                HEAD + "index 1\nextra YQ==\n\nc",
                HEAD + "extra YQ=\nindex 1\n\nc",
                HEAD + "extra YR==\nindex 1\n\nc",
                HEAD + "extra  YQ==\nindex 1\n\nc",
                HEAD + "extra\nindex 1\n\nc",
                HEAD + "index 1\nAAAA\n\nc",
                HEAD + "index 1\n" + ZEROS + " \n\nc",
                HEAD + "index 1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n\nc",
                HEAD + "index 1\r\n\r\nc",
                HEAD + "index 1\n" + ZEROS + "\u0142\n\nc",
            })
    void anyOtherTextIsNoProof(@Nullable String proof) {
        assertThat(TlogProof.parse(proof == null ? null : proof.getBytes(UTF_8)))
                .isEmpty();
    }

    @Test
    void whatIsTooLongIsNeitherReadNorMade() {
        byte[] checkpoint = new byte[SignedNote.MAX_BYTES + 1];

        assertThat(TlogProof.parse((HEAD + "index 1\n" + (ZEROS + "\n").repeat(63) + "\nc").getBytes(UTF_8)))
                .isPresent();
        assertThat(TlogProof.parse((HEAD + "index 1\n" + (ZEROS + "\n").repeat(64) + "\nc").getBytes(UTF_8)))
                .isEmpty();
        assertThat(TlogProof.parse((HEAD + "index 1\n\n" + "c".repeat(SignedNote.MAX_BYTES + 1)).getBytes(UTF_8)))
                .isEmpty();
        assertThat(TlogProof.parse(
                        (HEAD + "extra " + "A".repeat(TlogProof.MAX_BYTES) + "\nindex 1\n\n").getBytes(UTF_8)))
                .isEmpty();
        for (Runnable misfit : List.<Runnable>of(
                () -> new TlogProof(null, -1, List.of(), CHECKPOINT),
                () -> new TlogProof(null, 1, List.of(new byte[31]), CHECKPOINT),
                () -> new TlogProof(null, 1, Collections.nCopies(64, HASH), CHECKPOINT),
                () -> new TlogProof(null, 1, List.of(), checkpoint),
                () -> new TlogProof(new byte[TlogProof.MAX_BYTES], 1, List.of(), CHECKPOINT))) {
            assertThatIllegalArgumentException().isThrownBy(misfit::run);
        }
    }

    @Test
    void itIsEqualByContentAndKeepsItsOwnArrays() {
        byte[] extra = {1};
        byte[] hash = new byte[TreeHash.BYTES];
        byte[] checkpoint = CHECKPOINT.clone();
        TlogProof proof = new TlogProof(extra, 1, List.of(hash), checkpoint);
        extra[0] = 2;
        hash[0] = 2;
        checkpoint[0] = 2;
        proof.hashes().getFirst()[0] = 3;
        proof.checkpoint()[0] = 3;

        assertThat(proof)
                .isEqualTo(new TlogProof(new byte[] {1}, 1, List.of(HASH), CHECKPOINT))
                .hasSameHashCodeAs(new TlogProof(new byte[] {1}, 1, List.of(HASH), CHECKPOINT))
                .isNotEqualTo(new TlogProof(extra, 1, List.of(HASH), CHECKPOINT))
                .isNotEqualTo(new TlogProof(null, 1, List.of(HASH), CHECKPOINT))
                .isNotEqualTo(new TlogProof(new byte[] {1}, 2, List.of(HASH), CHECKPOINT))
                .isNotEqualTo(new TlogProof(new byte[] {1}, 1, List.of(hash), CHECKPOINT))
                .isNotEqualTo(new TlogProof(new byte[] {1}, 1, List.of(HASH), checkpoint));
        assertThat(proof.extra()).isNotSameAs(proof.extra()).containsExactly(1);
    }
}
