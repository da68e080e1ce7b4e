package org.pupilledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pupilledger.Program.Result;
import org.pupilledger.cluster.EmbeddedCluster;
import tools.jackson.databind.json.JsonMapper;

/** A ledger in a data directory, with no server running unless a test starts one. */
final class DiskLedger implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path directory;
    private int requests;

    /** One with an empty database. */
    DiskLedger() {
        this(TestServer.newLedgerDirectory());
    }

    private DiskLedger(Path directory) {
        this.directory = directory;
    }

    /** One that is still to be made, in a directory that is not there. */
    static DiskLedger nowhere() {
        return new DiskLedger(TestServer.newDirectory());
    }

    Path directory() {
        return directory;
    }

    Path keyFile() {
        return directory.resolve("log").resolve("key.pem");
    }

    /** Of the file with this behind the key file's name. */
    Path keyFile(String suffix) {
        return keyFile().resolveSibling("key.pem" + suffix);
    }

    Path journal() {
        return directory.resolve("log").resolve("checkpoints.jsonl");
    }

    /** Runs a command on it. */
    Result run(String... arguments) {
        return Program.run(withDirectory(arguments));
    }

    /**
     * Runs a command on it in a process of its own.
     *
     * @param options of the Java virtual machine
     */
    Result runAlone(List<String> options, String... arguments) {
        return Program.runAlone(options, withDirectory(arguments));
    }

    private List<String> withDirectory(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--ledger.data-directory=" + directory);
        return all;
    }

    /** What is done while a server runs. */
    interface Visit {
        void to(TestServer server) throws Exception;
    }

    /** Runs a server on it, in this process, and stops it. */
    void serve(Visit visit) throws Exception {
        List<String> settings = TestServer.settings(directory);
        settings.addAll(TestServer.users());
        // not closed as a resource, since that would delete the ledger
        TestServer server = TestServer.start(directory, settings);
        try {
            visit.to(server);
        } finally {
            server.context().close();
        }
    }

    /** Records requests that were not recorded before, four events each. */
    Result importRequests(int count) {
        StringBuilder lines = new StringBuilder(Sample.HEADER).append('\n');
        for (int i = 0; i < count; i++) {
            requests++;
            lines.append(",DWP,2023-01,OTHER,OTHER,")
                    .append(requests + 10)
                    .append(",,APPROVED,2,0,2,2,SCHOOL,FILE,,\n");
        }
        try {
            Path file = Files.writeString(Files.createTempFile("requests", ".csv"), lines);
            Result result = run("import", "--quiet", file.toString());
            Files.delete(file);
            if (result.exitCode() != 0) {
                throw new IllegalStateException("not imported: " + result);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last checkpoint of the journal, as signed. */
    String lastCheckpoint() throws IOException {
        return JSON.readTree(Files.readAllLines(journal()).getLast())
                .get("checkpoint")
                .stringValue();
    }

    /** What a superuser can do to the database of a stopped ledger, triggers turned off. */
    void tamper(String... statements) throws SQLException, IOException {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(directory);
                Connection connection = superuser(cluster.owner().url());
                Statement statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (String each : statements) {
                if (statement.executeUpdate(each) == 0) {
                    throw new IllegalStateException("nothing changed by: " + each);
                }
            }
        }
    }

    /** The one value that a query on the database of a stopped ledger finds. */
    String query(String query) throws SQLException, IOException {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(directory);
                Connection connection = superuser(cluster.owner().url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private Connection superuser(String url) throws SQLException, IOException {
        Path passwords = directory.resolve("cluster").resolve("passwords.json");
        String password =
                JSON.readTree(Files.readString(passwords)).get("superuser").stringValue();
        return DriverManager.getConnection(url, "postgres", password);
    }

    /** Copies a directory, whose copy is replaced where there is one. */
    static void copy(Path from, Path to) {
        TestServer.delete(to);
        TestServer.copy(from, to);
    }

    @Override
    public void close() {
        TestServer.delete(directory);
    }
}
