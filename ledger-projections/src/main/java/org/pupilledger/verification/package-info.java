/** Goes through a whole ledger, a directory of it or a receipt, and names the first place that is not as it was signed. */
@NullMarked
package org.pupilledger.verification;

import org.jspecify.annotations.NullMarked;
