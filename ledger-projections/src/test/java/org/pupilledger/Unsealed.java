package org.pupilledger;

import org.jspecify.annotations.Nullable;
import org.pupilledger.tlog.Seal;

/** For tests of sequencing alone: there is never anything left to seal. */
public final class Unsealed implements Seal {
    @Override
    public boolean leads() {
        return true;
    }

    @Override
    public long seal() {
        return Long.MAX_VALUE;
    }

    @Override
    public @Nullable String standsBy() {
        return null;
    }
}
