/** Goes through a whole ledger in its database, and names the first place that is not as it was signed. */
@NullMarked
package org.pupilledger.verification;

import org.jspecify.annotations.NullMarked;
