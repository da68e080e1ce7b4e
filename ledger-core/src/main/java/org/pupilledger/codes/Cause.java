package org.pupilledger.codes;

/** Why a record was corrected or annulled. */
public enum Cause implements Code {
    RECOUNT,
    @Label("wrong unit counted")
    UNIT_ERROR,
    @Label("information that came late")
    LATE_INFORMATION,
    @Label("transcription error")
    TRANSCRIPTION,
    OTHER
}
