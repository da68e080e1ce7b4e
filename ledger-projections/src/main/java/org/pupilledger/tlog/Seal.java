package org.pupilledger.tlog;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Signs what is sequenced. Only what is sealed is read by anybody but the sequencer. */
public interface Seal {
    /**
     * Seals what is sequenced and was not sealed yet, where it is time to.
     *
     * @return how many entries are sealed, whichever program did it
     * @throws SQLException     the database failed; the next call goes on from whatever was reached
     * @throws RuntimeException what was committed is not what was sequenced, or the files outside the database failed
     */
    long seal() throws SQLException;

    /** Why this program seals nothing at present, though nothing failed; null where it does. */
    @Nullable
    String standsBy();
}
