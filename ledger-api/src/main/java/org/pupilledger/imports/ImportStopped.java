package org.pupilledger.imports;

import org.jspecify.annotations.Nullable;
import org.pupilledger.store.ClockRefused;
import org.pupilledger.store.NotRecording;

/** An import came to no end, though some of it may be recorded. The message says how much, and why where that is known. */
public final class ImportStopped extends RuntimeException {
    private final RuntimeException reason;

    /** @param recorded lines of which it is certain */
    ImportStopped(int recorded, RuntimeException reason) {
        super(message(recorded, known(reason)), reason);
        this.reason = reason;
    }

    private static String message(int recorded, @Nullable String why) {
        return "The import stopped. " + (why == null ? "" : why + " ") + recorded + " lines were recorded by then"
                + (why == null ? ", and possibly up to " + CsvImport.CHUNK + " more" : "")
                + ". Import the same file again: what is recorded is not recorded twice.";
    }

    /** What refused before anything was written, and can be set right; null for the rest. */
    private static @Nullable String known(RuntimeException reason) {
        return switch (reason) {
            case ClockRefused wrong -> wrong.getMessage();
            case NotRecording not -> "Nothing is recorded at present: " + not.getMessage() + ".";
            default -> null;
        };
    }

    /** What stopped it. */
    public RuntimeException reason() {
        return reason;
    }
}
