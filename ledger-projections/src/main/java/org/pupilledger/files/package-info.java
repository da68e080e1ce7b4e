/** Files that only their owner may read, and that outlive a power cut. */
@NullMarked
package org.pupilledger.files;

import org.jspecify.annotations.NullMarked;
