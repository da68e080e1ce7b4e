package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.problems.ProblemType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Who may call what: every mapping of the server, every role. */
@ExtendWith(SharedServer.class)
class AccessMatrixTest {
    private static final String EVERYBODY = "EVERYBODY";
    private static final String ANY_ROLE = "ANY_ROLE";
    private static final List<String> ROLES = List.of("RECORDER", "APPROVER", "PUBLISHER", "AUDITOR", "ADMIN");

    /**
     * A call.
     *
     * @param who    {@code EVERYBODY}, {@code ANY_ROLE}, or the roles that may, joined by {@code |}
     * @param answer status for whoever may
     */
    record Call(String method, String pattern, String who, int answer) {
        String path() {
            return "/"
                    + pattern.replace("{id}", "00000000-0000-4000-8000-000000000000")
                            .replace("{code}", "NOBODY")
                            .replace("{reference}", "DS00000")
                            .replace("{slug}", "conflict")
                            .replace("{requiredMetricName}", "ledger.appended")
                            .replace("{level}", "0")
                            .replace("{*number}", "000.p/1")
                            .replace("{index}", "0")
                            .replace("{quarter}", "1971-Q1")
                            .replace("{quarter:[0-9]{4}-Q[1-4]}", "1971-Q1")
                            .replace("{table:[a-z-]+}", "requests")
                            .replace("{number:[1-9][0-9]{0,4}}", "1")
                            .replace("{period}", "1971-Q1")
                            .replace("{organisation}", "NOBODY")
                            .replace("{column}", "requests")
                            .replace("{number}", "1")
                            .replace("{name}", "revisions.csv")
                            .replace("/**", "/none");
        }

