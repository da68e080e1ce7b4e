/** What an agreement to share data says from when to when: its parties, versions, permitted items, ceiling, suspension and end. */
@NullMarked
package org.pupilledger.agreement;

import org.jspecify.annotations.NullMarked;
