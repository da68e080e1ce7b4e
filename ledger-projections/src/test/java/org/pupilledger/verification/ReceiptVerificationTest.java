package org.pupilledger.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.diagnosis.ReceiptVerification;
import org.pupilledger.merkle.TlogProof;
import org.pupilledger.seal.LogReader;
import org.pupilledger.verdict.Break.Kind;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiptVerificationTest {
    private SmallLedger ledger;
    private byte[] receipt;
    private TlogProof proof;
    private byte[] entry;

    @BeforeAll
    void build() throws SQLException {
        ledger = SmallLedger.of600();
        receipt = new LogReader(ledger.pool()).receipt("tree-150", 1).orElseThrow();
        proof = TlogProof.parse(receipt).orElseThrow();
        entry = Objects.requireNonNull(proof.extra());
    }

    @AfterAll
    void close() throws SQLException {
        ledger.close();
    }

    private void assertBroken(byte @Nullable [] bytes, Kind kind, long position, String word) {
        assertThat(ReceiptVerification.of(bytes, ledger.verifier()))
                .isInstanceOfSatisfying(ReceiptVerification.Verdict.Broken.class, broken -> {
                    assertThat(broken.found().kind()).isEqualTo(kind);
                    assertThat(broken.found().position()).isEqualTo(position);
                    assertThat(broken.found().sentence()).contains(word);
                });
    }

    @Test
    void aReceiptProvesItsEntry() {
        assertThat(ReceiptVerification.of(receipt, ledger.verifier()))
                .isInstanceOfSatisfying(ReceiptVerification.Verdict.Proved.class, proved -> {
                    assertThat(proved.entry().index()).isEqualTo(301);
                    assertThat(proved.entry().entry()).isEqualTo(entry);
                    assertThat(proved.entry().checkpoint().size()).isEqualTo(580);
                });
        assertThat(new String(entry, StandardCharsets.UTF_8)).contains("\"aggregateId\":\"tree-150\"");
    }

    @Test
    void whatIsNoReceiptIsMalformed() {
        assertBroken(null, Kind.CHANGED, 0, "malformed");
        assertBroken(new byte[0], Kind.CHANGED, 0, "malformed");
        assertBroken("c2sp.org/tlog-proof@v1\n".getBytes(StandardCharsets.UTF_8), Kind.CHANGED, 0, "malformed");
        assertBroken(
                text(receipt).replaceFirst("\nextra [^\n]+", "").getBytes(StandardCharsets.UTF_8),
                Kind.CHANGED,
                301,
                "no entry");
        assertBroken(
                new TlogProof(entry, proof.index(), proof.hashes(), new byte[] {'x'}).bytes(),
                Kind.CHANGED,
                301,
                "no checkpoint");
    }

    @Test
    void anotherLogsReceiptHasAnotherOrigin() {
        byte[] checkpoint = text(proof.checkpoint())
                .replace("example/small", "example/large")
                .getBytes(StandardCharsets.UTF_8);
        assertBroken(with(checkpoint), Kind.FORGED, 301, "origin");
    }

    @Test
    void aCheckpointThatNobodySignedHasNoValidSignature() {
        byte[] checkpoint =
                text(proof.checkpoint()).replace("\n580\n", "\n581\n").getBytes(StandardCharsets.UTF_8);
        assertBroken(with(checkpoint), Kind.FORGED, 301, "signature");
    }

    @Test
    void anotherEntryPlaceOrPathFailsOnInclusion() {
        byte[] other = entry.clone();
        other[30] ^= 1;
        assertBroken(
                new TlogProof(other, 301, proof.hashes(), proof.checkpoint()).bytes(), Kind.CHANGED, 301, "inclusion");
        assertBroken(
                new TlogProof(entry, 302, proof.hashes(), proof.checkpoint()).bytes(), Kind.CHANGED, 302, "inclusion");
        List<byte[]> hashes = new ArrayList<>(proof.hashes());
        hashes.removeLast();
        assertBroken(new TlogProof(entry, 301, hashes, proof.checkpoint()).bytes(), Kind.CHANGED, 301, "inclusion");
    }

    private byte[] with(byte[] checkpoint) {
        return new TlogProof(entry, proof.index(), proof.hashes(), checkpoint).bytes();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
