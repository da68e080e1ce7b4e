package org.pupilledger.organisation;

import org.pupilledger.codes.Code;
import org.pupilledger.codes.Label;

/** The sheet of the publication to which an organisation's requests belong. */
public enum Category implements Code {
    @Label("Home Office")
    HOME_OFFICE,
    POLICE,
    COURT,
    @Label("other government body")
    OTHER_GOVERNMENT,
    OTHER
}
