package org.pupilledger.cluster;

/**
 * One database and its three roles.
 *
 * @param owner     {@code ledger_owner}, who may change the schema
 * @param app       {@code ledger_app}, who may read everything and append events
 * @param sequencer {@code ledger_sequencer}, who may give events their places, seal and fold, but append none
 */
public record Database(DatabaseAccess owner, DatabaseAccess app, DatabaseAccess sequencer) {}
