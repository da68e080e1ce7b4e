/** Details that no event may hold, such as which person an actor id stands for. */
@NullMarked
package org.pupilledger.vault;

import org.jspecify.annotations.NullMarked;
