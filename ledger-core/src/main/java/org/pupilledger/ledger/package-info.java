/** Facts about the ledger itself: the day on which it was opened, the keys that sign its checkpoints. */
@NullMarked
package org.pupilledger.ledger;

import org.jspecify.annotations.NullMarked;
