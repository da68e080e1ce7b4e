/** Logs as C2SP tlog-tiles lays them out, wherever they are published, and their verification. */
@NullMarked
package org.pupilledger.logs;

import org.jspecify.annotations.NullMarked;
