/** ZIP files whose parts are stored as they are, byte for byte the same each time: written, and read without trust. */
@NullMarked
package org.pupilledger.zip;

import org.jspecify.annotations.NullMarked;
