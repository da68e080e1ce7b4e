/** Plain values that facts are made of: dates known to the day or month, counts that may be not stated, references. */
@NullMarked
package org.pupilledger.values;

import org.jspecify.annotations.NullMarked;
