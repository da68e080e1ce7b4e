/** Builds editions from the ledger, keeps their files to the byte, and says what changed between any two of them. */
@NullMarked
package org.pupilledger.editions;

import org.jspecify.annotations.NullMarked;
