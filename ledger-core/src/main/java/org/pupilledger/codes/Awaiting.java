package org.pupilledger.codes;

import java.util.Locale;

/**
 * What the department still owes a request that was recorded as it came. A historic one awaits nothing: what its source
 * does not tell is not stated, not undone.
 */
public enum Awaiting implements Code {
    DECISION,
    /** Approved, and nobody was looked for yet. */
    MATCH,
    /** Matched, and nothing was answered yet, nor withdrawn. */
    DISCLOSURE,
    /** Answered, and the submitted file is still there: it could not be closed. */
    DESTRUCTION;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
