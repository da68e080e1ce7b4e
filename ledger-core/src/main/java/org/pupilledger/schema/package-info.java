/** Every event's own name and version, its canonical JSON, and the leaf that binds it to its place in the ledger. */
@NullMarked
package org.pupilledger.schema;

import org.jspecify.annotations.NullMarked;
