package org.pupilledger.publication;

import org.pupilledger.codes.Code;

/** Why there is a new revision of an edition. */
public enum RevisionKind implements Code {
    SCHEDULED_REVISION,
    UNSCHEDULED_CORRECTION
}
