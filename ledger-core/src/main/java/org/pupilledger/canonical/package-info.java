/** Canonical JSON: written, read strictly, and the shape that makes a record of it and it of a record. */
@NullMarked
package org.pupilledger.canonical;

import org.jspecify.annotations.NullMarked;
