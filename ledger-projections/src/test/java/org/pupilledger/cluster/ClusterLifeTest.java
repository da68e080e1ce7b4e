package org.pupilledger.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupilledger.cluster.EmbeddedClusterTest.query;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.failure.Hindered;
import org.pupilledger.files.PrivateFiles;

/** Starts, stops, crashes and take-overs. */
@Timeout(60)
class ClusterLifeTest {

    /** Holds an initialised cluster; each test leaves it stopped. */
    @TempDir
    static Path directory;

    /** Empty. */
    @TempDir
    Path empty;

    @BeforeAll
    static void initialise() {
        TestClusters.start(directory).close();
    }

    @Test
    void theProgramsAreUnpackedIntoTheDataDirectoryOnFirstUse() throws Exception {
        Path halfDone = Files.createDirectories(empty.resolve("postgres-" + Binaries.VERSION + ".half/bin"));
        Files.writeString(halfDone.resolve("postgres"), "a crash left this");

        try (EmbeddedCluster cluster = EmbeddedCluster.start(empty)) {
            assertThat(query(cluster.app(), "select 1")).isEqualTo("1");
        }

        assertThat(empty.resolve("postgres-" + Binaries.VERSION + "/bin/postgres"))
                .isExecutable();
        assertThat(empty.resolve("postgres-" + Binaries.VERSION + ".half")).doesNotExist();
    }

    @Test
    void aDataDirectoryMayHaveAnyName() throws Exception {
        Path odd = empty.resolve("a $HOME ${x} $(touch y) `id` \"b\" 'c' \\d %s & ; * ü #");

        try (EmbeddedCluster cluster = EmbeddedCluster.start(odd)) {
            assertThat(query(cluster.app(), "select 1")).isEqualTo("1");
            assertThat(EmbeddedCluster.attach(odd)).isPresent();
        }
        try (EmbeddedCluster again = EmbeddedCluster.start(odd)) {
            assertThat(query(again.app(), "select 1")).isEqualTo("1");
        }

        assertThatThrownBy(() -> EmbeddedCluster.start(empty.resolve("two\nlines")))
                .isInstanceOf(Hindered.class)
                .hasMessageContaining("control character");
    }

    @Test
    void aThrowAwayClusterDiffersInFsyncOnly() throws Exception {
        try (EmbeddedCluster cluster = TestClusters.start(directory)) {
            assertThat(query(cluster.app(), "show fsync")).isEqualTo("off");
            assertThat(query(cluster.app(), "show synchronous_commit")).isEqualTo("on");
        }
    }

    /** Whether the role is missing too, or only its password, as after a crash in between. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClusterFromBeforeThereWasASequencersRoleGetsOne(boolean isRoleMissing) throws Exception {
        Path file = directory.resolve("cluster/passwords.json");
        Passwords passwords = Passwords.read(file);
        try (EmbeddedCluster cluster = TestClusters.start(directory)) {
            DatabaseAccess superuser =
                    new DatabaseAccess(cluster.owner().url(), NewCluster.SUPERUSER, passwords.superuser());
            if (isRoleMissing) {
                query(superuser, "revoke all on database ledger from ledger_sequencer; drop role ledger_sequencer");
            }
        }
        new Passwords(passwords.superuser(), passwords.owner(), passwords.app(), null).write(file);

        for (int start = 0; start < 2; start++) {
            try (EmbeddedCluster cluster = TestClusters.start(directory)) {
                assertThat(query(
                                cluster.database().sequencer(),
                                "select current_user || ' ' || current_setting('log_min_messages')"))
                        .isEqualTo("ledger_sequencer log");
                assertThat(cluster.database().sequencer().password()).isNotEqualTo(passwords.sequencer());
                assertThat(cluster.app().password()).isEqualTo(passwords.app());
            }
        }
    }

    /** With no more than its own password; some of it counts in every session from then on. */
    @Test
    void whatARoleGaveItselfCountsNoMoreAfterAStart() throws Exception {
        try (EmbeddedCluster cluster = TestClusters.start(directory)) {
            for (String setting : List.of(
                    "statement_timeout = 1",
                    "default_transaction_read_only = on",
                    "default_transaction_isolation = 'serializable'",
                    "synchronous_commit = off",
                    "search_path = 'nowhere'")) {
                query(cluster.app(), "alter role ledger_app set " + setting + "; select 1");
                query(cluster.app(), "alter role ledger_app in database ledger set " + setting + "; select 1");
            }
            assertThat(
                            query(
                                    cluster.app(),
                                    "select concat_ws(' ', current_setting('statement_timeout'),"
                                            + " current_setting('transaction_read_only'), current_setting('transaction_isolation'))"))
                    .as("at once")
                    .isEqualTo("0 off read committed");
            query(cluster.app(), "alter role ledger_app password 'another'; select 1");
        }

        try (EmbeddedCluster cluster = TestClusters.start(directory)) {
            assertThat(query(
                            cluster.app(),
                            "select concat_ws(' ', current_setting('synchronous_commit'),"
                                    + " current_setting('search_path'), current_setting('log_min_messages'))"))
                    .isEqualTo("on \"$user\", public log");
            assertThat(query(cluster.app(), "select count(*) from pg_db_role_setting where setdatabase <> 0"))
                    .isEqualTo("0");
        }
    }

