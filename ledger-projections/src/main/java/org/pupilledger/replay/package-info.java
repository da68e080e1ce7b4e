/** The ledger as it was: figures as at a position or an instant, from entries that were compared with what was signed. */
@NullMarked
package org.pupilledger.replay;

import org.jspecify.annotations.NullMarked;
