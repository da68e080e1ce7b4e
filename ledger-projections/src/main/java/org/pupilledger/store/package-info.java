/** Where events are appended: schema, event store, command bus, and the claims that one transaction makes. */
@NullMarked
package org.pupilledger.store;

import org.jspecify.annotations.NullMarked;
