package org.pupilledger.cluster;

/**
 * One database and its two roles.
 *
 * @param owner {@code ledger_owner}, who may change the schema
 * @param app   {@code ledger_app}, who may connect and do what the owner grants, nothing else
 */
public record Database(DatabaseAccess owner, DatabaseAccess app) {}
