package org.pupilledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Program.Result;
import org.pupilledger.cluster.Database;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;

/** Somebody has the passwords of the database's roles, and not the key: nothing forged is signed, and nobody is shown it. */
@Timeout(180)
class StolenPasswordsTest {
    private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();
    private static final String EDITION = "edition-2024-Q1";
    private static final String CONTENT = "{\"checkpoint\":{\"rootHash\":\"" + "A".repeat(43)
            + "=\",\"size\":2},\"figures\":\"" + "0".repeat(64)
            + "\",\"files\":[],\"position\":1,\"profile\":\"EXACT\",\"rules\":\"edition/1\"}";

    @Test
    void aForgedReleaseCorrectionAndPersonalDataAreNeitherSignedNorShown() throws Exception {
        Path directory = TestServer.newLedgerDirectory();
        List<String> settings = TestServer.settings(directory);
        settings.add("--ledger.inception=" + TestServer.INCEPTION);
        settings.add("--ledger.log.scan-interval=200ms");
        settings.addAll(TestServer.users());
        try (TestServer server = TestServer.start(directory, settings)) {
            for (Forged forged : Forged.values()) {
                stopsAtAnEventUntilItIsGone(server, forged);
            }
            stopsAtEventsWithTheirEntries(server);
        }
    }

    private static void stopsAtEventsWithTheirEntries(TestServer server) throws Exception {
        Caller recorder = server.as("recorder");
        Reply recorded = recorder.post("/requests", Sample.live("DWP", "2024-05", 5));
        recorder.read(recorded);
        server.as("auditor").get("/log/checkpoint?waitFor=" + recorded.id() + ":0");
        Database database = server.database();
        byte[] checkpoint = server.as("auditor").get("/log/checkpoint").bytes();
        byte[] shown = server.anonymous().get("/log/checkpoint").bytes();
        String figures = rows(server.as("auditor"));
        String published =
                server.anonymous().get("/figures?from=2024-01&to=2024-03").text();
        long size = number(database, "select max(position) + 1 from ledger_entry");

        forge(
                database,
                "edition",
                EDITION,
                0,
                "edition.scheduled",
                "{\"profile\":\"EXACT\",\"quarter\":\"2024-Q1\",\"releaseOn\":\"2024-06-01\"}");
        forge(
                database,
                "edition",
                EDITION,
                1,
                "edition.released",
                "{\"content\":" + CONTENT + ",\"quarter\":\"2024-Q1\"}");
        forge(database, "matching-request", recorded.id(), 1, "matching-request.corrected", Forged.CORRECTION.payload);
        forge(database, "matching-request", recorded.id(), 2, "matching-request.noted", "{\"name\":\"Ada Lovelace\"}");
        sealAndFoldAsIfItWereSo(database);

        await(() -> server.as("admin").get("//actuator/health").status() == 503);
        assertThat(server.as("admin").get("//actuator/health").at("/components/ledger/details/seal"))
                .isEqualTo(
                        "the event of entry " + size + " was not appended by a program that holds this ledger's key");
        assertThat(server.anonymous().get("//actuator/health/readiness").status())
                .isEqualTo(503);
        assertThat(server.as("auditor").get("/log/checkpoint").bytes()).isEqualTo(checkpoint);
        assertThat(server.anonymous().get("/log/checkpoint").bytes()).isEqualTo(shown);
        assertThat(server.as("auditor").get("/log/entries/" + size).status()).isEqualTo(404);
        assertThat(rows(server.as("auditor"))).isEqualTo(figures);
        assertThat(server.as("auditor").get("/editions/2024-Q1").status()).isEqualTo(404);
        assertThat(server.anonymous().get("/editions/2024-Q1").text()).doesNotContain("RELEASED");
        assertThat(server.anonymous().get("/figures?from=2024-01&to=2024-03").text())
                .isEqualTo(published);
        assertThat(recorder.get("/requests/" + recorded.id()).text()).doesNotContain("Lovelace");
        assertThat(server.as("auditor")
                        .get("/requests/" + recorded.id() + "/timeline")
                        .text())
                .doesNotContain("Lovelace");
    }

