package org.pupilledger.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.pupilledger.merkle.SampleLog.ENTRIES;
import static org.pupilledger.merkle.SampleLog.ORIGIN;
import static org.pupilledger.merkle.SampleLog.SIGNER;
import static org.pupilledger.merkle.SampleLog.VERIFIER;
import static org.pupilledger.merkle.SampleLog.checkpoint;
import static org.pupilledger.merkle.SampleLog.proof;
import static org.pupilledger.merkle.SampleLog.signed;
import static org.pupilledger.merkle.SampleLog.tree;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever holds an origin and keys: which notes open, and which receipts. */
class LogVerifierTest {
    private static final Checkpoint CHECKPOINT = checkpoint(3);
    private static final String TEXT = CHECKPOINT.text();
    private static final NoteSigner OTHER = SampleLog.signer("witness.example/w1");

    /** In the name of the log, by its key, but over another text. */
    private static final NoteSignature BAD = SIGNER.sign(checkpoint(2).text());

    private static byte[] note(NoteSignature... signatures) {
        return new SignedNote(TEXT, List.of(signatures)).bytes();
    }

    @Test
    void aCheckpointSignedByTheLogOpens() {
        assertThat(VERIFIER.open(signed(TEXT, SIGNER))).contains(CHECKPOINT);
        assertThat(VERIFIER.origin()).isEqualTo(ORIGIN);
    }

    @Test
    void signaturesOfUnknownKeysArePassedOver() {
        NoteSignature good = SIGNER.sign(TEXT);
        NoteSignature sameId = new NoteSignature("other", good.keyId(), good.signature());
        NoteSignature sameName = new NoteSignature(good.name(), good.keyId() + 1, new byte[1]);

        assertThat(VERIFIER.open(signed(TEXT, OTHER, SIGNER, OTHER))).contains(CHECKPOINT);
        assertThat(VERIFIER.open(note(sameId, sameName, good, sameId, sameName)))
                .contains(CHECKPOINT);
        assertThat(VERIFIER.open(note(sameId, sameName))).isEmpty();
        assertThat(VERIFIER.open(signed(TEXT, OTHER))).isEmpty();
    }

    @Test
    void aBadSignatureInTheNameOfAKnownKeyRefusesTheNoteThoughAnotherIsGood() {
        LogVerifier both = new LogVerifier(ORIGIN, List.of(SIGNER.verifierKey(), OTHER.verifierKey()));

        assertThat(VERIFIER.open(note(BAD))).isEmpty();
        assertThat(both.open(note(OTHER.sign(TEXT), SIGNER.sign(TEXT)))).contains(CHECKPOINT);
        assertThat(both.open(note(OTHER.sign(TEXT), BAD))).isEmpty();
        assertThat(both.open(note(BAD, OTHER.sign(TEXT)))).isEmpty();
    }

    /** Stricter than Go's sumdb/note, for which the first counts. */
    @Test
    void eachOfSeveralSignaturesOfOneKeyHasToBeGood() {
        NoteSignature good = SIGNER.sign(TEXT);
        NoteSignature ofAnother = SampleLog.signer("ledger.example/other").sign(TEXT);

        assertThat(VERIFIER.open(note(good, good))).contains(CHECKPOINT);
        assertThat(VERIFIER.open(note(good, BAD))).isEmpty();
        assertThat(VERIFIER.open(note(BAD, good))).isEmpty();
        assertThat(VERIFIER.open(note(good, ofAnother, BAD))).isEmpty();
        assertThat(VERIFIER.open(note(good, ofAnother, good))).contains(CHECKPOINT);
    }

    @Test
    void aKeyAddedIsAsStrictAsOneThatWasPinned() {
        NoteSigner next = SampleLog.signer(ORIGIN);
        LogVerifier both = VERIFIER.and(List.of(next.verifierKey(), SIGNER.verifierKey()));

        assertThat(both.open(note(next.sign(TEXT)))).contains(CHECKPOINT);
        assertThat(both.open(note(next.sign(TEXT), BAD))).isEmpty();
        assertThat(VERIFIER.open(note(next.sign(TEXT)))).isEmpty();
    }

    @Test
    void whileOneKeyTakesOverFromAnotherEitherSuffices() {
        NoteSigner next = SampleLog.signer(ORIGIN);
        LogVerifier during = new LogVerifier(ORIGIN, List.of(SIGNER.verifierKey(), next.verifierKey()));

        assertThat(during.open(signed(TEXT, SIGNER))).contains(CHECKPOINT);
        assertThat(during.open(signed(TEXT, next))).contains(CHECKPOINT);
        assertThat(during.open(signed(TEXT, SIGNER, next))).contains(CHECKPOINT);
        assertThat(VERIFIER.open(signed(TEXT, SIGNER, next))).contains(CHECKPOINT);
        assertThat(VERIFIER.open(signed(TEXT, next))).isEmpty();
    }

    @Test
    void withoutKeysNothingOpens() {
        assertThat(new LogVerifier(ORIGIN, List.of()).open(signed(TEXT, SIGNER)))
                .isEmpty();
    }

