/** The embedded PostgreSQL: started, taken over after a crash, stopped. */
@NullMarked
package org.pupilledger.cluster;

import org.jspecify.annotations.NullMarked;
