package org.pupilledger.organisation;

/** The sheet of the publication to which an organisation's requests belong. */
public enum Category {
    HOME_OFFICE,
    POLICE,
    COURT,
    OTHER_GOVERNMENT,
    OTHER
}
