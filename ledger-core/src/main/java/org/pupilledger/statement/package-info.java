/** Figures told to someone outside, their corrections, their conflicts, and who must be told anew. */
@NullMarked
package org.pupilledger.statement;

import org.jspecify.annotations.NullMarked;
