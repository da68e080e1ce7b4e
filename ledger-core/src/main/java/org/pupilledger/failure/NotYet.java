package org.pupilledger.failure;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Something cannot be had or done yet; asked for again later, it may be. The message says why and repeats no input. */
public class NotYet extends RuntimeException {
    /** What is not so yet. */
    public enum What {
        /** Sealed, or in the figures. */
        SEALED,
        /** Released; it is announced. */
        RELEASED,
        /** Public, though released. */
        PUBLIC,
        /** Recorded, since it could not be sealed or not be stored: nothing is at present. */
        RECORDED,
        /** Believed: a clock is wrong, so nothing is recorded. */
        TIMED,
        /** A position of the ledger. */
        REACHED,
        /** To be had: the database could not be read. */
        AVAILABLE
    }

    private final What what;

    public NotYet(What what, String sentence) {
        this(what, sentence, null);
    }

    public NotYet(What what, String sentence, @Nullable Throwable cause) {
        super(sentence, cause, false, cause != null);
        this.what = what;
    }

    /** Nothing else is to be told than that it is not sealed. */
    public static NotYet sealed() {
        return new NotYet(What.SEALED, "not sealed yet");
    }

    /** Not released, but announced for a day. */
    public static NotYet due(LocalDate day) {
        return new NotYet(What.RELEASED, "It is due on " + day + ".");
    }

    public final What what() {
        return what;
    }
}
