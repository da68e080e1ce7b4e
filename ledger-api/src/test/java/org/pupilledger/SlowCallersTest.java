package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is slow, or many, stops nobody else; limits are small here so that few callers reach them. */
class SlowCallersTest {
    private static final int PER_ADDRESS = 20;
    private static final int MANY = 3 * PER_ADDRESS;
    private static final int MANY_REQUESTS = 6_000;
    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final Duration AT_ONCE = Duration.ofSeconds(6);
    private static final Duration SOON = Duration.ofSeconds(20);

    private static TestServer server;

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        Path directory = TestServer.newLedgerDirectory();
        List<String> settings = TestServer.settings(directory);
        settings.addAll(TestServer.users());
        settings.add("--ledger.http.connections-per-address=" + PER_ADDRESS);
        settings.add("--ledger.http.patience=" + PATIENCE.toMillis() + "ms");
        settings.add("--ledger.http.least-rate=1MB");
        server = TestServer.start(directory, settings);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1/imports HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 62914560\r\n\r\nx",
                "POST /api/v1/requests HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
                "PUT /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nx",
                "DELETE / HTTP/1.1\r\nHost: a\r\nContent-Length: 62914560\r\n\r\nx",
                "POST /problems HTTP/1.1\r\nHost: a\r\nContent-Length: 62914560\r\n\r\nx",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 900\r\n\r\n--b",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na"
            })
    void whoMayNotSendABodyIsAnsweredAndCutOffAtOnce(String request) {
        long begun = System.nanoTime();

        String answer = ask(request);

        assertThat(answer).startsWith("HTTP/1.1 401 ").contains("Connection: close", "/problems/unauthenticated");
        assertThat(since(begun)).isLessThan(AT_ONCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "403 POST /api/v1/audit/nothing HTTP/1.1\r\nContent-Length: 62914560\r\n",
                "405 POST /api/v1/figures HTTP/1.1\r\nContent-Length: 62914560\r\n",
                "415 POST /api/v1/requests HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 62914560\r\n",
                "413 POST /api/v1/requests HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 62914560\r\n",
                "413 POST /api/v1/imports HTTP/1.1\r\nContent-Type: text/csv\r\nContent-Length: 629145600\r\n",
                "415 POST /api/v1/imports HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 999\r\n"
            })
    void whatIsRefusedIsNotReadOn(String request) {
        long begun = System.nanoTime();

        String answer = ask(signedIn(request.substring(4)) + "x");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("Connection: close", "/problems/");
        assertThat(since(begun)).isLessThan(AT_ONCE);
    }

    @Test
    void aBodyThatNobodyMaySendIsNotAskedFor() {
        String head = "POST /api/v1/imports HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n";

        assertThat(ask(head + "Content-Type: text/csv\r\nContent-Length: 62914560\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ")
                .contains("Connection: close");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1000",
                "Transfer-Encoding: chunked",
                "Content-Length: 1000\r\nExpect: 100-continue"
            })
    void aBodyThatStopsIsNotWaitedFor(String framing) {
        long begun = System.nanoTime();

        String answer =
                ask(signedIn("POST /api/v1/requests HTTP/1.1\r\nContent-Type: application/json\r\n" + framing + "\r\n")
                        + "3e8\r\n{");

        assertThat(answer).contains("HTTP/1.1 408 ", "/problems/request-timeout");
        assertThat(since(begun)).isLessThan(SOON);
    }

    @ParameterizedTest
    @CsvSource({"officer, /api/v1/imports", "auditor, /api/v1/replays"})
    void aBodyThatTricklesIsCutOff(String user, String path) throws IOException {
        Socket socket = open(
                signedIn(user, "POST " + path + " HTTP/1.1\r\nContent-Type: text/csv\r\nContent-Length: 6291456\r\n"));
        long begun = System.nanoTime();

        String answer = trickle(socket);

        assertThat(answer).startsWith("HTTP/1.1 408 ");
        assertThat(since(begun)).isLessThan(SOON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", "\r\n"})
    void aHeadThatTricklesIsCutOff(String beginning) throws IOException {
        Socket socket = open(beginning);
        long begun = System.nanoTime();

        trickle(socket);

        assertThat(since(begun)).isLessThan(SOON);
    }

    /** Each kind of waiting, more often than there is room for: the probe is answered throughout, and all are in the end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ",
                "POST /api/v1/imports HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 62914560\r\n\r\nx",
                "GET /actuator/health/liveness HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void theProbesAreAnsweredWhoeverFillsTheConnections(String waiting) {
        for (int i = 0; i < MANY; i++) {
            open(waiting);
            if (i % 5 == 0) {
                assertProbed();
            }
        }
        assertProbed();
    }

    @Test
    void theProbesAreAnsweredWhileEverybodyTricklesABody() throws InterruptedException {
        String request =
                signedIn("POST /api/v1/imports HTTP/1.1\r\nContent-Type: text/csv\r\nContent-Length: 62914560\r\n");
        for (int i = 0; i < MANY; i++) {
            open(request + "x");
            if (i == PER_ADDRESS) {
                // so much is everybody's
                Thread.sleep(2_100);
            }
        }
        Thread.sleep(2_100);

        assertProbed();
        assertThat(server.as("recorder").importCsv(Sample.HEADER).status()).isEqualTo(200);
    }

    @Test
    void manyRequestsWithoutReadingAnAnswerAreCutOff() throws IOException, InterruptedException {
        int length = server.anonymous().get("//problems").text().length();
        Socket socket = open("GET /problems HTTP/1.1\r\nHost: a\r\n\r\n".repeat(MANY_REQUESTS));
        long begun = System.nanoTime();
        // what was sent and not read is all that comes yet
        Thread.sleep(3 * PATIENCE.toMillis());

        long came = drain(socket);

        assertThat(came).isLessThan((long) MANY_REQUESTS * length);
        assertThat(since(begun)).isLessThan(SOON);
        assertProbed();
    }

    @Test
    void requestsInOneGoAreAllAnswered() {
        String one = "GET /actuator/health/liveness HTTP/1.1\r\nHost: a\r\n\r\n";

        String answers = ask(one.repeat(50) + one.replace("Host: a", "Host: a\r\nConnection: close"));

        assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(52);
    }

    private void assertProbed() {
        long begun = System.nanoTime();

        String answer = ask("GET /actuator/health/readiness HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(since(begun)).isLessThan(AT_ONCE);
    }

    private static String signedIn(String head) {
        return signedIn("officer", head);
    }

    private static String signedIn(String user, String head) {
        return head + "Host: a\r\nAuthorization: " + server.as(user).authorization() + "\r\n\r\n";
    }

    private Socket open(String beginning) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            sockets.add(socket);
            socket.setSoTimeout(Math.toIntExact(SOON.toMillis()));
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is answered until the server hangs up. */
    private String ask(String request) {
        try (Socket socket = open(request)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a byte now and then, until the server answers or hangs up. */
    private static String trickle(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[4_096];
        while (true) {
            try {
                int count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    return answer.toString();
                }
                answer.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            } catch (SocketTimeoutException e) {
                socket.getOutputStream().write('x');
            } catch (IOException e) {
                return answer.toString();
            }
        }
    }

    private static long drain(Socket socket) throws IOException {
        long came = 0;
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[1 << 16];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                came += count;
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // cut off
        }
        return came;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
