package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.Program.Result;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.terminal.LogAtAddress;

/** A log that is published by HTTP is verified as one in a directory is, whatever it answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class VerifyAddressTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final DiskLedger ledger = new DiskLedger();
    private final Map<String, Answer> otherwise = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Path exported = Path.of("");
    private final HttpServer server;
    private String address = "";

    /** What is answered in place of a file. */
    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    VerifyAddressTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeAll
    void publish(@TempDir Path directory) {
        ledger.importRequests(75);
        exported = directory.resolve("exported");
        Result result = ledger.run("log", "export", "--entries", exported.toString());
        assertThat(result.exitCode()).as("%s", result).isZero();
        server.createContext("/log/", this::answer);
        server.setExecutor(threads);
        server.start();
        address = "http://localhost:" + server.getAddress().getPort() + "/log";
    }

    @AfterAll
    void stop() {
        server.stop(0);
        threads.shutdownNow();
        ledger.close();
    }

    @AfterEach
    void asItIs() {
        otherwise.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/log/".length());
            Answer other = otherwise.get(path);
            Path file = exported.resolve(path);
            if (other != null) {
                other.give(exchange);
            } else if (Files.isRegularFile(file)) {
                give(exchange, Files.readAllBytes(file));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static void give(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    private static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    private Result verify(String... more) {
        return ledger.run(Stream.concat(Stream.of("verify", address, "--quiet"), Arrays.stream(more))
                .toArray(String[]::new));
    }

    private String key() throws IOException {
        return Files.readString(exported.resolve("key")).strip();
    }

    private void assertBroken(String sentence) {
        Result result = verify();
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.out()).contains(sentence);
    }

    private void assertUnreadable(String sentence) {
        Result result = verify();
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.err()).contains(sentence);
    }

    private byte[] changed(String file) throws IOException {
        byte[] content = Files.readAllBytes(exported.resolve(file));
        content[40] ^= 1;
        return content;
    }

    @Test
    void whatIsPublishedIsAsItWasSigned() throws IOException {
        String size = Files.readString(exported.resolve("checkpoint"))
                .lines()
                .toList()
                .get(1);

        Result result = verify();

        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.out()).contains("verified: " + size + " entries, ").doesNotContain("hashes only");
        assertThat(verify(
                                "--key",
                                key(),
                                "--checkpoint",
                                exported.resolve("checkpoint").toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void aLogThatGivesItsEntriesToNobodyIsVerifiedByItsHashes() {
        otherwise.put("tile/entries/000", status(401));

        Result result = verify();

        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.out()).contains(", hashes only, since there are no entries at the address, ");
    }

    @Test
    void whatWasChangedIsNamedAsInADirectory() throws IOException {
        byte[] tile = changed("tile/0/000");
        otherwise.put("tile/0/000", exchange -> give(exchange, tile));
        assertBroken("BREAK changed at position 0: tile/0/000, from position 0 on, is not what was signed.");

        otherwise.clear();
        otherwise.put("tile/0/000", status(404));
        assertBroken("BREAK missing at position 0: tile/0/000, from position 0 on, is missing");

        otherwise.clear();
        byte[] entries = changed("tile/entries/000");
        otherwise.put("tile/entries/000", exchange -> give(exchange, entries));
        assertBroken("BREAK changed at position 0: tile/entries/000 has another entry than was signed at position 0.");

        otherwise.clear();
        otherwise.put("key", exchange -> give(exchange, new byte[0]));
        assertBroken("The file key does not hold a key that signed the checkpoint");
    }

    @Test
    void aLogThatIsRightOnlyWhenItIsLookedAtAgainIsNotAsItWasSigned() throws IOException {
        byte[] tile = changed("tile/0/000");
        byte[] right = Files.readAllBytes(exported.resolve("tile/0/000"));
        AtomicInteger asked = new AtomicInteger();
        otherwise.put("tile/0/000", exchange -> give(exchange, asked.getAndIncrement() == 0 ? tile : right));

        assertBroken("the log was not what was signed when it was read, and is when it is read again.");
    }

    @Test
    void anAnswerThatIsTooLongIsAsGoodAsMissing() {
        otherwise.put("tile/0/000", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream endless = exchange.getResponseBody()) {
                for (int i = 0; i < 100_000; i++) {
                    endless.write(new byte[8192]);
                }
            }
        });

        assertBroken("BREAK missing at position 0: tile/0/000, from position 0 on, is missing or has another length.");
    }

    @Test
    void nobodyIsFollowedElsewhere() {
        otherwise.put("tile/0/000", exchange -> {
            exchange.getResponseHeaders().add("Location", address + "/tile/1/000.p/1");
            exchange.sendResponseHeaders(302, -1);
        });

        assertUnreadable("its answer for tile/0/000 has the status 302. A redirect is not followed.");
    }

    @Test
    void whatDoesNotAnswerCannotBeRead() throws IOException {
        otherwise.put("tile/0/000", status(503));
        assertUnreadable("its answer for tile/0/000 has the status 503");

        otherwise.clear();
        otherwise.put("checkpoint", status(404));
        assertUnreadable("There is no log at the address: its checkpoint, under /checkpoint, is none.");

        assertThat(ledger.run("verify", "http://localhost:1/log").exitCode()).isEqualTo(2);
        assertThat(ledger.run("verify", "http:///log").exitCode()).isEqualTo(2);
        assertThat(ledger.run("verify", address + "?x").exitCode()).isEqualTo(2);
        assertThat(ledger.run("verify", address, address).exitCode()).isEqualTo(2);
    }

    @Test
    void anAnswerThatDoesNotEndIsNotWaitedFor() {
        otherwise.put("tile/0/000", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        });

        try (LogAtAddress log = new LogAtAddress(URI.create(address), PATIENCE)) {
            assertThat(log.read("checkpoint", SignedNote.MAX_BYTES)).isNotNull();
            assertThatThrownBy(() -> log.read("tile/0/000", 8192))
                    .isInstanceOf(LogAtAddress.Unreachable.class)
                    .hasMessageContaining("did not come within");
        }
    }

    @Test
    void onlyAnAddressOfALogIsOne() {
        for (String no : new String[] {"ftp://localhost/log", "http:log", "http://localhost/log?a=b", "/log"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new LogAtAddress(URI.create(no), PATIENCE));
        }
    }

    @Test
    void aServerShowsEverybodyALogThatIsVerified() throws InterruptedException {
        try (TestServer live = TestServer.start()) {
            String base = "http://localhost:" + live.port() + "/api/v1/log";
            // neither is there at once
            for (String part : List.of("/log/checkpoint", "/log/key")) {
                while (live.anonymous().get(part).status() != 200) {
                    Thread.sleep(100);
                }
            }
            String key = new String(live.anonymous().get("/log/key").bytes(), StandardCharsets.UTF_8).strip();

            Result result = ledger.run("verify", base, "--key", key);

            assertThat(result.exitCode()).as("%s", result).isZero();
            assertThat(result.out()).contains("hashes only, since there are no entries at the address");
        }
    }
}
