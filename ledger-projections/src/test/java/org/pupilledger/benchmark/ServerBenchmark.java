package org.pupilledger.benchmark;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts the demo in a process of its own and measures it from outside: one POST per line, one import, its start. */
final class ServerBenchmark {
    private static final int POSTS = 1_000;
    private static final int WARM_UP_POSTS = 500;
    private static final long START_MS = 60_000;
    private static final long POLL_MS = 10;
    private static final String HEADER = "references,organisation,received,purpose,gateway,individuals_submitted,"
            + "items_submitted,decision,individuals_matched,individuals_ambiguous,individuals_answered,"
            + "individuals_returned,items_returned,source,source_reference,source_published\n";

    private final Path program;
    private final Path dataDirectory;
    private final Consumer<String> report;
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private int references;

    /** @param program the packaged jar */
    ServerBenchmark(Path program, Path dataDirectory, Consumer<String> report) {
        this.program = program;
        this.dataDirectory = dataDirectory;
        this.report = report;
    }

    void run(int lines, int rounds) throws Exception {
        Process server = start();
        List<Double> posts = new ArrayList<>();
        List<Double> imports = new ArrayList<>();
        try {
            post(WARM_UP_POSTS);
            importFile(WARM_UP_POSTS);
            for (int round = 0; round < rounds; round++) {
                posts.add(post(POSTS));
                imports.add(importFile(lines));
            }
        } finally {
            stop(server);
        }
        report.accept(String.format(
                Locale.ROOT,
                "one POST per line, one caller: %,.0f lines/s; import of %,d lines: %,.0f lines/s; ratio %.1f",
                median(posts),
                lines,
                median(imports),
                median(imports) / median(posts)));
        List<Double> starts = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            long started = System.nanoTime();
            server = start();
            starts.add((System.nanoTime() - started) / 1e9);
            stop(server);
        }
        report.accept(String.format(Locale.ROOT, "start to ready after the first run: %.1f s", median(starts)));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private Process start() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process server = new ProcessBuilder(
                        java,
                        "-jar",
                        program.toString(),
                        "--spring.profiles.active=demo",
                        "--server.port=" + port,
                        "--ledger.data-directory=" + dataDirectory)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long deadline = System.currentTimeMillis() + START_MS;
        while (!isReady()) {
            if (!server.isAlive() || System.currentTimeMillis() > deadline) {
                throw new BenchmarkFailed("the server did not become ready");
            }
            Thread.sleep(POLL_MS);
        }
        return server;
    }

    private static void stop(Process server) throws InterruptedException {
        server.destroy();
        if (!server.waitFor(START_MS, TimeUnit.MILLISECONDS)) {
            server.destroyForcibly();
        }
    }

    private boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(uri("/actuator/health/readiness"))
                                    .GET())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private double post(int count) throws Exception {
        long started = System.nanoTime();
        for (int i = 0; i < count; i++) {
            String body = String.format(Locale.ROOT, """
                    {"references": ["%s"], "organisation": "DWP", "received": "2023-06",
                     "purpose": "SCHOOL_REGISTRATION_CHECK", "gateway": "DWP-FUNC",
                     "submitted": {"individuals": 12, "items": ["NAME", "DATE_OF_BIRTH"]},
                     "historic": {"source": "FILE"}, "decision": {"outcome": "APPROVED"},
                     "match": {"matched": 3, "ambiguous": 1},
                     "disclosure": {"answered": 4, "returned": 2, "items": ["SCHOOL"]}}
                    """, reference());
            expect(
                    201,
                    HttpRequest.newBuilder(uri("/api/v1/requests"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body)));
        }
        return count / ((System.nanoTime() - started) / 1e9);
    }

    private double importFile(int lines) throws Exception {
        StringBuilder file = new StringBuilder(HEADER);
        for (int i = 0; i < lines; i++) {
            file.append(reference())
                    .append(",DWP,2023-06,SCHOOL_REGISTRATION_CHECK,DWP-FUNC,12,NAME;DATE_OF_BIRTH,APPROVED,3,1,4,2,")
                    .append("SCHOOL,FILE,,\n");
        }
        byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);
        long started = System.nanoTime();
        String answer = expect(
                200,
                HttpRequest.newBuilder(uri("/api/v1/imports"))
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofByteArray(bytes)));
        double rate = lines / ((System.nanoTime() - started) / 1e9);
        if (!answer.contains("\"recorded\":" + lines + ",")) {
            throw new BenchmarkFailed("not every line was recorded");
        }
        return rate;
    }

    private String reference() {
        return String.format(Locale.ROOT, "2031-%07d", references++);
    }

    private String expect(int status, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = send(request);
        if (response.statusCode() != status) {
            throw new BenchmarkFailed("status " + response.statusCode());
        }
        return response.body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        String credentials = Base64.getEncoder().encodeToString("recorder:demo".getBytes(StandardCharsets.UTF_8));
        return http.send(request.header("Authorization", "Basic " + credentials).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
