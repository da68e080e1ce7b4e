package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of another origin may ask a browser to send here. */
@ExtendWith(SharedServer.class)
class ForeignOriginTest {
    private static final String REFUSED = "403 foreign-origin";

    private final TestServer server;
    private final int port;

    ForeignOriginTest(TestServer server) {
        this.server = server;
        this.port = server.port();
    }

    /** What comes of a change that would be 404 from anywhere else. */
    private String change(String... headers) {
        StringBuilder request = new StringBuilder("POST /api/v1/editions/1971-Q1/release HTTP/1.1\r\nHost: 127.0.0.1:"
                + port + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                + "Authorization: Basic "
                + Base64.getEncoder().encodeToString("approver:demo".getBytes(StandardCharsets.UTF_8)) + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        String answer = RawHttp.send(port, request.append("\r\n{}").toString());
        return answer.contains("/problems/foreign-origin")
                ? REFUSED
                : answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 404".length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: ",
                "Sec-Fetch-Site: something-new",
                "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site",
                "Origin: null",
                "Origin: ",
                "Origin: https://127.0.0.1:PORT",
                "Origin: http://127.0.0.1",
                "Origin: http://127.0.0.1:1",
                "Origin: http://localhost:PORT",
                "Origin: http://127.0.0.1.evil.example:PORT",
                "Origin: http://evil.example",
                "Origin: file://",
                "Origin: 127.0.0.1:PORT",
                "Origin: http://127.0.0.1:PORT/",
                "Origin: http://127.0.0.1:PORT http://evil.example",
                "Origin: http://127.0.0.1:PORT\r\nOrigin: http://evil.example",
                "Sec-Fetch-Site: same-origin\r\nOrigin: http://evil.example",
                "Sec-Fetch-Site: cross-site\r\nOrigin: http://127.0.0.1:PORT",
                "Origin: http://evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: http",
                "Origin: http://evil.example\r\nForwarded: host=evil.example;proto=http;for=127.0.0.1",
            })
    void asksForNoChange(String headers) {
        assertThat(change(headers.replace("PORT", Integer.toString(port)))).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Nothing: 1",
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none",
                "Origin: http://127.0.0.1:PORT",
                "Origin: HTTP://127.0.0.1:PORT",
                "Sec-Fetch-Site: same-origin\r\nOrigin: http://127.0.0.1:PORT",
                "Origin: http://127.0.0.1:PORT\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example",
            })
    void aPageOfThisServerAndAProgramDo(String headers) {
        assertThat(change(headers.replace("PORT", Integer.toString(port)))).isEqualTo("404");
    }

    @Test
    void everyMethodThatChangesIsRefusedAndReadingIsNot() {
        String[] foreign = {"Sec-Fetch-Site", "cross-site"};
        for (Caller caller : List.of(server.as("admin"), server.anonymous(), server.as("nobody", "wrong"))) {
            for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
                for (String path : List.of("/imports", "/organisations/DWP", "/rebuilds/x", "//error", "//nothing")) {
                    assertThat(caller.send(method, path, BodyPublishers.noBody(), foreign)
                                    .problem())
                            .as("%s %s", method, path)
                            .isEqualTo(REFUSED);
                }
            }
        }
        assertThat(server.as("admin").get("/organisations", foreign).status()).isEqualTo(200);
        assertThat(server.as("admin").get("/organisations", "Origin", "null").headers())
                .doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void noQuestionBeforehandIsAnsweredWithLeave() {
        for (Caller caller : List.of(server.as("admin"), server.anonymous())) {
            Reply asked = caller.send(
                    "OPTIONS",
                    "/editions/2023-Q3/release",
                    BodyPublishers.noBody(),
                    "Origin",
                    "http://evil.example",
                    "Access-Control-Request-Method",
                    "POST",
                    "Access-Control-Request-Headers",
                    "content-type");
            assertThat(asked.headers().keySet()).noneMatch(name -> name.startsWith("access-control-allow"));
        }
    }

    /** These a page can send without asking beforehand. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""})
    void whatAFormCanSendIsNoBodyOfAChange(String type) {
        for (String path : List.of("/editions/1971-Q1/preview", "/editions/1971-Q1/release", "/replays", "/imports")) {
            Caller caller =
                    server.as(path.equals("/replays") ? "auditor" : path.equals("/imports") ? "recorder" : "approver");
            Reply reply = type.isEmpty()
                    ? caller.send("POST", path, BodyPublishers.noBody())
                    : caller.send("POST", path, type, "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(reply.problem()).as(path).isEqualTo("415 unsupported-media-type");
        }
        assertThat(server.as("approver").post("/editions/1971-Q1/release", "").problem())
                .isEqualTo("400 invalid-request | malformed-json");
        assertThat(server.as("auditor").post("/replays", "").problem())
                .isEqualTo("400 invalid-request | malformed-json");
        assertThat(server.as("auditor")
                        .post("/replays", "{\"compare\": \"live\"}")
                        .problem())
                .isEqualTo("400 invalid-request | unknown-property");
    }
}
