/** Totals of longer periods: what a source says of several months together, without the single requests. */
@NullMarked
package org.pupilledger.spans;

import org.jspecify.annotations.NullMarked;
