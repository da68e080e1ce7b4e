package org.pupilledger.intake;

/** An import came to no end, though some of it is recorded. */
public final class ImportStopped extends RuntimeException {
    private final RuntimeException reason;

    ImportStopped(int recorded, RuntimeException reason) {
        super(
                "The import stopped. " + recorded + " lines were recorded by then, and possibly up to "
                        + CsvImport.CHUNK
                        + " more. Import the same file again: what is recorded is not recorded twice.",
                reason);
        this.reason = reason;
    }

    /** What stopped it. */
    public RuntimeException reason() {
        return reason;
    }
}
