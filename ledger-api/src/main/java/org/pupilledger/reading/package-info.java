/** How any input is read: members of forms and queries, and the refusal of what does not fit or must not be kept. */
@NullMarked
package org.pupilledger.reading;

import org.jspecify.annotations.NullMarked;
