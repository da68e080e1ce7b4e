package org.pupilledger.tlog;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Signs what is sequenced. Only what is sealed is read by anybody but the sequencer. */
public interface Seal {
    /**
     * Makes sure that this program is the one that gives positions and seals, and that what is outside the database agrees
     * with it; takes over where no other program does so.
     *
     * @return false where another one does, see {@link #standsBy}
     * @throws SQLException     the database failed
     * @throws RuntimeException what is outside the database does not agree with it, or cannot be read
     */
    boolean leads() throws SQLException;

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
