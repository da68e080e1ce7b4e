/** How requests come in from outside: reading what was typed, and refusing what must not be kept. */
@NullMarked
package org.pupilledger.intake;

import org.jspecify.annotations.NullMarked;