    /** The same key may sign for several logs, and other texts too. */
    @Test
    void anotherOriginOrTextDoesNotOpenHoweverWellSigned() {
        Checkpoint elsewhere = new Checkpoint("ledger.example/other", 3, CHECKPOINT.root(), List.of());

        assertThat(VERIFIER.open(signed(elsewhere.text(), SIGNER))).isEmpty();
        assertThat(VERIFIER.open(signed(ORIGIN + "\nis no checkpoint\n", SIGNER)))
                .isEmpty();
        assertThat(VERIFIER.open(null)).isEmpty();
        assertThat(VERIFIER.open(new byte[0])).isEmpty();
        assertThat(VERIFIER.open(TEXT.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void anOriginThatIsNoLineAndKeysThatCannotBeToldApartAreRefused() {
        VerifierKey key = SIGNER.verifierKey();
        // found by trying 70,000 points: a key id has 32 bits
        List<VerifierKey> alike = List.of(
                VerifierKey.parse("ledger.example/pupils+3e2fef39+AZkSAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                        .orElseThrow(),
                VerifierKey.parse("ledger.example/pupils+3e2fef39+AT5QAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                        .orElseThrow());

        assertThatIllegalArgumentException().isThrownBy(() -> new LogVerifier("", List.of(key)));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogVerifier("a\nb", List.of(key)));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogVerifier(ORIGIN, alike));
        assertThat(new LogVerifier(ORIGIN, List.of(key, key)).open(signed(TEXT, SIGNER)))
                .contains(CHECKPOINT);
    }

    @Test
    void everyReceiptGivesItsEntryAndPlace() {
        for (int index = 0; index < ENTRIES.size(); index++) {
            assertThat(VERIFIER.openReceipt(proof(index).bytes()))
                    .contains(new VerifiedEntry(index, ENTRIES.get(index), CHECKPOINT));
        }
    }

    @Test
    void aReceiptWithOneWrongPartDoesNotOpen() {
        TlogProof good = proof(1);
        List<byte[]> hashes = good.hashes();
        List<byte[]> more = new ArrayList<>(hashes);
        more.add(new byte[32]);
        List<TlogProof> wrong = List.of(
                new TlogProof(null, 1, hashes, good.checkpoint()),
                new TlogProof(new byte[0], 1, hashes, good.checkpoint()),
                new TlogProof(ENTRIES.get(0), 1, hashes, good.checkpoint()),
                new TlogProof(good.extra(), 0, hashes, good.checkpoint()),
                new TlogProof(good.extra(), 2, hashes, good.checkpoint()),
                new TlogProof(good.extra(), 3, hashes, good.checkpoint()),
                new TlogProof(good.extra(), Long.MAX_VALUE, hashes, good.checkpoint()),
                new TlogProof(good.extra(), 1, hashes.reversed(), good.checkpoint()),
                new TlogProof(good.extra(), 1, hashes.subList(0, 1), good.checkpoint()),
                new TlogProof(good.extra(), 1, List.of(), good.checkpoint()),
                new TlogProof(good.extra(), 1, more, good.checkpoint()),
                new TlogProof(good.extra(), 1, hashes, signed(checkpoint(2).text(), SIGNER)),
                new TlogProof(good.extra(), 1, hashes, signed(TEXT, OTHER)),
                new TlogProof(good.extra(), 1, hashes, TEXT.getBytes(UTF_8)),
                new TlogProof(good.extra(), 1, hashes, new byte[0]));

        assertThat(VERIFIER.openReceipt(good.bytes())).isPresent();
        assertThat(wrong)
                .allSatisfy(
                        proof -> assertThat(VERIFIER.openReceipt(proof.bytes())).isEmpty());
        assertThat(VERIFIER.openReceipt(null)).isEmpty();
        assertThat(VERIFIER.openReceipt(good.checkpoint())).isEmpty();
    }

    @Test
    void checkpointsAreConsistentWhereTheProofOfTheLogHolds() {
        Checkpoint older = checkpoint(2);
        List<byte[]> proof = tree(3).consistencyProof(2);
        Checkpoint rewritten = new Checkpoint(ORIGIN, 2, TreeHash.ofLeaf(new byte[0]), List.of());
        Checkpoint elsewhere = new Checkpoint("elsewhere", 2, older.root(), List.of());

        assertThat(VERIFIER.isConsistent(older, CHECKPOINT, proof)).isTrue();
        assertThat(VERIFIER.isConsistent(checkpoint(0), CHECKPOINT, List.of())).isTrue();
        assertThat(VERIFIER.isConsistent(CHECKPOINT, CHECKPOINT, List.of())).isTrue();
        assertThat(VERIFIER.isConsistent(CHECKPOINT, older, proof)).isFalse();
        assertThat(VERIFIER.isConsistent(older, CHECKPOINT, List.of())).isFalse();
        assertThat(VERIFIER.isConsistent(older, CHECKPOINT, null)).isFalse();
        assertThat(VERIFIER.isConsistent(rewritten, CHECKPOINT, proof)).isFalse();
        assertThat(VERIFIER.isConsistent(elsewhere, CHECKPOINT, proof)).isFalse();
        assertThat(VERIFIER.isConsistent(older, new Checkpoint("elsewhere", 3, CHECKPOINT.root(), List.of()), proof))
                .isFalse();
    }

    @Test
    void aVerifiedEntryIsEqualByContentAndKeepsItsOwnBytes() {
        VerifiedEntry entry = new VerifiedEntry(1, ENTRIES.get(1).clone(), CHECKPOINT);
        entry.entry()[0] ^= 1;

        assertThat(entry)
                .isEqualTo(new VerifiedEntry(1, ENTRIES.get(1), CHECKPOINT))
                .hasSameHashCodeAs(new VerifiedEntry(1, ENTRIES.get(1), CHECKPOINT))
                .isNotEqualTo(new VerifiedEntry(2, ENTRIES.get(1), CHECKPOINT))
                .isNotEqualTo(new VerifiedEntry(1, ENTRIES.get(0), CHECKPOINT))
                .isNotEqualTo(new VerifiedEntry(1, ENTRIES.get(1), checkpoint(2)));
    }
}
