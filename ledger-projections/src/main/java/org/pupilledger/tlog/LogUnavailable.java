package org.pupilledger.tlog;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.NotYet;

/** The database could not be read. */
public final class LogUnavailable extends NotYet {
    /** Connection failed, resources used up, operator intervened, trouble of the system (PostgreSQL, Appendix A). */
    private static final List<String> NOT_TO_BE_HAD = List.of("08", "53", "57", "58");

    public LogUnavailable(Throwable cause) {
        super(What.AVAILABLE, "the log cannot be read", cause);
    }

    /** True where the database could not be reached, had no room, or ended while it was at it. */
    public static boolean isMeantBy(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException
                    || (cause instanceof SQLException sql && isOfDatabase(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfDatabase(@Nullable String state) {
        return state != null && NOT_TO_BE_HAD.stream().anyMatch(state::startsWith);
    }
}
