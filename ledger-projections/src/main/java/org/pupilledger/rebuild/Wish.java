package org.pupilledger.rebuild;

/** What whoever watches a rebuild wants of it. */
public enum Wish {
    GO_ON,
    /** To end soon, and to be resumed by another one. */
    PAUSE,
    /** To end soon, and for ever: what was made is thrown away. */
    GIVE_UP
}
