/** SHA-256, as bytes and as hexadecimal digits. */
@NullMarked
package org.pupilledger.digest;

import org.jspecify.annotations.NullMarked;
