/** The private keys of the log, each in a file that only its owner may read, and their change. */
@NullMarked
package org.pupilledger.keys;

import org.jspecify.annotations.NullMarked;
