package org.pupilledger.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.cluster.TestClusters;
import org.pupilledger.store.Migrations;
import org.pupilledger.store.Pools;

/** A database of one contestant. */
record Contestant(Database database, HikariDataSource pool, HikariDataSource sequencingPool) implements AutoCloseable {
    static Contestant open(EmbeddedCluster cluster, String name, Map<String, Integer> parameters) throws SQLException {
        Database database = TestClusters.database(
                cluster, name + "_" + Long.toHexString(new SecureRandom().nextLong() >>> 1), parameters);
        Migrations.run(database);
        try (Connection owner = database.owner().connect();
                Statement statement = owner.createStatement()) {
            // where stock Axon looks for snapshots at every load
            statement.execute("create table SnapshotEventEntry as table event with no data");
            statement.execute(
                    "grant select on SnapshotEventEntry to " + database.app().user());
        }
        return new Contestant(database, Pools.open(database.app()), Pools.openSequencing(database.sequencer()));
    }

    long count(String table) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("select count(*) from " + table);
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        sequencingPool.close();
        pool.close();
    }
}
