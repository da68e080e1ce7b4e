/** Whole files of historic requests: read line by line, recorded in chunks, and told of line by line. */
@NullMarked
package org.pupilledger.imports;

import org.jspecify.annotations.NullMarked;
