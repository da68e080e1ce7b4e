/** A ledger in operation: what it is put together of, started in order and stopped in the opposite one, and what is done with it. */
@NullMarked
package org.pupilledger.node;

import org.jspecify.annotations.NullMarked;
