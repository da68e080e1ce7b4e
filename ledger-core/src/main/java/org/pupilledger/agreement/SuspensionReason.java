package org.pupilledger.agreement;

import org.pupilledger.codes.Code;
import org.pupilledger.codes.Label;

/** Why an agreement was suspended. */
public enum SuspensionReason implements Code {
    UNDER_REVIEW,
    @Label("breach of its terms")
    BREACH_OF_TERMS,
    DATA_INCIDENT,
    LEGAL_CHALLENGE,
    @Label("change of policy")
    POLICY_CHANGE,
    OTHER
}
