/** What fails though nobody broke a rule: it is not yet, damaged, busy, too much, or hindered by how things are. */
@NullMarked
package org.pupilledger.failure;

import org.jspecify.annotations.NullMarked;
