package org.pupilledger.agreement;

import org.pupilledger.request.Code;

/** Why an agreement was suspended. */
public enum SuspensionReason implements Code {
    UNDER_REVIEW("under review"),
    BREACH_OF_TERMS("breach of its terms"),
    DATA_INCIDENT("data incident"),
    LEGAL_CHALLENGE("legal challenge"),
    POLICY_CHANGE("change of policy"),
    OTHER("other");

    private final String label;

    SuspensionReason(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
