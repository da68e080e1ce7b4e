/** Facts about the ledger itself: the day on which it was opened. */
@NullMarked
package org.pupilledger.ledger;

import org.jspecify.annotations.NullMarked;
