package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Program.Result;
import org.pupilledger.Program.Server;
import org.pupilledger.cluster.EmbeddedCluster;

/** The embedded database dies, or has no room: nothing is lost, nobody is told anything untrue, and it goes on by itself. */
@Timeout(300)
class DeadDatabaseTest {
    private static final int MANY_LINES = 150;

    /** Of a file that takes longer than it takes to see that it has begun. */
    private static final int LINES = 5_000;

    private final Path directory = TestServer.newDirectory();
    private final List<Path> mounted = new ArrayList<>();

    private static List<String> settings(Path directory, String... more) {
        TestServer.prepare(directory);
        List<String> settings = new ArrayList<>(TestServer.users());
        settings.addAll(List.of(
                "--server.port=0",
                "--ledger.data-directory=" + directory,
                "--ledger.inception=" + TestServer.INCEPTION));
        settings.addAll(List.of(more));
        return settings;
    }

    @AfterEach
    void unmount() throws Exception {
        for (Path each : mounted) {
            run("umount", "--lazy", each.toString());
        }
        TestServer.delete(directory);
    }

    @Test
    void aDatabaseThatWasKilledIsStartedAgainAndNothingIsLost() throws Exception {
        Server server = Server.start(settings(directory));
        Map<Integer, Integer> statuses = new TreeMap<>();
        List<String> recorded = new ArrayList<>();
        post(server, statuses, recorded);
        for (int kill = 0; kill < 2; kill++) {
            postmaster(directory).destroyForcibly();
            int before = recorded.size();
            until(() -> server.as("admin").get("//actuator/health/liveness").status() == 503);
            until(() -> {
                post(server, statuses, recorded);
                return recorded.size() >= before + 5;
            });
        }
        assertThat(statuses.keySet()).as(statuses.toString()).isSubsetOf(201, 503);
        Caller auditor = server.as("auditor");
        for (String id : recorded) {
            until(() -> auditor.get("/requests/" + id + "/receipt").status() == 200);
        }
        assertThat(server.as("admin").get("//actuator/health/liveness").status())
                .isEqualTo(200);
        until(() -> server.as("admin").get("//actuator/health/readiness").status() == 200);
        assertThat(server.logged()).isLessThan(MANY_LINES);
        server.stop();
    }

