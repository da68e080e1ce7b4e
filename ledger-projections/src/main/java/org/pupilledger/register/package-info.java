/** The current state of requests and organisations, for look-up, and the events behind it. */
@NullMarked
package org.pupilledger.register;

import org.jspecify.annotations.NullMarked;
