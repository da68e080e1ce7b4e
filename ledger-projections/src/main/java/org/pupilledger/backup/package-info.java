/** The whole ledger in one file, and back: backup, migration and recovery, proved by its own checkpoints. */
@NullMarked
package org.pupilledger.backup;

import org.jspecify.annotations.NullMarked;
