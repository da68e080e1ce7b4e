package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pupilledger.node.LedgerNode;
import tools.jackson.databind.JsonNode;

/** What whoever looks after security reads of a server; that nothing typed is in it is also looked at by PrivacyTest. */
@ExtendWith({SharedServer.class, ProcessLock.class})
class SecurityLogTest {
    private static final long LIMIT_NANOS = 10_000_000_000L;
    private static final long STEP_MS = 50;

    private final TestServer server;

    SecurityLogTest(TestServer server) {
        this.server = server;
    }

    /** Lines that came from an address, once there is one of an action. */
    private static List<JsonNode> lines(String action, String address) {
        return lines(action, address, 1);
    }

    private static List<JsonNode> lines(String action, String address, int times) {
        long started = System.nanoTime();
        while (true) {
            List<JsonNode> lines = new ArrayList<>();
            for (String line : TestServer.log().split("\n", -1)) {
                if (line.contains("org.pupilledger.security.log") && line.contains('"' + address + '"')) {
                    lines.add(Reply.parse(line));
                }
            }
            if (count(lines, action) >= times) {
                return lines;
            }
            assertThat(System.nanoTime() - started)
                    .as("nanoseconds waited for %s from %s", action, address)
                    .isLessThan(LIMIT_NANOS);
            try {
                Thread.sleep(STEP_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static int count(List<JsonNode> lines, String action) {
        return lines.stream()
                .filter(line -> text(line, "/event/action").equals(action))
                .mapToInt(line -> line.at("/event/count").intValue())
                .sum();
    }

    private static String text(JsonNode line, String pointer) {
        return line.at(pointer).asString("");
    }

    private String actor(String user) {
        return server.context()
                .getBean(LedgerNode.class)
                .recording()
                .author(user, "AUDITOR")
                .actor();
    }

    @Test
    void aSignInIsALineAndNoCallAfterIt() {
        Caller admin = server.as("admin").from("127.0.3.1");
        for (int i = 0; i < 5; i++) {
            assertThat(admin.get("/organisations").status()).isEqualTo(200);
        }
        assertThat(admin.get("/audit/full-bundle").status()).isEqualTo(200);

        List<JsonNode> lines = lines("full-bundle", "127.0.3.1");

        assertThat(lines).extracting(line -> text(line, "/event/action")).containsExactly("sign-in", "full-bundle");
        for (JsonNode line : lines) {
            assertThat(text(line, "/event/outcome")).isEqualTo("success");
            assertThat(line.at("/event/count").intValue()).isEqualTo(1);
            assertThat(text(line, "/user/id")).isEqualTo(actor("admin"));
            assertThat(line.at("/user/roles").toString()).isEqualTo("[\"ADMIN\"]");
            assertThat(text(line, "/log/logger")).isEqualTo("org.pupilledger.security.log");
            assertThat(UUID.fromString(text(line, "/user/id"))).isNotNull();
        }
    }

    @Test
    void failuresAreCountedAndNameNobodyWhoIsNot() {
        for (String name : List.of("recorder2", "zzyzx")) {
            Caller guesser = server.as(name, "zzyzx").from("127.0.3.2");
            for (int i = 0; i < 10; i++) {
                assertThat(guesser.get("/organisations").status()).isEqualTo(401);
            }
            assertThat(guesser.get("/organisations").status()).isEqualTo(429);
        }

        List<JsonNode> lines = lines("sign-in-braked", "127.0.3.2", 2);

        assertThat(lines)
                .allSatisfy(line -> assertThat(text(line, "/event/outcome")).isEqualTo("failure"));
        assertThat(lines)
                .extracting(line -> text(line, "/user/id"))
                .containsOnly("", actor("recorder2"))
                .contains("", actor("recorder2"));
        assertThat(count(lines, "sign-in")).isEqualTo(20);
    }

    @Test
    void whatARoleMayNotDoIsNamedAsTheTableOfAccessHasIt() {
        Caller auditor = server.as("auditor").from("127.0.3.3");
        assertThat(auditor.post("/requests/zzyzx/decision", "{}").status()).isEqualTo(403);
        assertThat(auditor.get("/audit/bundles/2023-Q3?variant=public").status())
                .isIn(403, 404);

        JsonNode line = lines("forbidden", "127.0.3.3").stream()
                .filter(one -> text(one, "/event/action").equals("forbidden"))
                .findFirst()
                .orElseThrow();

        assertThat(text(line, "/ledger/call")).isEqualTo("POST /api/v1/requests/{id}/decision");
        assertThat(text(line, "/user/id")).isEqualTo(actor("auditor"));
        assertThat(line.at("/user/roles").toString()).isEqualTo("[\"AUDITOR\"]");
    }

    @Test
    void aForeignOriginIsALine() {
        server.anonymous()
                .from("127.0.3.4")
                .send("DELETE", "/x", BodyPublishers.noBody(), "Origin", "http://zzyzx.example");

        assertThat(text(lines("foreign-origin", "127.0.3.4").getFirst(), "/event/outcome"))
                .isEqualTo("failure");
    }

    @Test
    void nothingTypedIsInIt() {
        List<String> names = List.of(
                "zzyzx\r\nforged: 1",
                "zzyzx\n{\"event\":{\"action\":\"sign-in\"}}",
                "%7A%7Ayzx",
                "zzyzx\u2028",
                "{} ${jndi:zzyzx}",
                "zzyzx".repeat(1_000));
        for (String name : names) {
            String words = Base64.getEncoder().encodeToString((name + ":" + name).getBytes(StandardCharsets.UTF_8));
            new Caller(server.port(), "Basic " + words)
                    .from("127.0.3.5")
                    .get("/zzyzx?zzyzx=zzyzx", "User-Agent", "zzyzx", "X-Forwarded-For", "zzyzx", "Referer", "zzyzx");
        }
        lines("sign-in", "127.0.3.5");

        String log = TestServer.log().toLowerCase(Locale.ROOT);
        assertThat(log.contains("zzyzx") || log.contains("7a%7ayzx") || log.contains("forged: 1"))
                .as("something typed is in the log")
                .isFalse();
        assertThat(TestServer.log().lines().filter(line -> line.contains("org.pupilledger.security.log")))
                .as("no name of an account")
                .noneMatch(line -> line.contains("\"recorder\"") || line.contains("\"admin\""));
    }
}
