/** Makes a projection anew from the entries, in a second copy beside the one that serves, and swaps the two. */
@NullMarked
package org.pupilledger.rebuild;

import org.jspecify.annotations.NullMarked;
