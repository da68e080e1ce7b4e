package org.pupilledger.failure;

/** More is asked for, or sent, than one answer or body may hold. The message says what would do. */
public final class TooMuch extends RuntimeException {
    private final String of;

    /** @param of the parameter that asks for it; empty for a body */
    public TooMuch(String of, String sentence) {
        super(sentence, null, false, false);
        this.of = of;
    }

    public static TooMuch body() {
        return new TooMuch("", "more bytes than a body of this kind may have");
    }

    public String of() {
        return of;
    }
}