    @Test
    void aDatabaseThatCannotBeStartedAgainEndsTheProgram() throws Exception {
        Server server = Server.start(settings(directory));
        Path control = directory.resolve("cluster/data/global/pg_control");
        Files.move(control, control.resolveSibling("pg_control.gone"));

        postmaster(directory).destroyForcibly();

        Result ended = server.awaitEnd();
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err())
                .contains("The ledger has ended. The database server died and could not be started again in 5 tries.");
    }

    @Test
    void aFullVolumeIsNamedAndWhatIsRecordedWaitsForRoom() throws Exception {
        Path data = mount("data", 700);
        Path journal = mount("journal", 8);
        Server server = Server.start(settings(
                data.resolve("ledger"),
                "--ledger.log.journal-file=" + journal.resolve("checkpoints.jsonl"),
                "--ledger.least-free.data=100MB",
                "--ledger.least-free.journal=2MB"));
        Map<Integer, Integer> statuses = new TreeMap<>();
        List<String> recorded = new ArrayList<>();
        post(server, statuses, recorded);
        assertThat(recorded).hasSize(1);
        for (Path volume : List.of(journal, data)) {
            for (boolean isToTheBrim : List.of(false, true)) {
                int before = recorded.size();
                Path filler = fill(volume, isToTheBrim ? 0 : 1L << 20);
                until(() -> server.as("recorder")
                        .post("/requests", Sample.live("DWP", "2024-05", 1))
                        .at("/detail")
                        .contains("the volume of " + volume));
                assertThat(server.as("admin").get("//actuator/health").text()).contains("the volume of " + volume);
                Files.delete(filler);
                until(() -> {
                    post(server, statuses, recorded);
                    return recorded.size() > before;
                });
            }
        }
        assertThat(statuses.keySet()).as(statuses.toString()).isSubsetOf(201, 503);
        Caller auditor = server.as("auditor");
        for (String id : recorded) {
            until(() -> auditor.get("/requests/" + id + "/receipt").status() == 200);
        }
        server.stop();
    }

    @Test
    void anImportThatLosesTheDatabaseSaysHowManyLinesAreRecorded() throws Exception {
        String setting = "--ledger.data-directory=" + directory;
        TestServer.prepare(directory);
        Path file = Files.createTempFile(directory, "lines", ".csv");
        Files.writeString(
                file,
                Sample.HEADER + "\n"
                        + ",DWP,2020-01,OTHER,OTHER,4,NAME,APPROVED,3,0,3,2,SCHOOL,FILE,a-1,2023-02\n".repeat(LINES));
        CompletableFuture<Result> running = CompletableFuture.supplyAsync(
                () -> Program.runAlone(List.of(), List.of("import", "--quiet", file.toString(), setting)),
                Thread::startVirtualThread);
        until(() -> running.isDone() || recorded() > 0);
        assertThat(running).as("it has not ended yet").isNotDone();
        postmaster(directory).destroyForcibly();

        Result stopped = running.join();
        Result again = Program.run("import", "--quiet", file.toString(), setting);

        assertThat(stopped.exitCode()).as("%s", stopped).isEqualTo(1);
        assertThat(stopped.out()).isEmpty();
        Matcher told = Pattern.compile(
                        "(?m)^The import stopped\\. (\\d+) lines were recorded by then, and possibly up to 500 more\\."
                                + " Import the same file again: what is recorded is not recorded twice\\.$")
                .matcher(stopped.err());
        assertThat(told.find()).as("%s", stopped).isTrue();
        Matcher then = Pattern.compile("(\\d+) recorded, (\\d+) already recorded, 0 refused\n")
                .matcher(again.out());
        assertThat(then.matches()).as("%s", again).isTrue();
        int certain = Integer.parseInt(told.group(1));
        assertThat(Integer.parseInt(then.group(2)))
                .isBetween(certain, certain + 500)
                .isLessThan(LINES);
        assertThat(Integer.parseInt(then.group(1)) + Integer.parseInt(then.group(2)))
                .isEqualTo(LINES);
    }

    /** Lines in the database that is at work in the directory; -1 where none is yet. */
    private long recorded() {
        try (Connection connection =
                        EmbeddedCluster.attach(directory).orElseThrow().app().connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select count(*) from event where type = 'matching-request.received'")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException | NoSuchElementException e) {
            return -1;
        }
    }

    private static void post(Server server, Map<Integer, Integer> statuses, List<String> recorded) {
        Reply reply = server.as("recorder")
                .post(
                        "/requests",
                        Sample.live("DWP", "2024-05", 1),
                        "Idempotency-Key",
                        UUID.randomUUID().toString());
        statuses.merge(reply.status(), 1, Integer::sum);
        if (reply.status() == 201) {
            recorded.add(reply.id());
        } else {
            assertThat(reply.header("retry-after")).isNotEmpty();
        }
    }

    private static ProcessHandle postmaster(Path directory) throws IOException {
        String number = Files.readAllLines(directory.resolve("cluster/data/postmaster.pid"))
                .getFirst();
        return ProcessHandle.of(Long.parseLong(number)).orElseThrow();
    }

    /** Writes a file that leaves so many bytes. */
    private static Path fill(Path volume, long rest) throws IOException {
        Path filler = volume.resolve("filler");
        byte[] block = new byte[1 << 16];
        try (var to = Files.newOutputStream(filler)) {
            while (Files.getFileStore(volume).getUsableSpace() > rest) {
                to.write(block);
            }
        } catch (IOException e) {
            // full
        }
        return filler;
    }

    private Path mount(String name, int mebibytes) throws Exception {
        Path point = Files.createDirectories(directory.resolveSibling(directory.getFileName() + "-" + name));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + mebibytes + "m", "tmpfs", point.toString()) == 0,
                "only where one may mount");
        mounted.add(point);
        return point;
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(20_000_000);
        }
    }
}
