package org.pupilledger.publication;

import org.pupilledger.codes.Code;
import org.pupilledger.codes.Label;

/** How figures are guarded against disclosure before they are published: a recorded choice from the first edition on. */
public enum Profile implements Code {
    /** Every count as it is, even 1. */
    @Label("exact counts, nothing suppressed or rounded")
    EXACT
}
