package org.pupilledger.request;

/** Why a record was corrected or annulled. */
public enum Cause implements Code {
    RECOUNT("recount"),
    UNIT_ERROR("wrong unit counted"),
    LATE_INFORMATION("information that came late"),
    TRANSCRIPTION("transcription error"),
    OTHER("other");

    private final String label;

    Cause(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
