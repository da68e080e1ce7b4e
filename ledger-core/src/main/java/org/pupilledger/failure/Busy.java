package org.pupilledger.failure;

/** Others are at it, and there is room for no more of it at once; this was not begun. */
public class Busy extends RuntimeException {
    /** With what, how that is told, and when to try again. */
    public enum With {
        REBUILD("The projection is being rebuilt already, here or by another program.", 1),
        REPLAYS("As many replays wait as there may be.", 1),
        IMPORTS("Other imports are under way.", 1),
        BUNDLES("Other bundles are being made.", 30),
        BACKUP("A full bundle is being written already.", 60),
        MEMORY("The server makes as much at once as its memory allows.", 5);

        private final String sentence;
        private final int retryAfterS;

        With(String sentence, int retryAfterS) {
            this.sentence = sentence;
            this.retryAfterS = retryAfterS;
        }

        public int retryAfterS() {
            return retryAfterS;
        }
    }

    private final With with;

    public Busy(With with) {
        super(with.sentence, null, false, false);
        this.with = with;
    }

    public final With with() {
        return with;
    }
}
