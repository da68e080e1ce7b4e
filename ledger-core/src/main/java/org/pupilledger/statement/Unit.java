package org.pupilledger.statement;

import org.pupilledger.codes.Code;

/** What a number counts. Numbers of different units are never added to each other, nor compared. */
public enum Unit implements Code {
    REQUESTS,
    INDIVIDUALS,
    AGREEMENTS,
    APPLICATIONS,
    USERS,
    /** Whatever the subject says. */
    OTHER
}
