package org.pupilledger.limits;

import org.jspecify.annotations.Nullable;

/**
 * Ends a program that ran out of memory, since some part of it has stopped, and nobody knows which. The virtual
 * machine's own option for that cannot be set by a program that runs.
 */
public final class OutOfMemory {
    /** What the shell gives for a program that was killed for want of memory. */
    private static final int EXIT_CODE = 137;

    private OutOfMemory() {}

    /** For threads that end with what they did not foresee. */
    public static void endUncaught() {
        Thread.UncaughtExceptionHandler otherwise = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            endIfIn(failure);
            if (otherwise == null) {
                System.err.println("thread " + thread.getName() + " ended: "
                        + failure.getClass().getName());
            } else {
                otherwise.uncaughtException(thread, failure);
            }
        });
    }

    /** For those that would go on; returns where it is something else. */
    public static void endIfIn(@Nullable Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                // nothing that needs memory: no log, no shutdown hooks
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        }
    }
}
