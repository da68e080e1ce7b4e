package org.pupilledger.rebuild;

/** The projection is being rebuilt already, by this program or another. */
public final class AlreadyRebuilding extends RuntimeException {
    public static final String SENTENCE = "The projection is being rebuilt already, here or by another program.";

    AlreadyRebuilding() {
        super(SENTENCE, null, false, false);
    }
}
