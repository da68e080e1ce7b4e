package org.pupilledger.rebuild;

import java.util.List;
import org.pupilledger.entries.Entry;
import org.pupilledger.tlog.Copy;
import org.pupilledger.tlog.Projection;

/** Another projection, until it comes to one position. */
record FailingProjection(Projection projection, long failsAt) implements Projection {
    @Override
    public Kept kept() {
        return projection.kept();
    }

    @Override
    public void fold(Copy copy, List<Entry> entries) {
        projection.fold(copy, entries);
        if (entries.stream().anyMatch(entry -> entry.position() == failsAt)) {
            throw new IllegalStateException("cannot fold");
        }
    }
}
