package org.pupilledger.imports;

import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.NotYet;

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
            case NotYet early when early.what() == NotYet.What.TIMED -> early.getMessage();
            case NotYet early
            when early.what() == NotYet.What.RECORDED -> "Nothing is recorded at present: " + early.getMessage() + ".";
            default -> null;
        };
    }

    /** What stopped it. */
    public RuntimeException reason() {
        return reason;
    }
}
