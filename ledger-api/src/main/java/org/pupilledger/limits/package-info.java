/** What one caller may take of the server, so that something is left for the others: connections, time and memory. */
@NullMarked
package org.pupilledger.limits;

import org.jspecify.annotations.NullMarked;