        boolean isOpenTo(String role) {
            return who.equals(EVERYBODY)
                    || who.equals(ANY_ROLE)
                    || List.of(who.split("[|]", -1)).contains(role);
        }

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    private static final List<Call> TABLE = List.of(
            new Call("GET", "/api/v1/editions", EVERYBODY, 200),
            new Call("POST", "/api/v1/editions", "PUBLISHER|APPROVER", 400),
            new Call("GET", "/api/v1/editions/{quarter}", EVERYBODY, 404),
            new Call("GET", "/api/v1/editions/{quarter}/files/{name}", EVERYBODY, 404),
            new Call("GET", "/api/v1/editions/{quarter}/revisions/{number}/files/{name}", EVERYBODY, 404),
            new Call("GET", "/api/v1/editions/{quarter}/preview/files/{name}", "PUBLISHER|APPROVER|AUDITOR", 404),
            new Call("POST", "/api/v1/editions/{quarter}/schedule", "PUBLISHER|APPROVER", 400),
            new Call("POST", "/api/v1/editions/{quarter}/preview", "PUBLISHER|APPROVER", 404),
            new Call("POST", "/api/v1/editions/{quarter}/revisions", "PUBLISHER|APPROVER", 400),
            new Call("POST", "/api/v1/editions/{quarter}/release", "PUBLISHER|APPROVER", 404),
            new Call("GET", "/api/v1/audit/full-bundle", "ADMIN", 200),
            new Call("GET", "/api/v1/agreements", ANY_ROLE, 200),
            new Call("POST", "/api/v1/agreements", "RECORDER", 400),
            new Call("GET", "/api/v1/agreements/ceiling-breaches", ANY_ROLE, 200),
            new Call("GET", "/api/v1/agreements/counts", ANY_ROLE, 200),
            new Call("GET", "/api/v1/agreements/stale-listings", ANY_ROLE, 200),
            new Call("GET", "/api/v1/agreements/{reference}", ANY_ROLE, 404),
            new Call("POST", "/api/v1/agreements/{reference}/amendments", "RECORDER", 400),
            new Call("POST", "/api/v1/agreements/{reference}/suspension", "RECORDER|APPROVER", 400),
            new Call("POST", "/api/v1/agreements/{reference}/resumption", "RECORDER|APPROVER", 400),
            new Call("POST", "/api/v1/agreements/{reference}/end", "RECORDER|APPROVER", 400),
            new Call("POST", "/api/v1/agreements/{reference}/corrections", "APPROVER", 400),
            new Call("POST", "/api/v1/agreements/{reference}/annulment", "APPROVER", 400),
            new Call("POST", "/api/v1/agreements/{reference}/listing", "RECORDER", 400),
            new Call("POST", "/api/v1/agreements/{reference}/unlisting", "RECORDER", 400),
            new Call("GET", "/api/v1/audit/bundles/{quarter}", "AUDITOR", 404),
            new Call("GET", "/api/v1/coverage", ANY_ROLE, 200),
            new Call("POST", "/api/v1/coverage", "PUBLISHER", 400),
            new Call("GET", "/api/v1/coverage/{id}", ANY_ROLE, 404),
            new Call("GET", "/api/v1/coverage/{id}/timeline", ANY_ROLE, 404),
            new Call("POST", "/api/v1/coverage/{id}/confirmation", "PUBLISHER|APPROVER", 404),
            new Call("POST", "/api/v1/coverage/{id}/withdrawal", "PUBLISHER", 404),
            new Call("POST", "/api/v1/coverage/{id}/dropping", "PUBLISHER|APPROVER", 404),
            new Call("GET", "/api/v1/differences", ANY_ROLE, 400),
            new Call("GET", "/api/v1/figures", EVERYBODY, 200),
            new Call("POST", "/api/v1/imports", "RECORDER|APPROVER", 400),
            new Call("GET", "/api/v1/log/checkpoint", EVERYBODY, 200),
            new Call("GET", "/api/v1/log/entries/{index}", "AUDITOR", 200),
            new Call("GET", "/api/v1/log/key", EVERYBODY, 200),
            new Call("GET", "/api/v1/log/proofs/consistency", ANY_ROLE, 400),
            new Call("GET", "/api/v1/log/proofs/inclusion", ANY_ROLE, 400),
            // the first hash is in the first public checkpoint
            new Call("GET", "/api/v1/log/tile/{level}/{*number}", EVERYBODY, 200),
            new Call("GET", "/api/v1/log/tile/entries/{*number}", "AUDITOR", 200),
            new Call("GET", "/api/v1/organisations", ANY_ROLE, 200),
            new Call("GET", "/api/v1/organisations/{code}", ANY_ROLE, 404),
            new Call("PUT", "/api/v1/organisations/{code}", "ADMIN|APPROVER", 400),
            new Call("POST", "/api/v1/replays", "AUDITOR", 202),
            new Call("GET", "/api/v1/replays", "AUDITOR", 200),
            new Call("GET", "/api/v1/replays/{id}", "AUDITOR", 404),
            new Call("DELETE", "/api/v1/replays/{id}", "AUDITOR", 404),
            new Call("GET", "/api/v1/rebuilds", "ADMIN", 200),
            new Call("POST", "/api/v1/rebuilds", "ADMIN", 400),
            new Call("GET", "/api/v1/rebuilds/{id}", "ADMIN", 404),
            new Call("DELETE", "/api/v1/rebuilds/{id}", "ADMIN", 404),
            new Call("GET", "/api/v1/requests", ANY_ROLE, 200),
            new Call("POST", "/api/v1/requests", "RECORDER", 400),
            new Call("GET", "/api/v1/requests/{id}", ANY_ROLE, 404),
            new Call("GET", "/api/v1/requests/{id}/receipt", ANY_ROLE, 404),
            new Call("GET", "/api/v1/requests/{id}/timeline", ANY_ROLE, 404),
            new Call("GET", "/api/v1/agreements/{reference}/timeline", ANY_ROLE, 404),
            new Call("GET", "/api/v1/organisations/{code}/timeline", ANY_ROLE, 404),
            new Call("GET", "/api/v1/editions/{quarter}/timeline", ANY_ROLE, 404),
            new Call("GET", "/api/v1/statements/{id}/timeline", ANY_ROLE, 404),
            new Call("GET", "/api/v1/period-totals/{id}/timeline", ANY_ROLE, 404),
            new Call("POST", "/api/v1/requests/{id}/decision", "APPROVER", 400),
            new Call("POST", "/api/v1/requests/{id}/withdrawal", "RECORDER", 404),
            new Call("POST", "/api/v1/requests/{id}/match", "RECORDER", 404),
            new Call("POST", "/api/v1/requests/{id}/disclosure", "RECORDER", 404),
            new Call("POST", "/api/v1/requests/{id}/further-disclosures", "RECORDER", 404),
            new Call("POST", "/api/v1/requests/{id}/references", "RECORDER", 400),
            new Call("POST", "/api/v1/requests/{id}/reference-refusals", "APPROVER", 400),
            new Call("POST", "/api/v1/requests/{id}/destruction", "RECORDER", 400),
            new Call("POST", "/api/v1/requests/{id}/closure", "RECORDER", 404),
            new Call("POST", "/api/v1/requests/{id}/corrections", "APPROVER", 400),
            new Call("POST", "/api/v1/requests/{id}/annulment", "APPROVER", 400),
            new Call("GET", "/api/v1/period-totals", ANY_ROLE, 200),
            new Call("POST", "/api/v1/period-totals", "RECORDER", 400),
            new Call("GET", "/api/v1/period-totals/{id}", ANY_ROLE, 404),
            new Call("POST", "/api/v1/period-totals/{id}/corrections", "APPROVER", 400),
            new Call("POST", "/api/v1/period-totals/{id}/annulment", "APPROVER", 400),
            new Call("GET", "/api/v1/statements", ANY_ROLE, 200),
            new Call("POST", "/api/v1/statements", "RECORDER|PUBLISHER", 400),
            new Call("GET", "/api/v1/statements/conflicts", ANY_ROLE, 200),
            new Call("GET", "/api/v1/statements/{id}", ANY_ROLE, 404),
            new Call("POST", "/api/v1/statements/{id}/correction", "PUBLISHER|APPROVER", 400),
            new Call("POST", "/api/v1/statements/{id}/recipients-told", "RECORDER|PUBLISHER", 400),
            new Call("POST", "/api/v1/statements/{id}/annulment", "PUBLISHER|APPROVER", 400),
            new Call("GET", "/problems", EVERYBODY, 200),
            new Call("GET", "/problems/{slug}", EVERYBODY, 200),
            new Call("GET", "/", EVERYBODY, 200),
            new Call("GET", "/{quarter:[0-9]{4}-Q[1-4]}", EVERYBODY, 404),
            new Call("GET", "/{quarter:[0-9]{4}-Q[1-4]}/{table:[a-z-]+}", EVERYBODY, 404),
            new Call(
                    "GET",
                    "/{quarter:[0-9]{4}-Q[1-4]}/{table:[a-z-]+}/{period}/{organisation}/{column}",
                    EVERYBODY,
                    404),
            new Call("GET", "/{quarter:[0-9]{4}-Q[1-4]}/requests/{number:[1-9][0-9]{0,4}}", EVERYBODY, 404),
            new Call("GET", "/releases", EVERYBODY, 200),
            new Call("GET", "/releases.ics", EVERYBODY, 200),
            new Call("GET", "/releases.atom", EVERYBODY, 200),
            new Call("GET", "/robots.txt", EVERYBODY, 200),
            new Call("GET", "/favicon.ico", EVERYBODY, 200),
            new Call("GET", "/requests", EVERYBODY, 200),
            new Call("GET", "/agreements", EVERYBODY, 200),
            new Call("GET", "/statements", EVERYBODY, 200),
            new Call("GET", "/codes", EVERYBODY, 200),
            new Call("GET", "/search", EVERYBODY, 200),
            new Call("GET", "/catalogue.jsonld", EVERYBODY, 200),
            new Call("GET", "/{quarter:[0-9]{4}-Q[1-4]}/catalogue.jsonld", EVERYBODY, 404),
            new Call("GET", "/{quarter:[0-9]{4}-Q[1-4]}/datapackage.json", EVERYBODY, 404),
            new Call("GET", "/sitemap.xml", EVERYBODY, 200),
            new Call("GET", "/about", EVERYBODY, 200),
            new Call("GET", "/check", EVERYBODY, 200),
            new Call("GET", "/check.html", EVERYBODY, 200),
            new Call("GET", "/assets/{name}", EVERYBODY, 404),
            new Call("GET", "/v3/api-docs", EVERYBODY, 200),
            new Call("GET", "/v3/api-docs.yaml", EVERYBODY, 200),
            new Call("GET", "/actuator", "ADMIN", 200),
            new Call("GET", "/actuator/health", "ADMIN", 200),
            new Call("GET", "/actuator/health/liveness", EVERYBODY, 200),
            new Call("GET", "/actuator/health/readiness", EVERYBODY, 200),
            new Call("GET", "/actuator/health/**", "ADMIN", 404),
            new Call("GET", "/actuator/info", "ADMIN", 200),
            new Call("GET", "/actuator/metrics", "ADMIN", 200),
            new Call("GET", "/actuator/metrics/{requiredMetricName}", "ADMIN", 200),
            new Call("GET", "/actuator/prometheus", "ADMIN", 200));

