package org.pupilledger.publication;

import org.pupilledger.request.Code;

/** Why there is a new revision of an edition. */
public enum RevisionKind implements Code {
    SCHEDULED_REVISION("scheduled revision"),
    UNSCHEDULED_CORRECTION("unscheduled correction");

    private final String label;

    RevisionKind(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
