/** The guard that refuses identities and secrets, and the commitments to what is kept outside the ledger. */
@NullMarked
package org.pupilledger.privacy;

import org.jspecify.annotations.NullMarked;
