package org.pupilledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C2SP signed-note, verifier keys and Ed25519 signatures. */
class VerifierKeyTest {
    private static final String EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final String TEXT = "signed\n";
    private static final NoteSigner SIGNER = SampleLog.signer("ledger.example/pupils");

    @Test
    void theKeyOfTheSpecificationIsReadAndWritten() {
        VerifierKey key = VerifierKey.parse(EXAMPLE).orElseThrow();

        assertThat(key).hasToString(EXAMPLE);
        assertThat(key.name()).isEqualTo("example.com/foo");
        assertThat(key.keyId()).isEqualTo(0x530d903a);
        assertThat(key.publicKey()).startsWith(0xe9, 0x32).hasSize(32);
        key.publicKey()[0] ^= 1;
        assertThat(key).isEqualTo(VerifierKey.of("example.com/foo", key.publicKey()));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "+",
                "++",
                "example.com/foo",
                "example.com/foo+530d903a",
                "example.com/foo+530d903a+",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/ foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+0530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2kAA==",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=",
                "example.com/foo+530d903a+AQ==",
                "example.com/foo+530d903a+*",
            })
    void anyOtherTextIsNoKey(@Nullable String vkey) {
        assertThat(VerifierKey.parse(vkey)).isEmpty();
    }

    @Test
    void bytesThatAreNoPointOfTheCurveAreRefused() {
        byte[] noPoint = new byte[32];
        noPoint[0] = 2;
        byte[] beyondTheField = new byte[32];
        Arrays.fill(beyondTheField, (byte) 0xff);

        for (byte[] key : List.of(noPoint, beyondTheField, new byte[0], new byte[31], new byte[33])) {
            assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.of("n", key));
        }
    }

    /** RFC 8032, 5.1.7: with such a key an equation holds that needs no private key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            })
    void aKeyForWhichAnybodyCanSignIsRefused(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerifierKey.of("n", HexFormat.of().parseHex(key)))
                .withMessageContaining("anybody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a+b", "a\n", "a\tb", "a\u00a0b", "a\u0085b", "a\u3000", "\ud800"})
    void aNameWithSpacesOrPlusIsRefused(String name) {
        byte[] key = SIGNER.verifierKey().publicKey();

        assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.of(name, key));
    }

    @Test
    void onlyTheSignatureOfThisKeyOverThisTextVerifies() {
        VerifierKey key = SIGNER.verifierKey();
        NoteSignature signature = SIGNER.sign(TEXT);
        byte[] bytes = signature.signature();

        assertThat(bytes).hasSize(64);
        assertThat(key.verifies(TEXT, signature)).isTrue();
        assertThat(key.verifies("signed\n\n", signature)).isFalse();
        assertThat(key.verifies("signed", signature)).isFalse();
        assertThat(SampleLog.signer(key.name()).verifierKey().verifies(TEXT, signature))
                .isFalse();
        List<NoteSignature> others = List.of(
                new NoteSignature("other", key.keyId(), bytes),
                new NoteSignature(key.name(), key.keyId() + 1, bytes),
                new NoteSignature(key.name(), key.keyId(), Arrays.copyOf(bytes, 63)),
                new NoteSignature(key.name(), key.keyId(), Arrays.copyOf(bytes, 65)),
                new NoteSignature(key.name(), key.keyId(), new byte[64]),
                new NoteSignature(key.name(), key.keyId(), new byte[1]),
                new NoteSignature(key.name(), key.keyId(), withAnotherSpelling(bytes)));
        assertThat(others).noneMatch(other -> key.verifies(TEXT, other));
    }

    /** What cannot be encoded is written as a question mark, and that may have been signed. */
    @Test
    void aTextThatCannotBeEncodedIsNotTakenForTheOneThatWas() {
        NoteSignature signature = SIGNER.sign("?\n");

        assertThat(SIGNER.verifierKey().verifies("?\n", signature)).isTrue();
        assertThat(SIGNER.verifierKey().verifies("\ud800\n", signature)).isFalse();
    }

    /** RFC 8032, 8.4: the second half plus the order of the group satisfies the same equation. */
    private static byte[] withAnotherSpelling(byte[] signature) {
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] scalar = reversed(Arrays.copyOfRange(signature, 32, 64));
        byte[] sum = reversed(new BigInteger(1, scalar).add(order).toByteArray());
        byte[] other = signature.clone();
        System.arraycopy(Arrays.copyOf(sum, 32), 0, other, 32, 32);
        return other;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    @Test
    void aSignerWhoseKeysAreNoPairCannotBeMade() {
        KeyPair other = SampleLog.keyPair("Ed25519");
        KeyPair otherCurve = SampleLog.keyPair("Ed448");
        KeyPair otherAlgorithm = SampleLog.keyPair("EC");

        for (KeyPair pair : List.of(other, otherCurve, otherAlgorithm)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new NoteSigner(SIGNER.verifierKey(), pair.getPrivate()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no newline", "tab\t\n", "return\r\n", "zero\u0000\n", "\udc00\n"})
    void whatIsNoTextIsNotSigned(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SIGNER.sign(text));
    }

    @Test
    void itIsEqualByContent() {
        VerifierKey key = SIGNER.verifierKey();

        assertThat(key)
                .isEqualTo(VerifierKey.of(key.name(), key.publicKey()))
                .hasSameHashCodeAs(VerifierKey.of(key.name(), key.publicKey()))
                .isNotEqualTo(VerifierKey.of("other", key.publicKey()))
                .isNotEqualTo(SampleLog.signer(key.name()).verifierKey());
        assertThat(VerifierKey.parse(key.toString())).contains(key);
    }
}
