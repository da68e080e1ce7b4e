package org.pupilledger.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * How one role reaches one database.
 *
 * @param url      JDBC URL without user, password or other properties
 * @param password never shown by {@link #toString()}
 */
public record DatabaseAccess(String url, String user, String password) {
    /** Of the driver: what a session says of itself at its start. */
    public static final String OPTIONS = "options";

    /**
     * What a role may give itself as a default, and what would then stop every session of it: said at the start of a session,
     * these count more. And rows that a policy hides are an error, not rows that are not there.
     */
    public static final String UNHINDERED = "-c statement_timeout=0 -c lock_timeout=0"
            + " -c idle_in_transaction_session_timeout=0 -c idle_session_timeout=0"
            + " -c row_security=off -c default_transaction_read_only=off -c default_transaction_isolation=read\\ committed";

    /** Opens a connection that the caller closes. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty(OPTIONS, UNHINDERED);
        return DriverManager.getConnection(url, properties);
    }

    @Override
    public String toString() {
        return user + " at " + url;
    }
}