    /** What somebody might want to have been said of a request that stands as it was received. */
    enum Forged {
        CORRECTION("corrected", """
            {"authority":"HCWS272","cause":"RECOUNT","changes":[{"field":"submitted.individuals","now":900,"was":5}],\
            "now":{"disclosure":null,"header":{"organisation":"DWP","received":"2024-05","requests":1},"match":null,\
            "outcome":"OPEN","submitted":900},"was":{"disclosure":null,"header":{"organisation":"DWP","received":"2024-05",\
            "requests":1},"match":null,"outcome":"OPEN","submitted":5}}"""),
        PERSONAL_DATA_IN_A_FIELD("withdrawn", """
            {"header":{"organisation":"Ada Lovelace, 2009-03-14","received":"2024-05","requests":1},"was":"OPEN",\
            "withdrawal":{"on":"2024-06"}}"""),
        PERSONAL_DATA_IN_AN_UNKNOWN_EVENT("noted", "{\"name\":\"Ada Lovelace\"}");

        private final String type;
        private final String payload;

        Forged(String type, String payload) {
            this.type = "matching-request." + type;
            this.payload = payload;
        }
    }

    /** No entry is forged, so that the sequencer is the first to look. Whoever takes the row out sets it going again. */
    private static void stopsAtAnEventUntilItIsGone(TestServer server, Forged forged) throws Exception {
        Caller recorder = server.as("recorder");
        Caller auditor = server.as("auditor");
        String id = recorder.post("/requests", Sample.live("DWP", "2024-05", 5)).id();
        byte[] checkpoint = auditor.get("/log/checkpoint?waitFor=" + id + ":0").bytes();
        String request =
                recorder.get("/requests/" + id + "?waitFor=" + id + ":0").text();
        String figures = rows(auditor);
        Database database = server.database();
        long position = number(database, "select max(position) + 1 from ledger_entry");

        StoredEvent event = event("matching-request", id, 1, forged.type, forged.payload);
        try (Connection appender = database.app().connect()) {
            append(appender, event);
        }
        long index = number(database, "select max(global_index) from event");
        await(() -> server.as("admin").get("//actuator/health").status() == 503);
        Reply health = server.as("admin").get("//actuator/health");
        Result verified = Program.run("verify", "--ledger.data-directory=" + server.directory());

        assertThat(health.at("/components/ledger/details/sequencer"))
                .isEqualTo("event with global index " + index + ", which waits for position " + position
                        + ", was not appended by a program that holds this ledger's key");
        assertThat(server.anonymous().get("//actuator/health/readiness").status())
                .isEqualTo(503);
        assertThat(verified.exitCode()).as("%s", verified).isEqualTo(1);
        assertThat(verified.out())
                .as("%s", verified)
                .startsWith("BREAK forged at position " + position + ": event has a row with global index " + index)
                .doesNotContain("Lovelace", "verified");
        assertThat(auditor.get("/log/checkpoint").bytes()).isEqualTo(checkpoint);
        assertThat(auditor.get("/log/entries/" + position).status()).isEqualTo(404);
        assertThat(recorder.get("/requests/" + id).text()).isEqualTo(request);
        assertThat(rows(auditor)).isEqualTo(figures);
        assertThat(auditor.get("/requests/" + id + "/timeline").text())
                .doesNotContain("Lovelace", "900 submitted", "\"now\":900");

        takeOut(server, event.eventId());
        await(() -> server.as("admin").get("//actuator/health").status() == 200);
        String next =
                recorder.post("/requests", Sample.live("DWP", "2024-05", 5)).id();
        assertThat(auditor.get("/log/checkpoint?waitFor=" + next + ":0").bytes())
                .isNotEqualTo(checkpoint);
    }

    private static String rows(Caller auditor) {
        return auditor.get("/figures?from=2024-05&to=2024-05")
                .json()
                .get("rows")
                .toString();
    }

