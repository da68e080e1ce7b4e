package org.pupilledger.publication;

import org.pupilledger.request.Code;

/** Why a release date that was announced is changed. */
public enum RescheduleReason implements Code {
    QUALITY_ASSURANCE("more time for quality assurance"),
    LATE_INFORMATION("late information"),
    PRE_ELECTION_PERIOD("pre-election period"),
    BROUGHT_FORWARD("ready earlier than announced"),
    OTHER("other");

    private final String label;

    RescheduleReason(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
