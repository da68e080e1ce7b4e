/** How fast the ledger is, beside what it is built on, measured in one run. */
@NullMarked
package org.pupilledger.benchmark;

import org.jspecify.annotations.NullMarked;
