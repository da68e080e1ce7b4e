/** What tests stand on: a real server with a real PostgreSQL, called over real HTTP. */
@NullMarked
package org.pupilledger;

import org.jspecify.annotations.NullMarked;
