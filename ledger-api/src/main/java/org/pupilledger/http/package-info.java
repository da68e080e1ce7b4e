/** How every call is taken and answered: bodies, conditions, what callers accept, pages of lists. */
@NullMarked
package org.pupilledger.http;

import org.jspecify.annotations.NullMarked;
