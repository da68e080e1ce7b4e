/** Why a command is refused: the rule that it breaks, what it contradicts, what must not be kept. */
@NullMarked
package org.pupilledger.refusal;

import org.jspecify.annotations.NullMarked;
