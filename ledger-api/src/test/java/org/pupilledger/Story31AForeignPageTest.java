package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An officer is signed in with a browser, and opens a page of somebody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Story31AForeignPageTest {
    private static final long TIMEOUT_S = 60;
    private static final String METRIC = "ledger_refusals_total{rule=\"foreign-origin\"}";

    /** Signs the browser in as the officer is, then asks for a preview in every way that needs no leave. */
    private static final String PAGE = """
            <!doctype html><meta charset="utf-8"><title>waits</title>
            <iframe name="unseen"></iframe>
            <form method="post" enctype="text/plain" target="unseen" action="LEDGER/editions/2023-Q3/preview">
            <input name='{"x":"' value='"}'></form>
            <script>
            const pause = ms => new Promise(done => setTimeout(done, ms));
            const ask = (method, path, headers, body) =>
              fetch('LEDGER' + path, {method, headers, body, mode: 'no-cors', credentials: 'include'})
                .then(() => 'sent', () => 'blocked');
            addEventListener('load', async () => {
              open('SIGN_IN/organisations');
              await pause(2500);
              document.forms[0].submit();
              await pause(500);
              const bare = await ask('POST', '/editions/2023-Q3/preview', {});
              const text = await ask('POST', '/editions/2023-Q3/preview', {'Content-Type': 'text/plain'}, '{}');
              await fetch('LEDGER/editions/2023-Q3/preview', {method: 'POST', credentials: 'include', body: '{}',
                headers: {'Content-Type': 'application/json'}}).catch(() => {});
              navigator.sendBeacon('LEDGER/editions/2023-Q3/preview', '{}');
              await pause(500);
              await fetch('/told/' + bare + '/' + text);
            });
            </script>
            """;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private TestServer server;
    private HttpServer evil;

    @TempDir
    private Path directory;

    @BeforeAll
    void anEditionIsAnnounced() throws IOException {
        server = TestServer.start();
        server.as("publisher").post("/editions", "{\"quarter\": \"2023-Q3\", \"releaseOn\": \"2023-12-07\"}");
        String api = "127.0.0.1:" + server.port() + "/api/v1";
        String page = PAGE.replace("LEDGER", "http://" + api).replace("SIGN_IN", "http://publisher:demo@" + api);
        evil = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        evil.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/told/")) {
                told.add(exchange.getRequestURI().getPath());
            }
            byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        evil.start();
    }

    @AfterAll
    void close() {
        evil.stop(0);
        server.close();
    }

    /** The first is another origin of the same site, the second another site. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void previewsNothing(String host) throws Exception {
        double before = server.metric(METRIC);

        Process browser = browser("http://" + host + ":" + evil.getAddress().getPort() + "/");
        try {
            assertThat(told.poll(TIMEOUT_S, TimeUnit.SECONDS))
                    .as("the page ran to its end")
                    .isEqualTo("/told/sent/sent");
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor();
        }
        assertThat(server.metric(METRIC) - before)
                .as("a form, two fetches and a beacon")
                .isGreaterThanOrEqualTo(4);
        assertThat(server.events("edition-2023-Q3"))
                .as("it is announced, and no more")
                .isEqualTo(1);
    }

    private Process browser(String page) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Chromium.program().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--disable-popup-blocking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + Files.createTempDirectory(directory, "browser"),
                        page)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("browser.txt").toFile());
        builder.environment().put("HOME", directory.toString());
        return builder.start();
    }
}
