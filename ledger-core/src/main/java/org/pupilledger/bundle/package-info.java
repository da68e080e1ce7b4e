/** Audit bundles: an edition with all that proves it in one file, and its verification without a database. */
@NullMarked
package org.pupilledger.bundle;

import org.jspecify.annotations.NullMarked;
