package org.pupilledger;

import org.jspecify.annotations.Nullable;
import org.pupilledger.cluster.ClusterRefused;
import org.pupilledger.seal.KeyUnusable;
import org.pupilledger.seal.LogRefused;
import org.pupilledger.store.ClockRefused;
import org.pupilledger.store.UnsafeDatabase;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Has a refused start told in a sentence, which whoever starts the program can act on, and not in a stack trace. */
final class StartFailures implements FailureAnalyzer {
    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        Throwable cause = refusal(failure);
        return cause == null ? null : new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }

    /** What this program itself had against starting; null where it failed in another way. */
    static @Nullable Throwable refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused
                    || cause instanceof ClusterRefused
                    || cause instanceof UnsafeDatabase
                    || cause instanceof LogRefused
                    || cause instanceof ClockRefused
                    || cause instanceof KeyUnusable) {
                return cause;
            }
        }
        return null;
    }
}
