package org.pupilledger.tlog;

import java.sql.Statement;

/**
 * The database said that a statement was done and did not keep what it was given: a trigger, a rule or a policy took it
 * away or changed it. What was asked for is undone, and nobody is told that it was done.
 */
public final class NotStored extends RuntimeException {
    public NotStored(String table) {
        super("the database did not keep what was written to " + table + "; verify names what is not as it was made");
    }

    /**
     * Believes what was written only where the database counts as many rows.
     *
     * @throws NotStored there are fewer, or more
     */
    public static void unless(int given, int stored, String table) {
        if (stored != given) {
            throw new NotStored(table);
        }
    }

    /**
     * As above, of a batch in which each statement writes one row. Where the driver made one statement of several, it tells
     * only whether they wrote anything.
     */
    public static void unlessEach(int[] stored, String table) {
        for (int rows : stored) {
            if (rows != 1 && rows != Statement.SUCCESS_NO_INFO) {
                throw new NotStored(table);
            }
        }
    }
}
