/** Monthly totals, folded from the entries and kept in tables. */
@NullMarked
package org.pupilledger.totals;

import org.jspecify.annotations.NullMarked;
