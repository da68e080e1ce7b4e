package org.pupilledger.entries;

import org.pupilledger.schema.Leaf;

/**
 * One sequenced event.
 *
 * @param position 0-based and gap-free place in the ledger
 */
public record Entry(long position, Leaf leaf) {}
