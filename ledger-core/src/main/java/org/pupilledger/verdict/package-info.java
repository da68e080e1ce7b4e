/** Whether everything is as it was signed: all that decides it, and nothing else. */
@NullMarked
package org.pupilledger.verdict;

import org.jspecify.annotations.NullMarked;
