package org.pupilledger.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * How one role reaches one database.
 *
 * @param url      JDBC URL without user, password or other properties
 * @param password never shown by {@link #toString()}
 */
public record DatabaseAccess(String url, String user, String password) {

    /** Opens a connection that the caller closes. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    @Override
    public String toString() {
        return user + " at " + url;
    }
}