    private final TestServer server;

    AccessMatrixTest(TestServer server) {
        this.server = server;
    }

    static List<Call> table() {
        return TABLE;
    }

    @Test
    void theTableNamesEveryMapping() {
        Set<String> mapped = new TreeSet<>();
        for (RequestMappingInfoHandlerMapping mapping : server.context()
                .getBeansOfType(RequestMappingInfoHandlerMapping.class)
                .values()) {
            mapping.getHandlerMethods().keySet().forEach(info -> mapped.addAll(calls(info)));
        }
        // answers whatever failed before a controller was reached; nobody is let in by asking for it
        mapped.removeIf(call -> call.endsWith(" /error"));

        Set<String> named = TABLE.stream().map(Call::toString).collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(Set.of("GET /actuator/health/liveness", "GET /actuator/health/readiness"));
        assertThat(mapped).isEqualTo(named);
    }

    private static List<String> calls(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        List<String> calls = new ArrayList<>();
        for (String pattern : info.getPatternValues()) {
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.values()) : methods) {
                calls.add(method + " " + pattern);
            }
        }
        return calls;
    }

    @ParameterizedTest
    @MethodSource("table")
    void isOpenToWhomTheTableSays(Call call) {
        Map<String, Integer> expected = new TreeMap<>();
        Map<String, Integer> actual = new TreeMap<>();
        for (String role : ROLES) {
            expected.put(role, call.isOpenTo(role) ? call.answer() : 403);
            actual.put(role, ask(server.as(role.toLowerCase(Locale.ROOT)), call.method(), call));
        }
        expected.put("nobody", call.who().equals(EVERYBODY) ? call.answer() : 401);
        actual.put("nobody", ask(server.anonymous(), call.method(), call));
        // names and addresses of their own, so that the brake on guessing does not come in between
        expected.put("wrong password", 401);
        Caller guesser = server.as("guesser-" + call.hashCode(), "wrong").from("127.0.1." + TABLE.indexOf(call) % 16);
        actual.put("wrong password", ask(guesser, call.method(), call));

        assertThat(actual).isEqualTo(expected);
    }

    /** Every refusal is a problem. */
    private static int ask(Caller caller, String method, Call call) {
        Reply reply = method.equals("GET")
                ? caller.send(method, call.path(), BodyPublishers.noBody())
                : caller.send(
                        method,
                        call.path(),
                        call.pattern().endsWith("/imports") ? Caller.CSV : Caller.JSON,
                        "{}".getBytes(StandardCharsets.UTF_8));
        boolean isOfSpring = call.pattern().equals("/actuator/health/**") && reply.status() == 404;
        if (reply.status() >= 400 && !isOfSpring) {
            assertThat(reply.problem()).isNotBlank();
            assertThat(reply.status() == 401).isEqualTo(reply.headers().containsKey("www-authenticate"));
        }
        return reply.status();
    }

    @ParameterizedTest
    @MethodSource("table")
    void headWorksWhereGetDoes(Call call) {
        if (!call.method().equals("GET")) {
            return;
        }
        for (Caller caller : List.of(server.as("admin"), server.as("publisher"), server.anonymous())) {
            Reply get = caller.send("GET", call.path(), BodyPublishers.noBody());
            Reply head = caller.send("HEAD", call.path(), BodyPublishers.noBody());

            assertThat(head.status()).as("%s", call).isEqualTo(get.status());
            assertThat(head.bytes()).isEmpty();
            assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
            assertThat(head.header("etag")).isEqualTo(get.header("etag"));
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void aWrongMethodIsToldTheRightOnes(Call call) {
        Set<String> allowed = new TreeSet<>();
        for (Call other : TABLE) {
            if (other.pattern().equals(call.pattern())) {
                allowed.add(other.method());
                if (other.method().equals("GET")) {
                    allowed.add("HEAD");
                }
            }
        }
        Reply reply = server.as("admin").send("PATCH", call.path(), BodyPublishers.noBody());

        assertThat(reply.problem()).isEqualTo("405 method-not-allowed");
        Set<String> named = new TreeSet<>(Arrays.asList(reply.header("allow").split(", *", -1)));
        named.remove("OPTIONS");
        assertThat(named).isEqualTo(allowed);
        assertThat(server.anonymous()
                        .send("PATCH", call.path(), BodyPublishers.noBody())
                        .problem())
                .as("nobody learns what there is")
                .isEqualTo("401 unauthenticated");
    }

    @Test
    void whatIsNotThereIsNotFoundButOnlyForWhoIsSignedIn() {
        for (String path : List.of(
                "//nothing/nowhere",
                "//api",
                "//api/v1",
                "//api/v2/requests",
                "/nothing",
                "//error",
                "//actuator/env",
                "/requests/")) {
            String expected = path.startsWith("//actuator") ? "403 forbidden" : "404 not-found";
            assertThat(server.as("recorder").get(path).problem()).as(path).isEqualTo(expected);
            assertThat(server.as("admin").get(path).problem()).as(path).isEqualTo("404 not-found");
            assertThat(server.anonymous().get(path).problem()).as(path).isEqualTo("401 unauthenticated");
        }
        assertThat(server.anonymous().get("//problems/nothing").status()).isEqualTo(404);
    }

    /** A browser would ask for a password. */
    @Test
    void whoMistypesTheAddressOfAPageIsTold() {
        for (String path : List.of("//nothing", "//2023-Q5", "//2023-Q4/nothing", "//2023-Q4/a/b")) {
            assertThat(server.anonymous().get(path).problem()).as(path).isEqualTo("404 not-found");
            Reply page = server.anonymous().get(path, "Accept", "text/html");
            assertThat(page.status()).as(path).isEqualTo(404);
            assertThat(page.text()).contains("There is nothing here");
            assertThat(page.header("www-authenticate")).isEmpty();
        }
    }

    @Test
    void everyProblemHasAPageThatExplainsIt() {
        for (ProblemType type : ProblemType.values()) {
            Reply page = server.anonymous().get("//problems/" + type.slug());
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("content-type")).startsWith("text/html");
            assertThat(page.text()).contains(type.title(), type.advice());
        }
    }

    @Test
    void guessingPasswordsIsBraked() {
        String here = "127.0.2.1";
        for (int i = 0; i < 10; i++) {
            assertThat(server.as("braked", "wrong")
                            .from(here)
                            .get("/organisations", "X-Forwarded-For", "198.51.100." + i)
                            .problem())
                    .isEqualTo("401 unauthenticated");
        }

        Reply braked = server.as("braked").from(here).get("/organisations", "Forwarded", "for=198.51.100.77");

        assertThat(braked.problem()).isEqualTo("429 too-many-requests");
        assertThat(Integer.parseInt(braked.header("retry-after"))).isBetween(1, 5);
        assertThat(server.as("braked").from("127.0.2.2").get("/organisations").status())
                .as("elsewhere it is not")
                .isEqualTo(200);
        assertThat(server.as("auditor").get("/organisations").status())
                .as("others are not")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Header.class)
    void aStrangeAuthorizationHeaderIsNoSignIn(Header header) {
        Caller caller = new Caller(server.port(), header.value);

        assertThat(caller.get("/requests").status()).isIn(400, 401);
        assertThat(caller.get("/requests").problem())
                .startsWith(caller.get("/requests").status() + " ");
    }

    enum Header {
        NO_BASE64("Basic ???"),
        NO_COLON("Basic YWJj"),
        EMPTY("Basic "),
        BEARER("Bearer abc"),
        TWO_WORDS("one two three"),
        NO_UTF8("Basic //86/w=="),
        LONG("Basic " + "QUFB".repeat(1_000));

        private final String value;

        Header(String value) {
            this.value = value;
        }
    }
}
