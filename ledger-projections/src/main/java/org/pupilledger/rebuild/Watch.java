package org.pupilledger.rebuild;

/** Watches a rebuild. Both are called often, by the thread that rebuilds. */
public interface Watch {
    /** Says how far it has come. */
    void at(Progress progress);

    /** Looked at between two batches. */
    Wish wish();

    /** One that says nothing and lets it go on. */
    static Watch none() {
        return new Watch() {
            @Override
            public void at(Progress progress) {
                // nobody looks
            }

            @Override
            public Wish wish() {
                return Wish.GO_ON;
            }
        };
    }
}
