package org.pupilledger.rebuild;

import org.pupilledger.failure.Busy;

/** The projection is being rebuilt already, by this program or another. */
public final class AlreadyRebuilding extends Busy {
    AlreadyRebuilding() {
        super(With.REBUILD);
    }
}
