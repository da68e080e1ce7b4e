package org.pupilledger.logs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.diagnosis.Breaks;
import org.pupilledger.diagnosis.Breaks.Part;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verdict.HeldCheckpoint;
import org.pupilledger.verdict.LogVerdict;
import org.pupilledger.verdict.VerificationStopped;

/**
 * Verifies a log as C2SP tlog-tiles lays it out, with or without its entries. Files may hold anything: none is read beyond the
 * length that it may have. Immutable.
 */
public final class LogVerification {
    private final TiledLog log;
    private final LogVerifier pinned;
    private final List<byte[]> held;

    /** @param pinned origin and keys, from elsewhere than the log */
    public LogVerification(TiledLog log, LogVerifier pinned) {
        this(log, pinned, List.of());
    }

    private LogVerification(TiledLog log, LogVerifier pinned, List<byte[]> held) {
        this.log = log;
        this.pinned = pinned;
        this.held = List.copyOf(held);
    }

    /** Compares old checkpoints too, signed notes that the caller kept. */
    public LogVerification holding(List<byte[]> notes) {
        return new LogVerification(log, pinned, notes);
    }

    /** Is told now and then how many entries of how many were gone through. */
    @FunctionalInterface
    public interface Progress {
        void at(long done, long of);
    }

    /**
     * Verifies.
     *
     * @throws VerificationStopped where this thread is interrupted
     */
    public Report run(Progress progress) {
        Breaks breaks = new Breaks();
        byte[] note = log.checkpoint();
        Optional<Checkpoint> opened = pinned.open(note);
        if (opened.isEmpty()) {
            long said = Checkpoint.saidIn(note).map(Checkpoint::size).orElse(0L);
            long position = Math.max(0, said - 1);
            breaks.at(Part.CHECKPOINT, note == null ? Kind.MISSING : Kind.FORGED, position)
                    .say(
                            note == null
                                    ? "The file checkpoint is missing, so nothing from position 0 on can be verified."
                                    : "The file checkpoint, up to position " + position
                                            + ", is not signed by this log under its origin.");
            return new Report(said, 0, 0, false, breaks.inOrder());
        }
        Checkpoint checkpoint = opened.get();
        long size = checkpoint.size();
        verifyKeys(checkpoint, note, breaks);
        TileDiagnosis diagnosis = new TileDiagnosis(log, checkpoint, breaks);
        boolean isSound = LogVerdict.of(log, checkpoint, LogVerdict.counting(done -> progress.at(done, size)))
                .isSound();
        if (!isSound) {
            diagnosis.run();
            if (breaks.inOrder().isEmpty()) {
                // the verdict stands, whatever the second look says
                breaks.at(Part.TREE, Kind.CHANGED, 0)
                        .say("Somewhere from position 0 on, the " + log.what() + " was not what was signed when it was"
                                + " read, and is when it is read again.");
            }
        } else if (!held.isEmpty()) {
            diagnosis.findEdges();
        }
        verifyHeld(size, breaks, isSound, diagnosis);
        return new Report(size, size, 0, false, breaks.inOrder());
    }

    private void verifyKeys(Checkpoint checkpoint, byte @Nullable [] note, Breaks breaks) {
        List<VerifierKey> keys = log.keys();
        boolean isSigned = keys == null
                || keys.stream()
                        .anyMatch(key -> new LogVerifier(checkpoint.origin(), List.of(key))
                                .open(note)
                                .isPresent());
        if (!isSigned) {
            long position = Math.max(0, checkpoint.size() - 1);
            breaks.at(Part.CHECKPOINT, Kind.CHANGED, position)
                    .say("The file key does not hold a key that signed the checkpoint up to position " + position
                            + ".");
        }
    }

    /**
     * @param isSound   whether every tile was right when it was read
     * @param diagnosis reads tiles again, each of which something that was signed vouches for
     */
    private void verifyHeld(long size, Breaks breaks, boolean isSound, TileDiagnosis diagnosis) {
        List<Checkpoint> within = new ArrayList<>();
        for (byte[] note : held) {
            switch (HeldCheckpoint.of(note, pinned::open, size)) {
                case HeldCheckpoint.Unsigned _ ->
                    breaks.at(Part.CHECKPOINT, Kind.FORGED, 0)
                            .say("A checkpoint that was given, for positions from 0 on, is not signed by this log.");
                case HeldCheckpoint.Beyond(Checkpoint beyond) ->
                    breaks.at(Part.CHECKPOINT, Kind.ROLLED_BACK, size)
                            .say("The " + log.what() + " ends before position " + size + ", but a checkpoint of "
                                    + beyond.size() + " entries was given.");
                case HeldCheckpoint.Within(Checkpoint older) -> within.add(older);
            }
        }
        within.sort(Comparator.comparingLong(Checkpoint::size));
        long agreed = 0;
        for (Checkpoint older : within) {
            byte[] root = diagnosis.rootAt(older.size());
            if (root == null && isSound) {
                breaks.at(Part.TREE, Kind.CHANGED, agreed)
                        .say("Somewhere from position " + agreed + " on, the " + log.what()
                                + " was what was signed when it was read, and is not when it is read again.");
                return;
            }
            if (root != null && !Arrays.equals(root, older.root())) {
                breaks.addForged(agreed, older.size(), "which was given");
                return;
            }
            agreed = root == null ? agreed : older.size();
        }
    }
}
