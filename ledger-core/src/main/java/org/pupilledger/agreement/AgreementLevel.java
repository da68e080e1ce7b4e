package org.pupilledger.agreement;

import org.pupilledger.request.Code;

/** Whether an agreement is one under which others stand, or one for a process. */
public enum AgreementLevel implements Code {
    UMBRELLA("umbrella"),
    PROCESS("process");

    private final String label;

    AgreementLevel(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
