/** What callers are told where a call fails: each refusal and failure as one kind of problem. */
@NullMarked
package org.pupilledger.problems;

import org.jspecify.annotations.NullMarked;
