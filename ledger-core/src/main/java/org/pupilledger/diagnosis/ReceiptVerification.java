package org.pupilledger.diagnosis;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.TlogProof;
import org.pupilledger.merkle.VerifiedEntry;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;

/** Verifies a receipt, a C2SP tlog-proof whose extra data is the entry, and says what is wrong with it. */
public final class ReceiptVerification {
    /** What a receipt proves. */
    public sealed interface Verdict {
        /** The entry is in the log. */
        record Proved(VerifiedEntry entry) implements Verdict {}

        /** The receipt proves nothing. */
        record Broken(Break found) implements Verdict {}
    }

    private ReceiptVerification() {}

    /** Never throws, whatever the bytes. */
    public static Verdict of(byte @Nullable [] receipt, LogVerifier pinned) {
        Optional<VerifiedEntry> entry = pinned.openReceipt(receipt);
        if (entry.isPresent()) {
            return new Verdict.Proved(entry.get());
        }
        Optional<TlogProof> proof = TlogProof.parse(receipt);
        return proof.isEmpty()
                ? broken(Kind.CHANGED, 0, "The receipt is malformed: it is no tlog-proof.")
                : broken(proof.get(), pinned);
    }

    private static Verdict broken(TlogProof proof, LogVerifier pinned) {
        long position = proof.index();
        String of = "The receipt for position " + position;
        Optional<Checkpoint> said = Checkpoint.saidIn(proof.checkpoint());
        if (proof.extra() == null || said.isEmpty()) {
            return broken(
                    Kind.CHANGED,
                    position,
                    of + " is malformed: "
                            + (said.isEmpty() ? "what it holds is no checkpoint." : "it holds no entry."));
        }
        if (!said.get().origin().equals(pinned.origin())) {
            return broken(Kind.FORGED, position, of + " has another origin: it is not from this log.");
        }
        if (pinned.open(proof.checkpoint()).isEmpty()) {
            return broken(
                    Kind.FORGED, position, of + " has no valid signature: its checkpoint is not signed by this log.");
        }
        return broken(
                Kind.CHANGED,
                position,
                of + " fails on inclusion: the entry in it is not at that position in the tree that was signed.");
    }

    private static Verdict broken(Kind kind, long position, String sentence) {
        return new Verdict.Broken(new Break(kind, position, sentence));
    }
}
