package org.pupilledger.publication;

import org.pupilledger.codes.Code;

/** How far an edition has come. */
public enum EditionStatus implements Code {
    SCHEDULED,
    PREVIEWED,
    RELEASED,
    REVISED
}
