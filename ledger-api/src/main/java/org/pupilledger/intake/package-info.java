/** How requests come in from outside: reading what was typed, and whole files of it. */
@NullMarked
package org.pupilledger.intake;

import org.jspecify.annotations.NullMarked;
