/** Tells every event of one thing in order, for a person who asks why it is as it is. */
@NullMarked
package org.pupilledger.timeline;

import org.jspecify.annotations.NullMarked;
