/** What tests stand on: a real PostgreSQL and a ledger wired as the application wires it. */
@NullMarked
package org.pupilledger;

import org.jspecify.annotations.NullMarked;
