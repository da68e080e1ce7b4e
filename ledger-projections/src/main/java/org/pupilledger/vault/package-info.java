/** Details that no event may hold: which person an actor id stands for, and what was answered under an idempotency key. */
@NullMarked
package org.pupilledger.vault;

import org.jspecify.annotations.NullMarked;
