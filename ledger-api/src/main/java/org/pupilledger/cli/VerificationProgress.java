package org.pupilledger.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
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
final class VerificationProgress implements ProgressListener {
    private static final long SHOW_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long SAVE_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    /** For the next step to be reached and its state to be written. */
    private static final long INTERRUPTION_S = 10;

    private final @Nullable PrintWriter err;
    private final @Nullable Path file;
    private long startedNanos;
    private long shownNanos;
    private long savedNanos;
    private long doneBefore = -1;
    private boolean isShown;
    private volatile boolean isInterrupted;
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * @param err  null to show nothing
     * @param file null to keep nothing
     */
    VerificationProgress(@Nullable PrintWriter err, @Nullable Path file) {
        this.err = err;
        this.file = file;
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
        if (doneBefore < 0) {
            // where it goes on, what was done before took none of this run's time
            doneBefore = done;
            startedNanos = now;
            shownNanos = now;
            savedNanos = now;
        }
        if (err != null && now - shownNanos >= SHOW_EVERY_NANOS) {
            show(err, done, of, now);
        }
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
    void at(long done, long of) {
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

    private void show(PrintWriter to, long done, long of, long now) {
        double seconds = (now - startedNanos) / 1e9;
        to.printf(
                Locale.ROOT,
                "\r%d %% of %d entries, %.0f entries/s ",
                of == 0 ? 100 : done * 100 / of,
                of,
                (done - doneBefore) / seconds);
        to.flush();
        shownNanos = now;
        isShown = true;
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
    void end() {
        ended.countDown();
        if (err != null && isShown) {
            err.println();
        }
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
