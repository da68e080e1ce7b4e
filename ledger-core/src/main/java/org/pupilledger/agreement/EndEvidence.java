package org.pupilledger.agreement;

import org.pupilledger.request.Code;

/** What shows that the data shared under an agreement that ended are no longer held. */
public enum EndEvidence implements Code {
    DESTRUCTION_CONFIRMED("destruction confirmed"),
    SECURE_ENVIRONMENT_DEACTIVATED("secure environment deactivated"),
    NO_DATA_SHARED("no data were shared"),
    NOT_STATED("not stated");

    private final String label;

    EndEvidence(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
