package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server with little memory, of which many ask at once for as much as can be asked for. */
class SmallHeapTest {
    private static final int CALLERS = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PROBED_WITHIN = Duration.ofSeconds(20);
    private static final String ALL = "/figures?by=month&from=1970-01&to=2069-12&complete=true";
    private static final String SPREADSHEET = "/figures?by=month&from=2010-01&to=2029-12&complete=true&format=ods";
    private static final List<String> LARGE = List.of(
            SPREADSHEET,
            ALL + "&format=html",
            ALL + "&format=csv",
            ALL + "&format=json",
            "/differences?was=0&now=40",
            "/requests?limit=500");

    private static Path directory;
    private static Program.Server server;

    @BeforeAll
    static void start() {
        directory = TestServer.newLedgerDirectory();
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--ledger.data-directory=" + directory,
                "--ledger.inception=" + TestServer.INCEPTION));
        settings.addAll(TestServer.users());
        settings.add("--ledger.http.memory-wait=2s");
        server = Program.Server.start(List.of("-Xmx256m"), settings);
        StringBuilder file = new StringBuilder(Sample.HEADER);
        for (String organisation : List.of(
                "HOME_OFFICE", "DWP", "POLICE", "MOJ", "HMRC", "CABINET_OFFICE", "WELSH_GOVERNMENT", "FAMILY_COURT")) {
            file.append("\n,")
                    .append(organisation)
                    .append(",2020-01,OTHER,OTHER,40,NAME,APPROVED,3,0,3,2,SCHOOL,FILE,a-1,2023-02");
        }
        assertThat(server.as("recorder").importCsv(file.toString()).at("/recorded"))
                .isEqualTo("8");
    }

    @AfterAll
    static void stop() {
        server.kill();
        TestServer.delete(directory);
    }

    @Test
    void manyLargeAnswersAtOnceLeaveItAliveAndTheOthersAreToldToWait() throws InterruptedException {
        List<CompletableFuture<HttpResponse<Void>>> calls = new ArrayList<>();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                String path = LARGE.get(i % LARGE.size());
                calls.add(CompletableFuture.supplyAsync(() -> ask(client, "/api/v1" + path), callers));
            }
            while (!calls.stream().allMatch(CompletableFuture::isDone)) {
                long begun = System.nanoTime();
                assertThat(ask(client, "/actuator/health/readiness").statusCode())
                        .isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROBED_WITHIN);
                Thread.sleep(100);
            }
        }

        assertThat(calls)
                .extracting(call -> call.join().statusCode())
                .containsOnly(200, 429)
                .contains(200);
        assertThat(calls)
                .filteredOn(call -> call.join().statusCode() == 429)
                .allSatisfy(call -> assertThat(call.join().headers().firstValue("Retry-After"))
                        .isPresent());
        assertThat(server.isAlive()).isTrue();
        for (String path : LARGE) {
            assertThat(ask(client, "/api/v1" + path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void aSpreadsheetThatNeverFitsIsRefusedInWords() {
        assertThat(server.as("auditor").get(ALL + "&format=ods").problem())
                .isEqualTo("400 invalid-request | format too-many");
    }

    private static HttpResponse<Void> ask(HttpClient client, String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                            .header("Authorization", server.as("auditor").authorization())
                            .timeout(TIMEOUT)
                            .build(),
                    BodyHandlers.discarding());
        } catch (IOException e) {
            throw new IllegalStateException(path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
