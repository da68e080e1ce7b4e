package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.Program.Result;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.node.LedgerNode;
import org.springframework.core.io.ClassPathResource;

/** The whole ledger is kept in one file, lost, and had back: it answers as before, and goes on. */
@Timeout(240)
class Story29BackupAndRestoreTest {
    private static final String EDITION = "/editions/2023-Q3";
    private static final String FILE = EDITION + "/files/other-government-quarterly.csv";

    @TempDir
    private Path directory;

    private static String samples() {
        try (InputStream samples = new ClassPathResource("samples/dwp-requests.csv").getInputStream()) {
            return new String(samples.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void publish(TestServer server) {
        Reply scheduled =
                server.as("publisher").post("/editions", "{\"quarter\": \"2023-Q3\", \"releaseOn\": \"2023-12-07\"}");
        settle(server, scheduled);
        settle(server, server.as("publisher").post(EDITION + "/preview", "{}"));
        settle(server, server.as("approver").post(EDITION + "/release", "{}"));
    }

    private static void settle(TestServer server, Reply change) {
        assertThat(change.status()).as("%s", change).isBetween(200, 201);
        server.as("publisher").get(EDITION + "?waitFor=" + change.id() + ":" + change.sequence());
    }

    /** What callers see of a ledger, for each path the whole answer. */
    private static Map<String, String> seen(TestServer server, String request) {
        Map<String, String> seen = new TreeMap<>();
        for (String path : List.of(
                "/figures",
                "/log/checkpoint",
                "/log/key",
                "/log/entries/5",
                "/requests?limit=50",
                "/requests/" + request + "/receipt",
                FILE)) {
            seen.put(path, server.as("auditor").get(path).text());
        }
        seen.put("public checkpoint", server.anonymous().get("/log/checkpoint").text());
        seen.put("released figures", server.anonymous().get("/figures").text());
        return seen;
    }

    private static long size(Reply checkpoint) {
        return Long.parseLong(checkpoint.text().split("\n", -1)[1]);
    }

    @Test
    void whatWasLostComesBackAndGoesOn() throws Exception {
        Path byCommand = directory.resolve("by-command.zip");
        Path byCall = directory.resolve("by-call.zip");
        Path key = directory.resolve("key.pem");
        Map<String, String> before = new TreeMap<>();
        List<String> request = new ArrayList<>();
        try (DiskLedger ledger = new DiskLedger()) {
            ledger.serve(server -> {
                server.as("recorder").importCsv(samples());
                publish(server);
                request.add(server.as("recorder").get("/requests").at("/items/0/id"));
                before.putAll(seen(server, request.getFirst()));

                // before the bundles, since whoever signs in becomes an actor, and those are in them
                assertThat(server.as("auditor").get("/audit/full-bundle").problem())
                        .isEqualTo("403 forbidden");
                server.as("admin").get("/organisations");
                Thread.sleep(1_500); // the security log tells once a second who signed in
                Reply bundle = server.as("admin").get("/audit/full-bundle");
                assertThat(bundle.status()).isEqualTo(200);
                assertThat(bundle.header("content-type")).isEqualTo("application/zip");
                assertThat(bundle.header("cache-control")).isEqualTo("no-store");
                assertThat(bundle.header("content-disposition"))
                        .matches("attachment; filename=\"pupil-ledger-\\d+.zip\"");
                Files.write(byCall, bundle.bytes());

                // beside the running server
                Result written = ledger.run("backup", "--out", byCommand.toString());
                assertThat(written.exitCode()).as("%s", written).isZero();
                assertThat(written.out()).startsWith("written: ");
                Result again = ledger.run("backup", "--out", byCommand.toString());
                assertThat(again.exitCode()).isEqualTo(2);
                assertThat(again.err()).contains("never overwritten");
            });
            Files.copy(ledger.keyFile(), key);
        }
        assertThat(byCall).hasSameBinaryContentAs(byCommand);
        assertThat(Files.getPosixFilePermissions(byCommand)).hasSize(2);
        assertThat(Bundle.isFull(byCommand)).isTrue();
        assertThat(new String(Files.readAllBytes(byCommand), StandardCharsets.ISO_8859_1))
                .doesNotContain("PRIVATE KEY-----");

        String verifierKey = before.getOrDefault("/log/key", "").strip();
        try (DiskLedger restored = DiskLedger.nowhere()) {
            Result result =
                    restored.run("restore", byCommand.toString(), "--key", verifierKey, "--key-file", key.toString());
            assertThat(result.exitCode()).as("%s", result).isZero();
            assertThat(result.out()).startsWith("restored: ");

            Result verified = restored.run("verify", "--quiet", "--key", verifierKey);
            assertThat(verified.exitCode()).as("%s", verified).isZero();
            Result again = restored.run("restore", byCommand.toString(), "--key", verifierKey);
            assertThat(again.exitCode()).as("%s", again).isEqualTo(2);
            assertThat(again.err()).contains("already");

            restored.serve(server -> {
                server.context().getBean(LedgerNode.class).waiting().awaitAllProjected(Duration.ofSeconds(30));
                assertThat(seen(server, request.getFirst())).isEqualTo(before);

                // importing the same again adds nothing, since what was imported is known
                assertThat(server.as("recorder").importCsv(samples()).at("/recorded"))
                        .isEqualTo("0");
                long old = size(server.as("auditor").get("/log/checkpoint"));
                Reply recorded = server.as("recorder").post("/requests", Sample.historic("DWP", "2023-05", "3", ""));
                assertThat(recorded.status()).as("%s", recorded).isEqualTo(201);
                String id = recorded.id();
                Reply grown = server.as("auditor").get("/log/checkpoint?waitFor=" + id + ":" + recorded.sequence());
                assertThat(size(grown)).isGreaterThan(old);
                assertThat(server.as("auditor")
                                .get("/log/proofs/consistency?from=" + old + "&to=" + size(grown))
                                .status())
                        .isEqualTo(200);
            });
            Path held = Files.writeString(directory.resolve("held"), before.getOrDefault("/log/checkpoint", ""));
            Result grown = restored.run("verify", "--quiet", "--checkpoint", held.toString());
            assertThat(grown.exitCode()).as("%s", grown).isZero();
        }
    }

    @Test
    void withoutTheKeyNothingIsServedAndWithAnotherNothingIsRestored() throws Exception {
        Path bundle = directory.resolve("full.zip");
        try (DiskLedger ledger = new DiskLedger();
                DiskLedger other = new DiskLedger();
                DiskLedger restored = DiskLedger.nowhere()) {
            ledger.importRequests(1);
            other.importRequests(1);
            assertThat(ledger.run("backup", "--out", bundle.toString()).exitCode())
                    .isZero();
            String[] withOther = {
                "restore", bundle.toString(), "--key-file", other.keyFile().toString()
            };
            Result refused = restored.run(withOther);
            assertThat(refused.exitCode()).as("%s", refused).isEqualTo(2);
            assertThat(refused.err()).contains("does not sign this log");
            assertThat(restored.directory()).doesNotExist();

            byte[] bytes = Files.readAllBytes(bundle);
            bytes[bytes.length / 2]++;
            Path changed = Files.write(directory.resolve("changed.zip"), bytes);
            Result broken = restored.run("restore", changed.toString());
            assertThat(broken.exitCode()).as("%s", broken).isEqualTo(1);
            assertThat(broken.out()).startsWith("BREAK ");
            assertThat(restored.directory()).doesNotExist();

            Result without = restored.run("restore", bundle.toString());
            assertThat(without.exitCode()).as("%s", without).isZero();
            assertThat(without.err())
                    .contains("the bundle itself holds")
                    .contains(restored.keyFile().toString());
            Result figures = restored.run("figures");
            assertThat(figures.exitCode()).isEqualTo(1);
            assertThat(figures.err()).contains("The key is missing");
            Files.copy(ledger.keyFile(), restored.keyFile(), StandardCopyOption.COPY_ATTRIBUTES);
            assertThat(restored.run("figures").out())
                    .isEqualTo(ledger.run("figures").out());
        }
    }
}
