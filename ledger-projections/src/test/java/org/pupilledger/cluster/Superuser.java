package org.pupilledger.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.pupilledger.TestDatabase;

/** Whoever can do anything to the databases of the tests. */
public final class Superuser {
    private Superuser() {}

    /** The way into a database of the cluster that all tests share. */
    public static DatabaseAccess of(Database database) {
        try {
            Passwords passwords = Passwords.read(TestDatabase.directory().resolve("cluster/passwords.json"));
            return new DatabaseAccess(database.owner().url(), NewCluster.SUPERUSER, passwords.superuser());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
