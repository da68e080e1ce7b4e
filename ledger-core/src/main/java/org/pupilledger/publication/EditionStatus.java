package org.pupilledger.publication;

import org.pupilledger.request.Code;

/** How far an edition has come. */
public enum EditionStatus implements Code {
    SCHEDULED,
    PREVIEWED,
    RELEASED,
    REVISED
}
