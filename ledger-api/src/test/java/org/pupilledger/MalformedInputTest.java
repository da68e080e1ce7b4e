package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a clear problem that repeats none of it; never a 5xx. */
@ExtendWith(SharedServer.class)
class MalformedInputTest {
    /** Stands in what is sent, and must stand in no answer. */
    private static final String TYPED = "zzyzx";

    private static final int MIB = 1 << 20;

    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;

    MalformedInputTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
    }

    private String posted(String body) {
        return told(recorder.post("/requests", body));
    }

    private String posted(byte[] body, String contentType) {
        return told(recorder.send("POST", "/requests", contentType, body));
    }

    private static String told(Reply reply) {
        assertThat(reply.text()).doesNotContainIgnoringCase(TYPED);
        return reply.problem();
    }

    private static String live() {
        return Sample.live("DWP", "2024-05", 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"references\": [\"zzyzx",
                "{\"references\": zzyzx}",
                "{'organisation': 'DWP'}",
                "{\"organisation\": \"DWP\", \"organisation\": \"zzyzx\"}",
                "{\"submitted\": {\"individuals\": 1, \"individuals\": 1}}",
                "{} {}",
                "{} zzyzx",
                "{\"a\": 1,}",
                "// zzyzx\n{}",
                "{\"submitted\": {\"individuals\": 01}}",
                "{\"submitted\": {\"individuals\": NaN}}",
                "{\"submitted\": {\"individuals\": +1}}",
                "{\"organisation\": \"D\tWP\"}",
                "{\"organisation\": \"\\x41\"}",
                "\u0000"
            })
    void whatIsNoJsonIsRefused(String body) {
        assertThat(posted(body)).isEqualTo("400 invalid-request | malformed-json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            []                                                   | wrong-type
            "zzyzx"                                              | wrong-type
            1                                                    | wrong-type
            null                                                 | wrong-type
            {"references": "2024-0000001"}                       | /references wrong-type
            {"references": [1]}                                  | /references/0 wrong-type
            {"references": [null]}                               | /references/0 wrong-type
            {"references": [["2024-0000001"]]}                   | /references/0 wrong-type
            {"organisation": 5}                                  | /organisation wrong-type
            {"organisation": true}                               | /organisation wrong-type
            {"organisation": {"zzyzx": 1}}                       | /organisation wrong-type
            {"submitted": []}                                    | /submitted wrong-type
            {"submitted": "zzyzx"}                               | /submitted wrong-type
            {"submitted": {"individuals": "5"}}                  | /submitted/individuals wrong-type
            {"submitted": {"individuals": 12.0}}                 | /submitted/individuals wrong-type
            {"submitted": {"individuals": 1e2}}                  | /submitted/individuals wrong-type
            {"submitted": {"individuals": true}}                 | /submitted/individuals wrong-type
            {"submitted": {"individuals": -1}}                   | /submitted/individuals out-of-range
            {"submitted": {"individuals": 99999999999}}          | /submitted/individuals out-of-range
            {"submitted": {"individuals": 9223372036854775808}}  | /submitted/individuals out-of-range
            {"match": {"matched": -5}}                           | /match/matched out-of-range
            {"zzyzx": 1}                                         | unknown-property
            {"": 1}                                              | unknown-property
            {"submitted": {"zzyzx": 1}}                          | /submitted unknown-property
            {"decision": {"courtOrder": {"zzyzx": null}}}        | /decision/courtOrder unknown-property
            """)
    void whatHasAnotherShapeIsToldByPointer(String body, String flaw) {
        assertThat(posted(body)).isEqualTo("400 invalid-request | " + flaw);
    }

    @Test
    void everyFlawOfShapeIsToldAtOnce() {
        assertThat(posted("{\"references\": 1, \"submitted\": {\"individuals\": -1, \"zzyzx\": 2}, \"zzyzx\": 3}"))
                .isEqualTo("400 invalid-request | /references wrong-type | /submitted/individuals out-of-range"
                        + " | /submitted unknown-property | unknown-property");
    }

    @Test
    void numbersOfAnyLengthAreRefused() {
        assertThat(posted("{\"submitted\": {\"individuals\": " + "9".repeat(900) + "}}"))
                .isEqualTo("400 invalid-request | /submitted/individuals out-of-range");
        assertThat(posted("{\"submitted\": {\"individuals\": " + "9".repeat(100_000) + "}}"))
                .startsWith("400 invalid-request | ");
        assertThat(posted("{\"submitted\": {\"individuals\": 1e999999999}}")).startsWith("400 invalid-request | ");
        assertThat(posted("{\"submitted\": {\"individuals\": -1e-999999999}}")).startsWith("400 invalid-request | ");
    }

    @Test
    void nestingHasALimit() {
        assertThat(posted("[".repeat(21) + "]".repeat(21))).isEqualTo("400 invalid-request | malformed-json");
        assertThat(posted("[".repeat(500_000))).isEqualTo("400 invalid-request | malformed-json");
        assertThat(posted("{\"a\":".repeat(100_000))).isEqualTo("400 invalid-request | malformed-json");
        assertThat(posted("[".repeat(20) + "]".repeat(20))).isEqualTo("400 invalid-request | wrong-type");
    }

    @Test
    void listsHaveALimit() {
        String many = "\"X-1\", ".repeat(50) + "\"X-1\"";
        assertThat(posted(live().replaceFirst("\"references\": \\[.*?]", "\"references\": [" + many + "]")))
                .isEqualTo("400 invalid-request | /references too-many");
    }

    @Test
    void aBodyHasALimit() {
        byte[] justRight = " ".repeat(MIB).getBytes(StandardCharsets.UTF_8);
        byte[] tooLarge = " ".repeat(MIB + 1).getBytes(StandardCharsets.UTF_8);

        assertThat(posted(justRight, Caller.JSON)).isEqualTo("400 invalid-request | malformed-json");
        assertThat(posted(tooLarge, Caller.JSON)).isEqualTo("413 payload-too-large");
        Reply chunked = recorder.send(
                "POST",
                "/requests",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge)),
                "Content-Type",
                Caller.JSON);
        assertThat(told(chunked)).isEqualTo("413 payload-too-large");
        assertThat(told(server.as("admin").send("PUT", "/organisations/T_LARGE", Caller.JSON, tooLarge)))
                .isEqualTo("413 payload-too-large");
    }

    @Test
    void tenMegabytesAreRefusedWhateverTheyHold() {
        byte[] body = ("{\"organisation\": \"" + TYPED.repeat(2 * MIB) + "\"}").getBytes(StandardCharsets.UTF_8);

        assertThat(posted(body, Caller.JSON)).isEqualTo("413 payload-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32BE", "ISO-8859-1"})
    void whatIsNotUtf8IsRefused(String charset) {
        byte[] body = live().replace("DWP", "caf\u00e9").getBytes(Charset.forName(charset));

        byte[] plain = live().getBytes(Charset.forName(charset));

        assertThat(posted(body, "application/json")).startsWith("400 invalid-request | ");
        assertThat(posted(plain, "application/json;charset=" + charset)).isEqualTo("415 unsupported-media-type");
        if (charset.startsWith("UTF")) {
            assertThat(posted(plain, "application/json")).startsWith("400 invalid-request | ");
        }
        assertThat(posted(body, "application/json;charset=" + charset)).isEqualTo("415 unsupported-media-type");
    }

    @Test
    void aByteOrderMarkIsNoJson() {
        byte[] body = ("\ufeff" + live()).getBytes(StandardCharsets.UTF_8);

        Reply reply = recorder.send("POST", "/requests", Caller.JSON, body);

        assertThat(reply.status()).as("RFC 8259, 8.1: a parser may ignore it").isIn(201, 400);
    }

    static Stream<String> strangeTexts() {
        return Stream.of(
                "\\ud800",
                "\\udc00x",
                "\\ud83d",
                "\\u0000",
                "a\\u0000b",
                "\\u001f",
                "\\u202e",
                "\\ufeff",
                "\\u200b",
                "zzyzx zzyzx",
                "\\uff21",
                "\\ud83d\\ude00",
                "-",
                "x".repeat(10_000),
                "",
                " ",
                "../../zzyzx",
                "<b>zzyzx</b>",
                "${jndi:zzyzx}",
                "'; drop table event; --");
    }

    @ParameterizedTest
    @MethodSource("strangeTexts")
    void strangeTextsAreRefusedWhereverTheyStand(String text) {
        for (String field : List.of("organisation", "received", "purpose", "gateway", "lawfulBasis", "agreement")) {
            String body = live().replaceFirst("\\{", "{\"agreement\": null, ")
                    .replaceFirst(
                            "\"" + field + "\": (\"[^\"]*\"|null)",
                            Matcher.quoteReplacement("\"" + field + "\": \"" + text + "\""));
            assertThat(posted(body)).as("%s in %s", text, field).matches("(400|422) .*/" + field + " .*");
        }
        String inReference = live().replaceFirst("2024-[0-9]+", Matcher.quoteReplacement(text));
        assertThat(posted(inReference)).matches("(400|422) .*/references/0 .*");
        Reply organisation = server.as("admin")
                .put("/organisations/T_STRANGE", "{\"name\": \"" + text + "\", \"category\": \"" + text + "\"}");
        assertThat(told(organisation)).matches("(400|422) .*");
        String correction = Sample.correction(text, "1", "\"" + text + "\"").replace("RECOUNT", text);
        String id = "00000000-0000-4000-8000-000000000000";
        assertThat(told(approver.post("/requests/" + id + "/corrections", correction)))
                .matches("(400|422) .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024",
                "2024-5",
                "2024-05-32",
                "2024-02-30",
                "2023-02-29",
                "2024-13",
                "2024-00",
                "0000-01",
                "1969-12",
                "99999-01",
                "-2024-05",
                "2024-05-01T00:00:00Z",
                "01/05/2024",
                "2024-05-1",
                "\u0662\u0660\u0662\u0664-\u0660\u0665",
                "May 2024"
            })
    void datesThatAreNoneAreRefused(String date) {
        assertThat(posted(Sample.live("DWP", date, 5))).isEqualTo("400 invalid-request | /received malformed");
    }

    @Test
    void theWrongTypeOfBodyIsRefused() {
        byte[] body = live().getBytes(StandardCharsets.UTF_8);

        for (String type : List.of(
                "text/plain",
                "text/csv",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "zzyzx",
                "application/json-patch+json",
                "a/b/c")) {
            assertThat(posted(body, type)).as(type).isEqualTo("415 unsupported-media-type");
        }
        assertThat(told(recorder.send("POST", "/requests", BodyPublishers.ofByteArray(body))))
                .as("none at all")
                .isEqualTo("415 unsupported-media-type");
        assertThat(told(recorder.send("POST", "/imports", Caller.JSON, body))).isEqualTo("415 unsupported-media-type");
        assertThat(told(recorder.send("POST", "/imports", "text/csv;charset=ISO-8859-1", body)))
                .isEqualTo("415 unsupported-media-type");
        assertThat(recorder.send("POST", "/requests", "application/json; charset=utf-8", body)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aFormatThatIsNotOfferedIsNotAcceptable() {
        for (String type : List.of("text/html", "application/xml", "image/png", "text/plain")) {
            assertThat(told(recorder.get("/requests", "Accept", type))).as(type).isEqualTo("406 not-acceptable");
            assertThat(told(recorder.get("/organisations/DWP", "Accept", type))).isEqualTo("406 not-acceptable");
        }
        for (String type : List.of("application/xml", "image/png", "text/plain", "zzyzx")) {
            assertThat(told(recorder.get("/figures", "Accept", type))).as(type).isEqualTo("406 not-acceptable");
        }
        assertThat(told(recorder.get("/requests", "Accept", "text/csv"))).isEqualTo("406 not-acceptable");
        assertThat(told(recorder.get("/requests/nothing", "Accept", "text/csv")))
                .startsWith("40");
        assertThat(told(recorder.post("/requests", live(), "Accept", "text/csv")))
                .as("and nothing is recorded")
                .isEqualTo("406 not-acceptable");
        assertThat(recorder.get("/figures", "Accept", "text/plain, text/csv;q=0.5, */*;q=0.1")
                        .header("content-type"))
                .startsWith("text/csv");
        assertThat(recorder.get("/figures", "Accept", "application/json;q=0, text/csv;q=0.5")
                        .header("content-type"))
                .startsWith("text/csv");
        assertThat(recorder.get("/figures", "Accept", "*/*").header("content-type"))
                .startsWith("application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from=2018-05&by=quarter            | from not-aligned
            to=2018-05&by=quarter              | to not-aligned
            from=2018-02&by=year               | from not-aligned
            from=2018-07&to=2018-06&by=quarter | from out-of-range
            from=1900-01&to=2000-01            | from malformed
            from=1970-01&to=2070-01            | to too-many
            from=zzyzx                         | from malformed
            from=2018-04-01                    | from malformed
            from=                              | from malformed
            by=week                            | by unknown-code
            by=Month                           | by unknown-code
            organisation=NOBODY                | organisation unknown-code
            organisation=zzyzx                 | organisation unknown-code
            organisation=%00                   | organisation unknown-code
            category=ZZYZX                     | category unknown-code
            complete=yes                       | complete malformed
            format=pdf                         | format unknown-code
            format=CSV                         | format unknown-code
            format=                            | format unknown-code
            zzyzx=1                            | unknown-parameter
            From=2018-04                       | unknown-parameter
            %00=1                              | malformed-query
            from=%FF                           | malformed-query
            by=year&by=month                   | by repeated
            from=2018-01&from=2018-01          | from repeated
            """)
    void aQueryThatIsNoneIsToldByItsParameter(String query, String flaw) {
        assertThat(told(recorder.get("/figures?" + query))).isEqualTo("400 invalid-request | " + flaw);
    }

    @Test
    void a1200PeriodsAreTheMost() {
        assertThat(recorder.get("/figures?from=1970-01&to=2069-12&complete=true&organisation=DWP")
                        .status())
                .isEqualTo(200);
        assertThat(told(recorder.get("/figures?from=1970-01&to=2070-01&complete=true")))
                .isEqualTo("400 invalid-request | to too-many");
    }

    @Test
    void aReferenceThatCannotBeOneFindsNothing() {
        for (String reference : List.of("%00", "zzyzx%00", "%F0%9F%98%80", "%ED%A0%80", "a".repeat(4_000))) {
            Reply reply = recorder.get("/requests?reference=" + reference);
            assertThat(reply.status()).as("%s", reply).isIn(200, 400);
            assertThat(reply.text()).doesNotContain(TYPED);
        }
        assertThat(told(recorder.get("/requests?after=AA"))).isEqualTo("400 invalid-request | after malformed");
        assertThat(told(recorder.get("/organisations?after=AA"))).isEqualTo("400 invalid-request | after malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%zz",
                "/%",
                "/api/v1/requests/%00",
                "/api/v1/requests/%2e%2e/figures",
                "/api/v1/requests;zzyzx=1",
                "/api/v1//requests",
                "/api/v1/requests/..%2f",
                "/api/v1/requests\\zzyzx",
                "/api/v1/figures?%zz=1",
                "/api/v1/figures?from=%zz",
                "/api/v1/figures?from=%ff",
                "/<zzyzx>",
                "/{zzyzx}",
                "/zzyzx|",
                "zzyzx",
                "*",
                "/api/v1/requests/%ED%A0%80",
                "/api/v1/figures?[zzyzx]=1",
                "http://zzyzx/",
                "/api/v1/figures#zzyzx"
            })
    void anAddressThatIsNoneIsAProblem(String target) {
        String answer = RawHttp.get(server.port(), target, "Authorization: " + recorder.authorization());

        assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*").contains("application/problem+json");
        assertThat(answer).doesNotContainIgnoringCase(TYPED).doesNotContain("org.apache", "Exception");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n")))
                .contains("\"type\"", "\"title\"", "\"status\"", "\"detail\"", "\"instance\"");
    }

    @Test
    void aRequestThatIsNoHttpIsAnswered() {
        for (String request : List.of(
                "zzyzx\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /api/v1/figures HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /api/v1/figures HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
                "GET /api/v1/figures HTTP/1.1\r\nHost: 127.0.0.1\r\nzzyzx\r\nConnection: close\r\n\r\n",
                "GET /api/v1/figures HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + TYPED.repeat(10_000) + "\r\n\r\n",
                "GET /" + TYPED.repeat(10_000) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "POST /api/v1/requests HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
                "POST /api/v1/requests HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + recorder.authorization()
                        + "\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n"
                        + "Connection: close\r\n\r\n"
                        + "zzyzx\r\n",
                "zzyzx /api/v1/figures HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")) {
            String answer = RawHttp.send(server.port(), request);
            assertThat(answer).as(request.length() > 200 ? "long" : request).doesNotContain(TYPED);
            assertThat(answer).as(request).matches("(?s)HTTP/1.1 4\\d\\d .*|");
        }
    }

    @Test
    void headersAreLookedAtAsBytes() {
        String answer = RawHttp.send(
                server.port(),
                "POST /api/v1/requests HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: "
                        + recorder.authorization()
                        + "\r\nContent-Type: application/json\r\nIdempotency-Key: caf\u00e9\r\nContent-Length: "
                        + live().length()
                        + "\r\n\r\n" + live());

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Idempotency-Key", "malformed");
    }

    @Test
    void aRepeatWithAnotherBodyIsSeenWhateverItsTypeSays() {
        String key = UUID.randomUUID().toString();
        recorder.post("/requests", live(), "Idempotency-Key", key);

        for (String type : List.of(
                "application/json",
                "application/json;charset=UTF-8",
                "application/json; q=1",
                "application/json;charset=ISO-8859-1")) {
            Reply repeat = recorder.send(
                    "POST", "/requests", type, live().getBytes(StandardCharsets.UTF_8), "Idempotency-Key", key);
            assertThat(told(repeat)).isIn("422 idempotency-key-reused", "415 unsupported-media-type");
        }
    }

    // Methods, codings and what every answer says

    private String raw(String method, String target, String... headers) {
        StringBuilder request =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return RawHttp.send(server.port(), request.append("\r\n").toString());
    }

    @Test
    void aMethodThatNobodyKnowsIsLikeAnyOtherThatThePathDoesNotHave() {
        String signedIn = "Authorization: " + recorder.authorization();

        for (String method : List.of("PROPFIND", "FOO", "get", "DELETE", "PATCH", "PUT")) {
            assertThat(raw(method, "/api/v1/requests", signedIn))
                    .as(method)
                    .startsWith("HTTP/1.1 405 ")
                    .contains("\r\nAllow: GET, HEAD, POST\r\n", "/problems/method-not-allowed");
        }
        assertThat(raw("FOO", "/api/v1/nothing", signedIn)).startsWith("HTTP/1.1 404 ");
        assertThat(raw("FOO", "/api/v1/requests")).startsWith("HTTP/1.1 401 ");
        for (String target : List.of("/api/v1/requests", "/api/v1/log/key", "/", "/nothing")) {
            for (String header : List.of(signedIn, "X-None: 0")) {
                assertThat(raw("TRACE", target, header, "X-Zzyzx: " + TYPED))
                        .as(target)
                        .startsWith("HTTP/1.1 405 ")
                        .contains("\r\nAllow: ", "/problems/method-not-allowed")
                        .doesNotContain(TYPED, "TRACE");
            }
        }
    }

    @Test
    void aCompressedBodyIsRefusedAndSaysWhatWouldBeTaken() {
        for (String coding : List.of("gzip", "br", "identity, gzip", "GZIP", TYPED)) {
            for (String path : List.of("/requests", "/imports")) {
                Reply refused = recorder.send(
                        "POST",
                        path,
                        path.equals("/imports") ? Caller.CSV : Caller.JSON,
                        live().getBytes(StandardCharsets.UTF_8),
                        "Content-Encoding",
                        coding);
                assertThat(told(refused)).as(coding).isEqualTo("415 unsupported-media-type");
                assertThat(refused.header("accept-encoding")).isEqualTo("identity");
            }
        }
        assertThat(recorder.post("/requests", live(), "Content-Encoding", "identity")
                        .status())
                .isEqualTo(201);
        assertThat(recorder.get("/organisations/DWP", "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(200);
    }

    /** Pages, answers, files, and what fails in a controller, at the door, before the door and in the container. */
    @Test
    void everyAnswerSaysWhatABrowserMayDoWithIt() {
        String signedIn = "Authorization: " + recorder.authorization();
        List<String> answers = List.of(
                raw("GET", "/problems"),
                raw("GET", "/problems/zzyzx"),
                raw("GET", "/api/v1/editions", "Accept: text/html"),
                raw("GET", "/api/v1/figures?by=total", "Accept: text/html"),
                raw("GET", "/actuator/health/liveness"),
                raw("GET", "/api/v1/log/key"),
                raw("GET", "/api/v1/organisations/DWP", signedIn),
                raw("GET", "/api/v1/nothing", signedIn),
                raw("GET", "/api/v1/requests"),
                raw("GET", "/api/v1/requests;a=b", signedIn),
                raw("GET", "/api//v1/requests", signedIn),
                raw("GET", "/api/v1/%zz", signedIn),
                raw("TRACE", "/"),
                raw("FOO", "/api/v1/requests", signedIn),
                raw("POST", "/api/v1/requests", signedIn));

        for (String answer : answers) {
            assertThat(answer)
                    .contains(
                            "\r\nX-Content-Type-Options: nosniff\r\n",
                            "\r\nReferrer-Policy: no-referrer\r\n",
                            "\r\nX-Frame-Options: DENY\r\n",
                            "\r\nContent-Security-Policy: default-src 'none'; style-src",
                            "\r\nCache-Control: ");
        }
    }

    // The order of checks, contract/answers.md

    @Test
    void shapeComesBeforePersonalData() {
        assertThat(posted("{\"organisation\": \"alice@example.org\", \"zzyzx\": 1}"))
                .isEqualTo("400 invalid-request | unknown-property");
        assertThat(posted("{\"organisation\": \"alice@example.org\", \"submitted\": {\"individuals\": -1}}"))
                .isEqualTo("400 invalid-request | /submitted/individuals out-of-range");
    }

    @Test
    void personalDataComesBeforeFormsAndWhatIsMissing() {
        assertThat(posted("{\"organisation\": \"alice@example.org\", \"received\": \"yesterday\"}"))
                .isEqualTo("422 personal-data | /organisation email-address");
        assertThat(posted("{\"references\": [\"2024-1\", \"QQ 12 34 56 C\"], \"purpose\": \"two words\"}"))
                .isEqualTo("422 personal-data | /references/1 national-insurance-number | /purpose free-text");
    }

    @Test
    void formsComeBeforeWhatNeedsASource() {
        String body = live().replace("\"individuals\": 5", "\"individuals\": null");

        assertThat(posted(body.replace("2024-05", "soon"))).isEqualTo("400 invalid-request | /received malformed");
    }

    @Test
    void whatNeedsASourceComesBeforeTheRules() {
        String body = live().replace("\"individuals\": 5", "\"individuals\": null");

        assertThat(posted(body.replace("DWP\"", "NOBODY\"")))
                .isEqualTo("422 rule-broken | /submitted/individuals source-required");
    }

    // Files

    private Reply imported(String file) {
        Reply reply = recorder.importCsv(file);
        assertThat(reply.text()).doesNotContainIgnoringCase(TYPED);
        return reply;
    }

    private static String line(String organisation) {
        return "," + organisation + ",2023-01,OTHER,OTHER,5,,,,,,,,FILE,,";
    }

    private static List<String> outcomes(Reply reply) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.json()
                .get("lines")
                .valueStream()
                .map(line -> line.get("line") + " " + line.get("outcome").stringValue()
                        + (line.get("problem").isNull()
                                ? ""
                                : " " + line.at("/problem/errors/0/pointer").stringValue() + " "
                                        + line.at("/problem/errors/0/code").stringValue()))
                .toList();
    }

    @Test
    void aWrongHeaderIsOneProblem() {
        for (String header : List.of(
                "",
                "\n",
                TYPED,
                Sample.HEADER + "," + TYPED,
                Sample.HEADER.replace("purpose", TYPED),
                Sample.HEADER.replace("purpose", "gateway"),
                Sample.HEADER.toUpperCase(Locale.ROOT),
                Sample.HEADER.replace(",", ";"),
                "\"" + Sample.HEADER)) {
            assertThat(imported(header + "\n" + line("DWP")).problem())
                    .as(header)
                    .isEqualTo("400 invalid-request | wrong-header");
        }
    }

    @Test
    void anEmptyFileHasNoHeaderAndAHeaderAloneIsAnEmptyReport() {
        assertThat(imported("").problem()).isEqualTo("400 invalid-request | wrong-header");
        assertThat(imported(Sample.HEADER).json())
                .isEqualTo(Reply.parse("{\"lines\": [], \"recorded\": 0, \"alreadyRecorded\": 0, \"refused\": 0,"
                        + " \"omitted\": {\"recorded\": 0, \"alreadyRecorded\": 0, \"refused\": 0}}"));
    }

    @Test
    void linesEndEitherWayAndAMarkMayComeFirst() {
        String organisation = server.newOrganisation("T_ENDINGS");

        assertThat(outcomes(imported(
                        "\ufeff" + Sample.HEADER + "\r\n" + line(organisation) + "\r\n\r\n" + line(organisation))))
                .containsExactly("2 recorded", "4 recorded");
        assertThat(outcomes(imported(Sample.HEADER + "\n" + line(organisation) + "\n" + line(organisation) + "\n\n")))
                .containsExactly("2 already-recorded", "3 already-recorded");
        assertThat(outcomes(imported(Sample.HEADER + "\n" + line(organisation).replace("FILE", "\"FILE\""))))
                .containsExactly("2 already-recorded");
    }

    @Test
    void columnsComeInAnyOrder() {
        String organisation = server.newOrganisation("T_COLUMNS");
        String file = reversed(Sample.HEADER) + "\n"
                + reversed(line(organisation) + " ").strip();

        assertThat(outcomes(imported(file))).containsExactly("2 recorded");
    }

    private static String reversed(String line) {
        return String.join(",", List.of(line.strip().split(",", -1)).reversed());
    }

    @Test
    void aBadLineStopsNoOther() {
        String organisation = server.newOrganisation("T_BAD_LINES");
        String good = line(organisation);
        byte[] file = String.join(
                        "\n",
                        Sample.HEADER,
                        good,
                        good.replace("FILE", "\"FILE"),
                        good.replace("FILE", "FI\"LE"),
                        good.replace("FILE", "\"FILE\"x"),
                        good + "," + TYPED,
                        "," + TYPED,
                        good.replace("FILE", "\u00e9\u00e9"),
                        good.replace(",5,", ",-5,"),
                        good.replace(",5,", ",5.0,"),
                        good.replace(",5,", ",99999999999,"),
                        good.replace(",5,", ",999999999,"),
                        good.replace("2023-01", "January"),
                        good.replace("OTHER,OTHER", TYPED + ",OTHER"),
                        good.replace("FILE", ""),
                        good.replace("FILE,", "FILE,alice@example.org"),
                        good.replace("2023-01", "2999-01"),
                        "x".repeat(20_000),
                        good)
                .replace("\u00e9\u00e9", "\u00ff")
                .getBytes(StandardCharsets.ISO_8859_1);

        Reply reply = recorder.send("POST", "/imports", Caller.CSV, file);

        assertThat(reply.text()).doesNotContainIgnoringCase(TYPED);
        assertThat(outcomes(reply))
                .containsExactly(
                        "2 recorded",
                        "3 refused  malformed-csv",
                        "4 refused source unknown-code",
                        "5 refused  malformed-csv",
                        "6 refused  wrong-columns",
                        "7 refused  wrong-columns",
                        "8 refused  not-utf-8",
                        "9 refused individuals_submitted malformed",
                        "10 refused individuals_submitted malformed",
                        "11 refused individuals_submitted malformed",
                        "12 refused individuals_submitted out-of-range",
                        "13 refused received malformed",
                        "14 refused purpose unknown-code",
                        "15 refused source required",
                        "16 refused source_reference email-address",
                        "17 refused received not-historic",
                        "18 refused  too-long",
                        "19 recorded");
    }

    @Test
    void aFileHasALimit() {
        String announced = "POST /api/v1/imports HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: "
                + recorder.authorization() + "\r\nContent-Type: text/csv\r\nContent-Length: " + ((64 << 20) + 1)
                + "\r\n\r\n";

        assertThat(RawHttp.send(server.port(), announced))
                .startsWith("HTTP/1.1 413 ")
                .contains("application/problem+json", "payload-too-large");

        Reply chunked = recorder.send(
                "POST",
                "/imports",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[(64 << 20) + 1])),
                "Content-Type",
                Caller.CSV);
        assertThat(told(chunked)).isEqualTo("413 payload-too-large");
        assertThat(told(imported(Sample.HEADER + "\n".repeat(500_001)))).isEqualTo("400 invalid-request | too-many");
    }
}
