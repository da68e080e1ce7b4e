package org.pupilledger.reading;

import java.util.List;

/** What was typed has not the form that it should have. No message repeats it. */
public final class InvalidInput extends RuntimeException {
    private final List<Flaw> flaws;

    /**
     * One thing that is wrong.
     *
     * @param pointer RFC 6901 pointer into the body, or the name of a query parameter or header
     */
    public record Flaw(String pointer, String code, String detail) {}

    public InvalidInput(List<Flaw> flaws) {
        super("invalid input", null, false, false);
        this.flaws = List.copyOf(flaws);
    }

    public InvalidInput(String pointer, String code, String detail) {
        this(List.of(new Flaw(pointer, code, detail)));
    }

    /** At least one. */
    public List<Flaw> flaws() {
        return flaws;
    }
}
