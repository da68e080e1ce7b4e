package org.pupilledger.security;

/** What a user may be; a user may be several. */
public enum Role {
    /** Records requests and what becomes of them. */
    RECORDER,
    /** Decides, corrects and annuls; never what the same officer recorded. */
    APPROVER,
    /** Publishes. */
    PUBLISHER,
    /** Reads everything. */
    AUDITOR,
    /** Looks after organisations and the program itself. */
    ADMIN
}
