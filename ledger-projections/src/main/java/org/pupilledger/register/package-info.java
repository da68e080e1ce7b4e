/** The current state of requests and organisations, for look-up. */
@NullMarked
package org.pupilledger.register;

import org.jspecify.annotations.NullMarked;
