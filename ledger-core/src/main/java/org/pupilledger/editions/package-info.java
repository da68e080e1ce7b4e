/** What an edition says: its tables and documents, its releases, and what changed between any two of them. */
@NullMarked
package org.pupilledger.editions;

import org.jspecify.annotations.NullMarked;
