/** Monthly totals as sums of what each event means in figures; a quarter is three months. */
@NullMarked
package org.pupilledger.totals;

import org.jspecify.annotations.NullMarked;
