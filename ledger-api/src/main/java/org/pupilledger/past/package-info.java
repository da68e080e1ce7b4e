/** What is asked of the ledger as it was: up to an instant or a position, by the name of an edition, or between two of them. */
@NullMarked
package org.pupilledger.past;

import org.jspecify.annotations.NullMarked;
