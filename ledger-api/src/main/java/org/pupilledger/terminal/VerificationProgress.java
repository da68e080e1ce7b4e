package org.pupilledger.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.verification.ProgressListener;
import org.pupilledger.verification.VerificationState;

/**
 * Shows how far a verification has come, and keeps its state in a file where that is wanted: one that is interrupted goes
 * on from there.
 */
public final class VerificationProgress implements ProgressListener {
    private static final long SAVE_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    /** For the next step to be reached and its state to be written. */
    private static final long INTERRUPTION_S = 10;

    private final @Nullable PrintWriter err;
    private final @Nullable Path file;
    private final EntriesProgress shown;
    private long savedNanos = System.nanoTime();
    private volatile boolean isInterrupted;
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * @param err  null to show nothing
     * @param file null to keep nothing
     */
    public VerificationProgress(@Nullable PrintWriter err, @Nullable Path file) {
        this.err = err;
        this.file = file;
        this.shown = new EntriesProgress(err);
    }

    /** The state of a verification that was interrupted; empty where there is none. */
    Optional<VerificationState> kept() {
        if (file != null && Files.exists(file) && !Files.isRegularFile(file)) {
            throw new WrongUse("--resume is no file. Give the name of one, or one that is not there yet.");
        }
        try {
            return file == null || !Files.exists(file) ? Optional.empty() : Optional.of(VerificationState.load(file));
        } catch (IOException e) {
            throw new WrongUse(
                    "The file of --resume holds no state of a verification. Remove it, or give another name.");
        }
    }

    @Override
    public void at(long done, long of, Supplier<VerificationState> state) {
        long now = System.nanoTime();
        shown.at(done, of);
        if (file != null && (isInterrupted || now - savedNanos >= SAVE_EVERY_NANOS)) {
            save(state.get(), file);
            savedNanos = now;
        }
        if (isInterrupted) {
            ended.countDown();
            waitForTheEnd();
        }
    }

    /** The same where nothing can be kept. */
    public void at(long done, long of) {
        at(done, of, () -> {
            throw new UnsupportedOperationException("only the verification of a database can be resumed");
        });
    }

    private static void save(VerificationState state, Path file) {
        try {
            state.save(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing more is said: the program is being ended by another thread. */
    private static void waitForTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called where the program is told to end: returns when the state is kept, or nothing is under way any more. */
    void interrupt() {
        isInterrupted = true;
        try {
            if (!ended.await(INTERRUPTION_S, TimeUnit.SECONDS) && err != null) {
                err.println("The state could not be kept in time; an older one may be there.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing is under way any more. */
    public void end() {
        ended.countDown();
        shown.end();
    }

    /** Forgets the state, since the verification came to its end. */
    void forget() {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
