/** Whole months: a month, a quarter, a year or any range of them, read once and written in one way. */
@NullMarked
package org.pupilledger.period;

import org.jspecify.annotations.NullMarked;
