package org.pupilledger.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.pupilledger.failure.Hindered;

/** A second ledger: a JVM that starts a cluster, commits one row, says so and stays until it is killed. */
final class ClusterHolder {

    private static final String READY = "ready";

    private ClusterHolder() {}

    public static void main(String[] arguments) throws Exception {
        try {
            EmbeddedCluster cluster =
                    EmbeddedCluster.start(Path.of(arguments[0]), TestClusters.programs(), Durability.FULL);
            try (cluster;
                    Connection connection = cluster.owner().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop table if exists kept");
                statement.execute("create table kept as select 'committed' as word");
                System.out.println(READY);
                // Until the test kills this process, or ends without having done so.
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (Hindered e) {
            System.out.println(e.getMessage());
        }
    }

    /** Starts the JVM. What it says first, "ready" or the refusal, is the next line of its output. */
    static Process spawn(Path dataDirectory) throws IOException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ClusterHolder.class.getName(),
                dataDirectory.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static void awaitReady(Process holder) throws IOException {
        String line = firstLine(holder);
        if (!READY.equals(line)) {
            throw new IllegalStateException(line);
        }
    }

    static String firstLine(Process holder) throws IOException {
        BufferedReader output = holder.inputReader();
        return String.valueOf(output.readLine());
    }
}
