/** Main, settings and wiring; nothing else. */
@NullMarked
package org.pupilledger;

import org.jspecify.annotations.NullMarked;
