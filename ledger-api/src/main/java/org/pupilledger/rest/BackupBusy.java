package org.pupilledger.rest;

/** A full bundle is being written already; this one was not begun. */
final class BackupBusy extends RuntimeException {
    BackupBusy() {
        super("busy", null, false, false);
    }
}