    /** As the superuser, with triggers off. */
    private static void takeOut(TestServer server, String eventId) throws Exception {
        String passwords = Files.readString(server.directory().resolve("cluster/passwords.json"));
        try (Connection superuser = DriverManager.getConnection(
                        server.database().owner().url(),
                        "postgres",
                        Reply.parse(passwords).get("superuser").stringValue());
                Statement statement = superuser.createStatement()) {
            statement.execute("set session_replication_role = replica");
            assertThat(statement.executeUpdate("delete from event where event_id = '" + eventId + "'"))
                    .isOne();
        }
    }

    /** With a salt that nobody without the key can make. */
    private static StoredEvent event(String aggregate, String id, long sequence, String type, String payload) {
        String salt = "{\"commandId\":\"x\",\"salt\":\"" + "A".repeat(43) + "=\"}";
        return new StoredEvent(
                aggregate,
                id,
                sequence,
                UUID.randomUUID().toString(),
                Instant.now().toString(),
                type,
                1,
                payload.getBytes(UTF_8),
                salt.getBytes(UTF_8));
    }

    /** An event with its entry and the edge of the tree, each as the role that may write it. */
    private static void forge(
            Database database, String aggregate, String id, long sequence, String type, String payload)
            throws SQLException {
        StoredEvent event = event(aggregate, id, sequence, type, payload);
        byte[] leaf = Leaf.bytesOf(event);
        // held back from the sequencer, which would stop at it, until the entry is there
        try (Connection appender = database.app().connect();
                Connection sequencer = database.sequencer().connect()) {
            sequencer.setAutoCommit(false);
            try (Statement lock = sequencer.createStatement()) {
                lock.execute("select pg_advisory_xact_lock(8103506702615998311)");
            }
            append(appender, event);
            insertEntry(sequencer, event.eventId(), leaf);
            sequencer.commit();
        }
    }

    private static void append(Connection appender, StoredEvent event) throws SQLException {
        try (PreparedStatement insert = appender.prepareStatement("""
                insert into event
                    (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload, metadata)
                values (?, ?, ?, ?, ?, ?, '1', ?, ?)
                """)) {
            insert.setString(1, event.eventId());
            insert.setString(2, event.aggregateId());
            insert.setLong(3, event.sequence());
            insert.setString(4, event.aggregateType());
            insert.setString(5, event.recordedAt());
            insert.setString(6, event.type());
            insert.setBytes(7, event.payload());
            insert.setBytes(8, event.metadata());
            insert.executeUpdate();
        }
    }

    /** Of a tree of less than 256 entries, whose edge is one tile. */
    private static void insertEntry(Connection sequencer, String eventId, byte[] leaf) throws SQLException {
        byte[] hash = TreeHash.ofLeaf(leaf);
        try (PreparedStatement insert = sequencer.prepareStatement("""
                        insert into ledger_entry (position, global_index, xid, leaf_bytes, leaf_hash)
                        select (select max(position) + 1 from ledger_entry), global_index, xid, ?, ? from event where event_id = ?
                        """);
                PreparedStatement edge =
                        sequencer.prepareStatement("update tree_edge set hashes = hashes || ? where level = 0")) {
            insert.setBytes(1, leaf);
            insert.setBytes(2, hash);
            insert.setString(3, eventId);
            insert.executeUpdate();
            edge.setBytes(1, hash);
            edge.executeUpdate();
        }
    }

    private static void sealAndFoldAsIfItWereSo(Database database) throws SQLException {
        try (Connection sequencer = database.sequencer().connect();
                Statement statement = sequencer.createStatement()) {
            statement.execute("""
                    insert into checkpoint (size, note)
                    select (select max(position) + 1 from ledger_entry), note from checkpoint order by size desc limit 1
                    """);
            statement.execute("update public_checkpoint set size = (select max(size) from checkpoint)");
            statement.execute("insert into registered (id, type, first_position, copy) select '" + EDITION
                    + "', 'edition', max(position) - 2, (select copy from projection where name = 'register')"
                    + " from ledger_entry");
            statement.execute("update projection set position = (select max(position) from ledger_entry)");
        }
    }

    private static long number(Database database, String query) throws SQLException {
        try (Connection connection = database.app().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
