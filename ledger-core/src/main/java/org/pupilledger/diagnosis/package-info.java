/** Where something is not as it was signed: which kind of break it is, and at which position. */
@NullMarked
package org.pupilledger.diagnosis;

import org.jspecify.annotations.NullMarked;
