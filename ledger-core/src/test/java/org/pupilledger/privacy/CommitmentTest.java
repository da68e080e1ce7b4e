package org.pupilledger.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitmentTest {

    /** RFC 4231, 4.2 to 4.5. HMAC pads its key with zeros to the block (RFC 2104, 2), so a shorter key may be padded to 32. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7
                    4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843
                    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd, 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe
                    0102030405060708090a0b0c0d0e0f10111213141516171819, cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd, 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b
                    """)
    void itIsTheHmacOfRfc4231(String key, String message, String expected) {
        HexFormat hex = HexFormat.of();
        byte[] salt = Arrays.copyOf(hex.parseHex(key), Commitment.SALT_BYTES);

        assertThat(hex.formatHex(Commitment.commit(salt, hex.parseHex(message))))
                .isEqualTo(expected);
    }

    @Test
    void anotherSaltHidesTheSameMessage() {
        byte[] message = "officer 17".getBytes(StandardCharsets.UTF_8);
        byte[] salt = new byte[Commitment.SALT_BYTES];
        byte[] other = salt.clone();
        other[31] = 1;

        assertThat(Commitment.commit(salt, message)).hasSize(32).isNotEqualTo(Commitment.commit(other, message));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 64})
    void aSaltOfAnotherLengthIsRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> Commitment.commit(new byte[length], new byte[0]));
    }
}
