/** For which months of an organisation the record is complete, as a publisher said and a second person confirmed. */
@NullMarked
package org.pupilledger.coverage;

import org.jspecify.annotations.NullMarked;
