/** Whole files of requests, or of totals of longer periods: read line by line, recorded, and told of line by line. */
@NullMarked
package org.pupilledger.imports;

import org.jspecify.annotations.NullMarked;
