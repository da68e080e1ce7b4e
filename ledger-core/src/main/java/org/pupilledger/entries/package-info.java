/** Entries of the ledger as whoever folds or verifies them reads them, wherever they come from. */
@NullMarked
package org.pupilledger.entries;

import org.jspecify.annotations.NullMarked;
