/** What verification finds. */
@NullMarked
package org.pupilledger.verdict;

import org.jspecify.annotations.NullMarked;
