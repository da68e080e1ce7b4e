package org.pupilledger.rebuild;

/**
 * How far a rebuild has come.
 *
 * @param position         newest entry folded into the new copy, -1 before the first
 * @param head             newest entry folded into the copy that serves, as last looked at; -1 where there is none
 * @param entriesPerSecond folded since it was begun or resumed; 0 before the first
 */
public record Progress(Phase phase, long position, long head, double entriesPerSecond) {
    private static final int ALL = 100;

    static final Progress NOT_BEGUN = new Progress(Phase.QUEUED, -1, -1, 0);

    /** 0 to 100, rounded down; 100 only of one that is done. */
    public int percent() {
        if (phase == Phase.DONE) {
            return ALL;
        }
        return head < 0 ? 0 : (int) Math.min(ALL - 1, (position + 1) * ALL / (head + 1));
    }

    Progress in(Phase next) {
        return new Progress(next, position, head, entriesPerSecond);
    }
}
