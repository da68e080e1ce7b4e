package org.pupilledger.store;

/**
 * Who gives a command; goes into the metadata of its events.
 *
 * @param actor random id of the person or program
 * @param role  the role in which they act
 */
public record Author(String actor, String role) {}
