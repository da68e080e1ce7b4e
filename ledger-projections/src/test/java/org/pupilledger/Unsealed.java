package org.pupilledger;

import org.jspecify.annotations.Nullable;
import org.pupilledger.tlog.Seal;

/** For tests of sequencing alone. */
public final class Unsealed implements Seal {
    @Override
    public long seal() {
        return 0;
    }

    @Override
    public @Nullable String standsBy() {
        return null;
    }
}
