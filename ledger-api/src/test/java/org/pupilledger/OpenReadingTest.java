package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins may read, and what caches that others share may keep. */
@ExtendWith(SharedServer.class)
class OpenReadingTest {
    private static final String ORIGIN = "access-control-allow-origin";

    private final TestServer server;

    OpenReadingTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "//codes",
                "//requests",
                "//releases.atom",
                "//check",
                "/editions",
                "/figures",
                "/log/checkpoint",
                "/log/key",
                "//v3/api-docs"
            })
    void everybodysAnswersAreReadableFromEveryOriginAndFitForCaches(String path) {
        for (String method : List.of("GET", "HEAD")) {
            Reply reply =
                    server.anonymous().send(method, path, BodyPublishers.noBody(), "Origin", "https://paper.example");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header(ORIGIN)).isEqualTo("*");
            assertThat(reply.header("access-control-expose-headers")).contains("ETag");
            assertThat(reply.headers()).doesNotContainKey("access-control-allow-credentials");
            assertThat(reply.header("cache-control")).contains("public", "max-age=");
        }
        Reply again = server.anonymous()
                .get(path, "If-None-Match", server.anonymous().get(path).header("etag"));
        if (!path.startsWith("/log")) {
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.header(ORIGIN)).isEqualTo("*");
            assertThat(again.bytes()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "//codes", "/editions", "/figures", "/log/checkpoint", "/requests", "//v3/api-docs"})
    void whatSomebodySignedInIsAnsweredIsForNobodyElse(String path) {
        Reply reply = server.as("auditor").get(path, "Origin", "https://paper.example");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).doesNotContainKey(ORIGIN);
        assertThat(reply.header("cache-control")).doesNotContain("public").containsAnyOf("private", "no-store");
    }

    @Test
    void whatDiffersForWhoIsSignedInSaysSo() {
        for (String path : List.of("/editions", "/figures", "/log/checkpoint")) {
            assertThat(server.anonymous().get(path).header("vary")).as(path).contains("Authorization");
        }
    }

    @Test
    void aRefusalIsNotReadable() {
        Reply refused = server.anonymous().get("/requests", "Origin", "https://paper.example");

        assertThat(refused.problem()).isEqualTo("401 unauthenticated");
        assertThat(refused.headers()).doesNotContainKey(ORIGIN);
    }

    @Test
    void aConditionMayBeSentAndACredentialMayNot() {
        Reply asked = ask("//codes", "GET");

        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header(ORIGIN)).isEqualTo("*");
        assertThat(asked.header("access-control-allow-methods")).isEqualTo("GET, HEAD");
        assertThat(asked.header("access-control-allow-headers")).isEqualTo("If-None-Match, If-Modified-Since");
        assertThat(asked.header("access-control-max-age")).isEqualTo("86400");
        for (Reply other : List.of(ask("/requests", "GET"), ask("//codes", "POST"), ask("/editions", "POST"))) {
            assertThat(other.headers().keySet()).noneMatch(name -> name.startsWith("access-control-allow"));
        }
    }

    private Reply ask(String path, String method) {
        return server.anonymous()
                .send(
                        "OPTIONS",
                        path,
                        BodyPublishers.noBody(),
                        "Origin",
                        "https://paper.example",
                        "Access-Control-Request-Method",
                        method,
                        "Access-Control-Request-Headers",
                        "if-none-match");
    }
}
