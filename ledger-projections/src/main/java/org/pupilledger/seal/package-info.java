/** Signs what is sequenced: the guard that refuses to fork, the journal outside the database. */
@NullMarked
package org.pupilledger.seal;

import org.jspecify.annotations.NullMarked;