    @Test
    void whatWasCommittedIsThereAfterCloseAndStart() throws Exception {
        EmbeddedCluster before = TestClusters.start(directory);
        query(before.owner(), "drop table if exists kept; create table kept as select 'committed' as word");
        before.close();
        before.close();

        try (EmbeddedCluster after = TestClusters.start(directory)) {
            assertThat(query(after.owner(), "select word from kept")).isEqualTo("committed");
            assertThat(after.app().password()).isEqualTo(before.app().password());
        }
        assertThatThrownBy(() -> before.app().connect()).isInstanceOf(SQLException.class);
    }

    @Test
    void aLedgerKilledWhileItMakesItsClusterMakesItAnew() throws Exception {
        Process holder = ClusterHolder.spawn(empty);
        while (!anInitdbIsAtWork()) {
            assertThat(holder.isAlive()).isTrue();
            Thread.sleep(5);
        }
        holder.destroyForcibly().waitFor();
        assertThat(empty.resolve("cluster")).doesNotExist();

        try (EmbeddedCluster cluster = TestClusters.start(empty)) {
            assertThat(query(cluster.app(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aHalfMadeClusterIsDeleted() throws Exception {
        Path leftover = Files.createDirectory(directory.resolve("cluster.half-1"));
        Files.writeString(leftover.resolve("PG_VERSION"), "18");

        TestClusters.start(directory).close();

        assertThat(leftover).doesNotExist();
    }

    @Test
    void aSecondStartInThisProcessIsRefused() throws Exception {
        Path alias = Files.createSymbolicLink(empty.resolve("alias"), directory);
        try (EmbeddedCluster cluster = TestClusters.start(directory)) {
            assertThatThrownBy(() -> TestClusters.start(alias))
                    .isInstanceOf(Hindered.class)
                    .hasMessageContaining("is in use by another ledger")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(query(cluster.app(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aKilledLedgersClusterIsTakenOver() throws Exception {
        Process holder = ClusterHolder.spawn(directory);
        ClusterHolder.awaitReady(holder);
        Database running = EmbeddedCluster.attach(directory).orElseThrow();
        assertThat(query(running.owner(), "select word from kept")).isEqualTo("committed");
        holder.destroyForcibly().waitFor();
        ProcessHandle orphan = postmaster().find().orElseThrow();
        assertThat(EmbeddedCluster.attach(directory)).isEmpty();

        try (EmbeddedCluster cluster = TestClusters.start(directory)) {
            orphan.onExit().get(10, TimeUnit.SECONDS);
            assertThat(query(cluster.owner(), "select word from kept")).isEqualTo("committed");
            assertThat(EmbeddedCluster.attach(directory)).contains(cluster.database());
        }
    }

    @Test
    void aKilledServerReplaysItsLog() throws Exception {
        EmbeddedCluster killed = TestClusters.start(directory);
        query(killed.owner(), "drop table if exists kept; create table kept as select 'committed' as word");
        ProcessHandle server = postmaster().find().orElseThrow();
        server.destroyForcibly();
        server.onExit().get(10, TimeUnit.SECONDS);
        killed.close();
        assertThat(postmaster().data().resolve("postmaster.pid")).exists();

        try (EmbeddedCluster cluster = TestClusters.start(directory)) {
            assertThat(query(cluster.owner(), "select word from kept")).isEqualTo("committed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"this JVM", "nobody", "", "\0\0\0\0"})
    void aStalePidFileDoesNotBlock(String pid) throws Exception {
        List<String> lines = new ArrayList<>(List.of("", postmaster().data().toString(), "1700000000", "5432", "", ""));
        lines.set(0, numberOf(pid));
        Files.writeString(postmaster().data().resolve("postmaster.pid"), pid.isEmpty() ? "" : String.join("\n", lines));

        try (EmbeddedCluster cluster = TestClusters.start(directory)) {
            assertThat(query(cluster.app(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void attachFindsARunningClusterOnly() throws Exception {
        assertThat(EmbeddedCluster.attach(directory)).isEmpty();
        assertThat(EmbeddedCluster.attach(empty.resolve("missing"))).isEmpty();

        try (EmbeddedCluster cluster = TestClusters.start(directory)) {
            Database attached = EmbeddedCluster.attach(directory).orElseThrow();
            assertThat(attached).isEqualTo(cluster.database());
            assertThat(query(attached.app(), "select 1")).isEqualTo("1");
        }

        assertThat(EmbeddedCluster.attach(directory)).isEmpty();
        assertThat(directory.resolve("connection.json")).doesNotExist();
    }

    @Test
    void anotherProcessIsRefusedAlsoAfterALookFromThisOne() throws Exception {
        try (EmbeddedCluster cluster = TestClusters.start(directory)) {
            assertThat(EmbeddedCluster.attach(directory)).isPresent();

            Process other = ClusterHolder.spawn(directory);
            assertThat(ClusterHolder.firstLine(other)).contains("is in use by another ledger");
            assertThat(query(cluster.app(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aServerThatDoesNotStartIsRefusedWithItsLastWordsAndReleasesTheDirectory() throws Exception {
        Path control = postmaster().data().resolve("global/pg_control");
        Files.move(control, directory.resolve("pg_control"));

        assertThatThrownBy(() -> TestClusters.start(directory))
                .isInstanceOf(Hindered.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("pg_control");

        Files.move(directory.resolve("pg_control"), control);
        TestClusters.start(directory).close();
    }

    @Test
    void aDamagedPasswordFileIsRefusedWithoutQuotingIt() throws IOException {
        Path passwords = directory.resolve("cluster/passwords.json");
        String intact = Files.readString(passwords);
        Files.writeString(passwords, "secret" + intact);

        assertThatThrownBy(() -> TestClusters.start(directory))
                .isInstanceOf(Hindered.class)
                .hasMessageContaining("passwords.json is damaged")
                .satisfies(refused -> assertThat(stackTraceOf(refused)).doesNotContain("secret"));

        Files.writeString(passwords, intact);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsRefused() throws IOException {
        Path file = Files.createFile(empty.resolve("file"));

        assertThatThrownBy(() -> TestClusters.start(file.resolve("data")))
                .isInstanceOf(Hindered.class)
                .hasMessageContaining("cannot be used");
    }

    private static String stackTraceOf(Throwable refused) {
        StringWriter text = new StringWriter();
        refused.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Postmaster postmaster() throws IOException {
        Programs programs = Binaries.unpackedBelow(TestClusters.programs());
        return new Postmaster(programs, directory.toRealPath().resolve("cluster/data"));
    }

    private boolean anInitdbIsAtWork() throws IOException {
        for (Path half : PrivateFiles.list(empty, "cluster.half-")) {
            if (Files.exists(half.resolve("data/base"))) {
                return true;
            }
        }
        return false;
    }

    private static String numberOf(String pid) {
        return switch (pid) {
            case "this JVM" -> String.valueOf(ProcessHandle.current().pid());
            case "nobody" -> "2147483646";
            default -> pid;
        };
    }
}
