/** The sequencer that gives events their positions, and the source from which everything else reads them. */
@NullMarked
package org.pupilledger.tlog;

import org.jspecify.annotations.NullMarked;
