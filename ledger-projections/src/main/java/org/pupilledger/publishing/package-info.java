/** Builds editions and audit bundles from the ledger, and keeps published files to the byte. */
@NullMarked
package org.pupilledger.publishing;

import org.jspecify.annotations.NullMarked;
