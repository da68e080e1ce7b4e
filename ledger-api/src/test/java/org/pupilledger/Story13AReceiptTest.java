package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupilledger.Sample.approval;
import static org.pupilledger.Sample.live;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifiedEntry;
import org.pupilledger.merkle.VerifierKey;
import tools.jackson.databind.JsonNode;

/** Whoever recorded something holds a proof of it that needs nobody's help to be checked. */
@ExtendWith(SharedServer.class)
class Story13AReceiptTest {
    private static final String NOBODYS_ID = "00000000-0000-4000-8000-000000000000";
    private static final int TRIES = 20;
    private static final double SOON_MS = 250;

    /** Held by the program that sequences; see {@code Sequencing}. */
    private static final String HOLD_THE_SEQUENCER = "select pg_advisory_xact_lock(8103506702615998311)";

    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;

    Story13AReceiptTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
    }

    @Test
    void isWhereTheAnswerSaysAndProvesWhatWasRecorded() throws GeneralSecurityException {
        Reply recorded = recorder.post("/requests", live("DWP", "2024-05", 3));

        Reply receipt = recorder.get("/" + recorded.at("/receipt"));

        assertThat(receipt.status()).isEqualTo(200);
        assertThat(recorder.read(recorded).at("/receipt")).isEqualTo(recorded.at("/receipt"));
        FromScratch.Proven proven = FromScratch.openReceipt(receipt.bytes(), key());
        JsonNode entry = Reply.parse(new String(proven.entry(), StandardCharsets.UTF_8));
        assertThat(entry.at("/aggregateId").stringValue()).isEqualTo(recorded.id());
        assertThat(entry.at("/sequence").intValue()).isZero();
        assertThat(entry.at("/payload/submitted/individuals").intValue()).isEqualTo(3);
        assertThat(Long.toString(proven.index()))
                .isEqualTo(recorder.read(recorded).at("/position"));
        Optional<VerifiedEntry> verified = verifier().openReceipt(receipt.bytes());
        assertThat(verified.orElseThrow().index()).isEqualTo(proven.index());
        assertThat(verified.orElseThrow().entry()).isEqualTo(proven.entry());
        assertThat(verified.orElseThrow().checkpoint().root())
                .isEqualTo(proven.checkpoint().root());
    }

    @Test
    void isForTheNewestEventOrTheOneAskedFor() throws GeneralSecurityException {
        Reply recorded = recorder.post("/requests", live("DWP", "2024-05", 3));
        String receipt = "/requests/" + recorded.id() + "/receipt";
        approver.post("/requests/" + recorded.id() + "/decision", approval("2024-05-02"));

        assertThat(sequenceIn(recorder.get(receipt))).isEqualTo(1);
        assertThat(sequenceIn(recorder.get(receipt + "?sequence=1"))).isEqualTo(1);
        assertThat(sequenceIn(recorder.get(receipt + "?sequence=0"))).isZero();
        assertThat(sequenceIn(recorder.get(receipt + "?waitFor=" + recorded.id() + ":1")))
                .isEqualTo(1);
    }

    private int sequenceIn(Reply receipt) throws GeneralSecurityException {
        assertThat(receipt.status()).as("%s", receipt).isEqualTo(200);
        byte[] entry = FromScratch.openReceipt(receipt.bytes(), key()).entry();
        return Reply.parse(new String(entry, StandardCharsets.UTF_8))
                .at("/sequence")
                .intValue();
    }

    @Test
    void provesNothingOnceABitIsChanged() {
        Reply recorded = recorder.post("/requests", live("DWP", "2024-05", 3));
        String receipt = recorder.get("/" + recorded.at("/receipt")).text();
        String extra = receipt.split("\n", -1)[1].substring("extra ".length());
        String entry = new String(Base64.getDecoder().decode(extra), StandardCharsets.UTF_8);
        String forged = entry.replace("\"individuals\":3", "\"individuals\":2");
        assertThat(forged).isNotEqualTo(entry);

        byte[] bytes = receipt.replace(
                        extra, Base64.getEncoder().encodeToString(forged.getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.UTF_8);

        assertThat(verifier().openReceipt(bytes)).isEmpty();
        assertThatThrownBy(() -> FromScratch.openReceipt(bytes, key())).hasMessage("expected the root that was signed");
    }

    @Test
    void isTextWithANameThatOnlyItsCallerKeeps() {
        Reply recorded = recorder.post("/requests", live("DWP", "2024-05", 3));

        Reply receipt = recorder.get("/" + recorded.at("/receipt"));

        assertThat(receipt.header("content-type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(receipt.header("content-disposition"))
                .isEqualTo("inline; filename=\"" + recorded.id() + "-0.tlog-proof\"");
        assertThat(receipt.header("cache-control")).isEqualTo("private, no-cache");
    }

    @Test
    void isForAnyRoleAndOnlyForWhoIsSignedIn() {
        Reply recorded = recorder.post("/requests", live("DWP", "2024-05", 3));
        String receipt = "/" + recorded.at("/receipt");

        for (String role : List.of("recorder", "approver", "publisher", "auditor", "admin")) {
            assertThat(server.as(role).get(receipt).status()).as(role).isEqualTo(200);
        }
        assertThat(server.anonymous().get(receipt).problem()).isEqualTo("401 unauthenticated");
        assertThat(server.anonymous()
                        .get("/requests/" + NOBODYS_ID + "/receipt")
                        .problem())
                .isEqualTo("401 unauthenticated");
    }

    @Test
    void isNotThereForWhatWasNeverRecorded() {
        String id = recorder.post("/requests", live("DWP", "2024-05", 3)).id();

        for (String path : List.of(
                NOBODYS_ID + "/receipt",
                NOBODYS_ID + "/receipt?sequence=0",
                "nothing/receipt",
                "DWP/receipt",
                id + "/receipt?sequence=1",
                id + "/receipt?sequence=999999999999999999")) {
            assertThat(recorder.get("/requests/" + path).problem()).as(path).isEqualTo("404 not-found");
        }
        for (String malformed :
                List.of("", "x", "-1", "+1", "01", "00", "1.0", "1e1", "%D9%A1", "9999999999999999999")) {
            assertThat(recorder.get("/requests/" + id + "/receipt?sequence=" + malformed)
                            .problem())
                    .as(malformed)
                    .isEqualTo("400 invalid-request | sequence malformed");
        }
        assertThat(recorder.get("/requests/" + id + "/receipt?seqence=0").problem())
                .isEqualTo("400 invalid-request | unknown-parameter");
        assertThat(recorder.get("/requests/" + id + "/receipt", "Accept", "application/pdf")
                        .problem())
                .isEqualTo("406 not-acceptable");
    }

    @Test
    void isWaitedForAndThenAskedForAgain() {
        server.duringTransaction(HOLD_THE_SEQUENCER, () -> {
            Reply recorded = recorder.post("/requests", live("DWP", "2024-05", 3));
            long started = System.nanoTime();

            Reply early = recorder.get("/" + recorded.at("/receipt"));

            assertThat(early.problem()).isEqualTo("503 not-sealed-yet");
            assertThat(early.header("retry-after")).isEqualTo("1");
            assertThat((System.nanoTime() - started) / 1e9).isBetween(0.9, 4.0);
            assertThat(recorder.get("/" + recorded.at("/receipt") + "?sequence=1")
                            .problem())
                    .as("it is not there, sealed or not")
                    .isEqualTo("404 not-found");
            assertThat(recorder.get("/" + recorded.at("/receipt") + "?waitFor=" + recorded.id() + ":0")
                            .problem())
                    .isEqualTo("503 not-sealed-yet");
        });
    }

    @Test
    void isThereSoon() {
        List<Double> timesMs = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            long started = System.nanoTime();
            Reply recorded = recorder.post("/requests", live("DWP", "2024-05", 3));
            assertThat(recorder.get("/" + recorded.at("/receipt")).status()).isEqualTo(200);
            timesMs.add((System.nanoTime() - started) / 1e6);
        }
        Collections.sort(timesMs);
        double medianMs = timesMs.get(TRIES / 2);
        System.out.printf("MEASURE from POST to receipt: median %.0f ms, of %s%n", medianMs, timesMs);

        assertThat(medianMs).isLessThan(SOON_MS);
    }

    private String key() {
        return server.anonymous().get("/log/key").text().strip();
    }

    private LogVerifier verifier() {
        VerifierKey key = VerifierKey.parse(key()).orElseThrow();
        return new LogVerifier(key.name(), List.of(key));
    }
}
