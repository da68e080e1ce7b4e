package org.pupilledger.publication;

import org.pupilledger.codes.Code;
import org.pupilledger.codes.Label;

/** Why a release date that was announced is changed. */
public enum RescheduleReason implements Code {
    @Label("more time for quality assurance")
    QUALITY_ASSURANCE,
    LATE_INFORMATION,
    @Label("pre-election period")
    PRE_ELECTION_PERIOD,
    @Label("ready earlier than announced")
    BROUGHT_FORWARD,
    OTHER
}
