package org.pupilledger.publication;

import java.time.LocalDate;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;

/**
 * Why an edition is revised, and on whose word.
 *
 * @param decider     a role, never a person
 * @param announcedOn the date on which users were or will be told of it; it is not released before
 */
public record Grounds(RevisionKind kind, Cause reason, Decider decider, LocalDate announcedOn) {}
