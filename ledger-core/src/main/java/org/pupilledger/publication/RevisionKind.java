package org.pupilledger.publication;

import org.pupilledger.request.Code;

/** Why there is a new revision of an edition. */
public enum RevisionKind implements Code {
    SCHEDULED_REVISION,
    UNSCHEDULED_CORRECTION
}
