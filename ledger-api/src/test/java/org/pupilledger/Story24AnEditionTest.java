package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.correction;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

/** A quarter is announced, previewed, released by a second person, seen by everybody, and revised in the open. */
class Story24AnEditionTest {
    private static final String Q3 = "/editions/2023-Q3";
    private static final String ODS = "application/vnd.oasis.opendocument.spreadsheet";
    private static final List<String> ACCEPTED = List.of("application/json", "text/csv", "text/html", ODS, "*/*");
    private static final List<String> FILES = List.of(
            "pupil-matching-2023-Q3.ods",
            "pupil-matching-2023-Q3.html",
            "pupil-matching-2023-Q3.json",
            "other-government-quarterly.csv",
            "other-government-quarterly.csv-metadata.json",
            "revisions.csv",
            "no-such-file.csv");
    private static final List<String> TABLES = List.of(
            "home-office-monthly",
            "home-office-quarterly",
            "police-quarterly",
            "courts-quarterly",
            "other-government-quarterly",
            "outcomes-by-return-level",
            "period-totals",
            "by-purpose-quarterly",
            "by-gateway-quarterly",
            "requests",
            "agreements",
            "revisions",
            "classification-of-data");
    private static final String STALE = "412 stale-version";
    private static final String OUT_OF_TURN = "409 conflict";

    /** Each test has a quarter of its own there. */
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.as("recorder").importCsv(samples());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String samples() {
        try (InputStream samples = new ClassPathResource("samples/dwp-requests.csv").getInputStream()) {
            return new String(samples.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    // Bodies

    private static String scheduled(String quarter, String releaseOn) {
        return "{\"quarter\": \"%s\", \"releaseOn\": \"%s\"}".formatted(quarter, releaseOn);
    }

    private static String rescheduled(String releaseOn) {
        return "{\"releaseOn\": \"%s\", \"reason\": \"QUALITY_ASSURANCE\"}".formatted(releaseOn);
    }

    private static String grounds(String announcedOn) {
        return """
                {"kind": "UNSCHEDULED_CORRECTION", "reason": "RECOUNT", "decider": "HEAD_OF_PROFESSION",
                 "announcedOn": "%s"}
                """.formatted(announcedOn);
    }

    private static Reply bare(Caller caller, String path, String... headers) {
        return caller.post(path, "{}", headers);
    }

    private static Reply head(Caller caller, String path, String... headers) {
        return caller.send("HEAD", path, BodyPublishers.noBody(), headers);
    }

    /** The edition as it reads back, once what changed it is in the register. */
    private static Reply settled(Caller caller, Reply change) {
        assertThat(change.status()).as("%s", change).isBetween(200, 201);
        return caller.get("/editions/" + change.at("/quarter") + "?waitFor=" + change.id() + ":" + change.sequence());
    }

    private static long size(Caller caller) {
        return Long.parseLong(caller.get("/log/checkpoint").text().split("\n", -1)[1]);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    // The whole story

    @Test
    void fromItsAnnouncementToARevision() {
        try (TestServer own = TestServer.start()) {
            Caller everybody = own.anonymous();
            Caller publisher = own.as("publisher");
            Caller approver = own.as("approver");
            Caller auditor = own.as("auditor");
            assertThat(everybody.get(Q3).problem()).isEqualTo("404 not-found");
            assertThat(everybody.get(Q3, "Accept", "text/html").status()).isEqualTo(404);

            Reply announced = publisher.post("/editions", scheduled("2023-Q3", "2023-12-07"));
            assertThat(announced.status()).isEqualTo(201);
            assertThat(announced.header("location")).isEqualTo("/api/v1/editions/2023-Q3");
            assertThat(announced.header("etag")).isEqualTo("\"0\"");
            settled(publisher, announced);
            isAnnounced(everybody);
            Map<String, String> beforeThereIsAnything = answers(everybody);
            long publicSize = size(everybody);

            Reply imported = own.as("recorder").importCsv(samples());
            assertThat(imported.at("/recorded")).isEqualTo("6");
            Reply previewed = bare(publisher, Q3 + "/preview");
            isPreviewed(previewed, settled(publisher, previewed));
            JsonNode before = previewed.json().get("preview");
            assertThat(auditor.get(below(before.at("/files/0/href").stringValue()))
                            .status())
                    .isEqualTo(200);
            assertThat(answers(everybody))
                    .as("whatever is in the ledger, nothing of it is seen before the release")
                    .isEqualTo(beforeThereIsAnything);
            assertThat(size(everybody)).isEqualTo(publicSize);

            assertThat(bare(publisher, Q3 + "/release").problem()).isEqualTo("422 rule-broken | same-officer");
            assertThat(answers(everybody)).isEqualTo(beforeThereIsAnything);

            Reply released = bare(approver, Q3 + "/release");
            settled(approver, released);
            assertThat(released.at("/status")).isEqualTo("RELEASED");
            assertThat(released.at("/preview")).isEqualTo("null");
            assertThat(size(everybody))
                    .as("the public checkpoint covers the release")
                    .isEqualTo(size(auditor))
                    .isGreaterThan(publicSize);
            assertThat(auditor.get("/log/entries/" + (size(everybody) - 1)).text())
                    .contains("edition.released");

            JsonNode first = revisions(everybody).get(0);
            assertThat(first.get("files").valueStream().map(file -> file.get("sha256")))
                    .as("to the byte what was previewed")
                    .containsExactlyElementsOf(before.get("files")
                            .valueStream()
                            .map(file -> file.get("sha256"))
                            .toList());
            assertThat(first.at("/kind").isNull()).isTrue();
            Map<String, byte[]> ofTheFirst = downloaded(everybody, first, 1);
            assertThat(text(ofTheFirst, "other-government-quarterly.csv"))
                    .contains(
                            "2023-Q3,Jul to Sep 2023,DWP,Department for Work and Pensions,OTHER_GOVERNMENT,NOT_DECLARED,9,3,0,6,3,3,5,5,0,0,0,,,");
            isServedAsAFile(everybody);
            Reply page = everybody.get(Q3, "Accept", "text/html");
            assertThat(page.bytes()).isEqualTo(ofTheFirst.get("pupil-matching-2023-Q3.html"));
            assertThat(everybody
                            .get("/figures?by=quarter&from=2023-07&to=2023-09")
                            .at("/rows/0/individuals/matched"))
                    .isEqualTo("3");
            assertThat(everybody.get("/figures?from=2023-10").json().get("rows"))
                    .as("what came later is not in it")
                    .isEmpty();
            assertThat(everybody.get("/editions").at("/items/0/status")).isEqualTo("RELEASED");

            isRevised(own, ofTheFirst);
        }
    }

    private static void isAnnounced(Caller everybody) {
        Reply told = everybody.get(Q3);
        assertThat(told.json()).isEqualTo(Reply.parse("""
                {"id": "edition-2023-Q3", "quarter": "2023-Q3", "label": "Jul to Sep 2023", "status": "SCHEDULED",
                 "releaseOn": "2023-12-07", "profile": "EXACT", "preview": null, "revisions": [], "sequence": null}
                """));
        assertThat(told.header("etag"))
                .as("a sequence would tell that there is a preview")
                .matches("\"[0-9a-f]{32}\"");
        Reply page = everybody.get(Q3, "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.text()).contains("Jul to Sep 2023", "7 December 2023", "not released yet");
        Reply calendar = everybody.get("/editions", "Accept", "text/html");
        assertThat(calendar.header("content-type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(calendar.text()).contains("2023-Q3", "7 December 2023", "announced");
        Reply early = everybody.get(Q3 + "/files/revisions.csv");
        assertThat(early.problem()).isEqualTo("404 not-released");
        assertThat(early.at("/detail")).contains("2023-12-07");
        assertThat(everybody.get(Q3 + "/preview/files/revisions.csv").problem()).isEqualTo("401 unauthenticated");
    }

    private static void isPreviewed(Reply previewed, Reply read) {
        assertThat(previewed.status()).as("%s", previewed).isEqualTo(200);
        assertThat(previewed.at("/status")).isEqualTo("PREVIEWED");
        assertThat(previewed.at("/sequence")).isEqualTo("1");
        assertThat(previewed.at("/preview/revision")).isEqualTo("1");
        assertThat(previewed.at("/preview/rules")).isEqualTo("edition/3");
        assertThat(previewed.at("/preview/files/0/href"))
                .isEqualTo("/api/v1/editions/2023-Q3/preview/files/pupil-matching-2023-Q3.ods");
        assertThat(Long.parseLong(previewed.at("/preview/checkpoint/size")))
                .isGreaterThan(Long.parseLong(previewed.at("/preview/position")));
        assertThat(read.json()).isEqualTo(previewed.json());
        assertThat(read.version()).isEqualTo("1");
    }

    /** Status, headers and body of everything that everybody can ask for, but for the date and the id of a problem. */
    private static Map<String, String> answers(Caller caller) {
        List<String> paths = new ArrayList<>(List.of(
                "/editions",
                "/editions?limit=1",
                Q3,
                Q3 + "?waitFor=edition-2023-Q3:1",
                Q3 + "/files",
                Q3 + "/preview",
                Q3 + "/preview/files",
                Q3 + "/release",
                Q3 + "/revisions",
                Q3 + "/revisions/1",
                Q3 + "/revisions/x/files/revisions.csv",
                Q3 + "/revisions/0/files/revisions.csv",
                "/figures",
                "/figures?by=quarter&from=2023-07&to=2023-09",
                "/figures?by=total&complete=true&organisation=DWP",
                "/figures?asAt=2999-01-01",
                "/figures?atPosition=999999",
                "/differences?was=2023-Q3.1&now=2023-Q3.1",
                "/differences?was=0&now=2023-Q3",
                "/log/checkpoint",
                "/log/entries/0",
                "/requests?reference=2023-0028898",
                "/statements",
                "/organisations"));
        for (String file : FILES) {
            paths.add(Q3 + "/files/" + file);
            paths.add(Q3 + "/preview/files/" + file);
            paths.add(Q3 + "/revisions/1/files/" + file);
            paths.add(Q3 + "/revisions/2/files/" + file);
        }
        Map<String, String> answers = new LinkedHashMap<>();
        for (String path : paths) {
            for (String accept : ACCEPTED) {
                answers.put(accept + " " + path, told(caller.get(path, "Accept", accept)));
            }
            answers.put("HEAD " + path, told(head(caller, path)));
        }
        return answers;
    }

    private static String told(Reply reply) {
        Map<String, List<String>> headers = new HashMap<>(reply.headers());
        headers.remove("date");
        // each hundredth answer of a connection
        headers.remove("connection");
        return reply.status() + " " + new TreeMap<>(headers) + " "
                + reply.text().replaceAll("urn:uuid:[0-9a-f-]{36}", "urn:uuid:");
    }

    private static JsonNode revisions(Caller caller) {
        return caller.get(Q3).json().get("revisions");
    }

    private static String below(String href) {
        assertThat(href).startsWith("/api/v1/");
        return href.substring("/api/v1".length());
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    /** Every file of a revision; asserts that it is as it is said to be. */
    private static Map<String, byte[]> downloaded(Caller caller, JsonNode revision, int number) {
        assertThat(revision.get("revision").intValue()).isEqualTo(number);
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (JsonNode file : revision.get("files")) {
            String name = file.get("name").stringValue();
            String href = file.get("href").stringValue();
            assertThat(href).isEqualTo("/api/v1" + Q3 + "/revisions/" + number + "/files/" + name);
            Reply reply = caller.get(below(href), "Accept-Encoding", "gzip");
            byte[] digest = sha256(reply.bytes());
            assertThat(reply.status()).as(name).isEqualTo(200);
            assertThat(reply.header("content-encoding")).isEmpty();
            assertThat(HexFormat.of().formatHex(digest))
                    .as(name)
                    .isEqualTo(file.get("sha256").stringValue());
            assertThat(reply.bytes()).hasSize(file.get("size").intValue());
            assertThat(reply.header("etag")).isEqualTo("\"" + file.get("sha256").stringValue() + "\"");
            assertThat(reply.header("repr-digest"))
                    .isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
            assertThat(reply.header("content-type")).as(name).isEqualTo(mediaType(name));
            assertThat(reply.header("cache-control")).isEqualTo("max-age=31536000, public, immutable");
            assertThat(reply.header("content-disposition")).contains("filename=\"" + name + "\"");
            assertThat(reply.header("link"))
                    .isEqualTo(
                            name.endsWith(".csv")
                                    ? "<" + name
                                            + "-metadata.json>; rel=\"describedby\"; type=\"application/csvm+json\""
                                    : "");
            files.put(name, reply.bytes());
        }
        List<String> names = new ArrayList<>(FILES.subList(0, 3));
        TABLES.forEach(table -> names.addAll(List.of(table + ".csv", table + ".csv-metadata.json")));
        assertThat(files.keySet()).containsExactlyElementsOf(names);
        return files;
    }

    private static String mediaType(String name) {
        if (name.endsWith("-metadata.json")) {
            return "application/csvm+json";
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv" -> "text/csv;charset=UTF-8";
            case "html" -> "text/html;charset=UTF-8";
            case "json" -> "application/json";
            default -> ODS;
        };
    }

    private static void isServedAsAFile(Caller everybody) {
        for (String path : List.of(Q3 + "/files/", Q3 + "/revisions/1/files/")) {
            Reply file = everybody.get(path + "revisions.csv");
            Reply unchanged = everybody.get(path + "revisions.csv", "If-None-Match", file.header("etag"));
            Reply another = everybody.get(path + "revisions.csv", "If-None-Match", "\"0\"");
            Reply head = head(everybody, path + "revisions.csv");

            assertThat(unchanged.status()).isEqualTo(304);
            assertThat(unchanged.bytes()).isEmpty();
            assertThat(unchanged.header("etag")).isEqualTo(file.header("etag"));
            assertThat(another.status()).isEqualTo(200);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.bytes()).isEmpty();
            for (String header : List.of("etag", "repr-digest", "content-type", "content-length", "cache-control")) {
                assertThat(head.header(header))
                        .as(header)
                        .isEqualTo(file.header(header))
                        .isNotEmpty();
            }
            assertThat(everybody.get(path + "no-such-file.csv").problem()).isEqualTo("404 not-found");
            assertThat(everybody.get(path + "REVISIONS.csv").problem()).isEqualTo("404 not-found");
        }
        assertThat(everybody.get(Q3 + "/files/revisions.csv").header("cache-control"))
                .as("the newest release can be another one tomorrow")
                .isEqualTo("no-cache, public");
        for (String number : List.of("0", "2", "01", "-1", "x", "99999999999")) {
            assertThat(everybody
                            .get(Q3 + "/revisions/" + number + "/files/revisions.csv")
                            .problem())
                    .as(number)
                    .isEqualTo("404 not-found");
        }
    }

    private static void isRevised(TestServer own, Map<String, byte[]> ofTheFirst) {
        Caller everybody = own.anonymous();
        Caller publisher = own.as("publisher");
        Caller approver = own.as("approver");
        Caller auditor = own.as("auditor");
        assertThat(publisher.post(Q3 + "/revisions", grounds("2024-01-11")).problem())
                .isEqualTo("422 rule-broken | nothing-to-correct");
        String group = auditor.get("/requests?reference=2023-0028896").at("/items/0/id");

        Reply corrected = approver.post("/requests/" + group + "/corrections", correction("match.matched", "2", "3"));
        // at once: what was answered as recorded is in it
        Reply prepared = publisher.post(Q3 + "/revisions", grounds("2024-01-11"));

        assertThat(corrected.status()).isEqualTo(200);
        assertThat(prepared.status()).as("%s", prepared).isEqualTo(200);
        assertThat(prepared.at("/status")).isEqualTo("RELEASED");
        assertThat(prepared.at("/preview/revision")).isEqualTo("2");
        assertThat(prepared.at("/preview/kind")).isEqualTo("UNSCHEDULED_CORRECTION");
        assertThat(prepared.at("/preview/reason")).isEqualTo("RECOUNT");
        assertThat(prepared.at("/preview/decider")).isEqualTo("HEAD_OF_PROFESSION");
        assertThat(prepared.at("/preview/announcedOn")).isEqualTo("2024-01-11");
        settled(publisher, prepared);
        assertThat(revisions(everybody)).hasSize(1);
        assertThat(everybody.get(Q3 + "/files/revisions.csv").bytes()).isEqualTo(ofTheFirst.get("revisions.csv"));
        assertThat(everybody.get(Q3 + "/revisions/2/files/revisions.csv").problem())
                .isEqualTo("404 not-found");
        assertThat(bare(publisher, Q3 + "/release").problem()).isEqualTo("422 rule-broken | same-officer");

        Reply revised = bare(approver, Q3 + "/release");
        settled(approver, revised);

        assertThat(revised.at("/status")).isEqualTo("REVISED");
        assertThat(size(everybody)).isEqualTo(size(auditor));
        JsonNode all = revisions(everybody);
        assertThat(all).hasSize(2);
        assertThat(all.at("/0/kind").stringValue()).isEqualTo("UNSCHEDULED_CORRECTION");
        assertThat(all.at("/0/announcedOn").stringValue()).isEqualTo("2024-01-11");
        Map<String, byte[]> ofTheSecond = downloaded(everybody, all.get(0), 2);
        Map<String, byte[]> today = downloaded(everybody, all.get(1), 1);
        ofTheFirst.forEach((name, bytes) ->
                assertThat(today.get(name)).as("%s as on its day", name).isEqualTo(bytes));
        assertThat(everybody.get(Q3 + "/files/revisions.csv").bytes()).isEqualTo(ofTheSecond.get("revisions.csv"));
        assertThat(text(ofTheFirst, "revisions.csv").lines()).hasSize(1);
        assertThat(text(ofTheSecond, "revisions.csv").lines().skip(1))
                .containsExactly(
                        "other-government-quarterly,individuals_matched,DWP,Department for Work and Pensions,2023-Q3,Jul to Sep 2023,3,4,"
                                + "2023-Q3 revision 1,2023-Q3 revision 2,CORRECTED,recount,",
                        "other-government-quarterly,individuals_unmatched,DWP,Department for Work and Pensions,2023-Q3,Jul to Sep 2023,6,5,"
                                + "2023-Q3 revision 1,2023-Q3 revision 2,CORRECTED,recount,");
        assertThat(text(ofTheSecond, "other-government-quarterly.csv"))
                .contains("[r] individuals matched; [r] individuals unmatched");
        assertThat(everybody.get("/figures?by=quarter&from=2023-07&to=2023-09").at("/rows/0/individuals/matched"))
                .isEqualTo("4");

        Reply difference = auditor.get("/differences?was=2023-Q3.1&now=2023-Q3.2");
        assertThat(difference.json().get("cells")).hasSize(2);
        assertThat(difference.json().get("events")).hasSize(1);
        assertThat(difference.at("/events/0/type")).isEqualTo("matching-request.corrected");
        assertThat(difference.at("/events/0/aggregateId")).isEqualTo(group);
        assertThat(publisher.post(Q3 + "/revisions", grounds("2024-01-11")).problem())
                .isEqualTo("422 rule-broken | nothing-to-correct");
    }

    // Each step

    private static Reply announced(String quarter) {
        return settled(
                server.as("publisher"), server.as("publisher").post("/editions", scheduled(quarter, "2025-01-02")));
    }

    @Test
    void thereIsNothingToDoWithWhatIsNotAnnounced() {
        Caller publisher = server.as("publisher");
        for (String path : List.of("/editions/1999-Q1", "/editions/1999-Q5", "/editions/x")) {
            assertThat(publisher.get(path).problem()).isEqualTo("404 not-found");
            assertThat(publisher.get(path + "/files/revisions.csv").problem()).isEqualTo("404 not-found");
            assertThat(publisher.get(path + "/revisions/1/files/revisions.csv").problem())
                    .isEqualTo("404 not-found");
            assertThat(publisher.get(path + "/preview/files/revisions.csv").problem())
                    .isEqualTo("404 not-found");
            assertThat(bare(publisher, path + "/preview").problem()).isEqualTo("404 not-found");
            assertThat(bare(publisher, path + "/release").problem()).isEqualTo("404 not-found");
            assertThat(publisher
                            .post(path + "/schedule", rescheduled("2025-01-02"))
                            .problem())
                    .isEqualTo("404 not-found");
            assertThat(publisher
                            .post(path + "/revisions", grounds("2025-01-02"))
                            .problem())
                    .isEqualTo("404 not-found");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 invalid-request",
                "{\"quarter\": \"2019-Q1\"} | 400 invalid-request",
                "{\"quarter\": \"2019-Q5\", \"releaseOn\": \"2025-01-02\"} | 400 invalid-request",
                "{\"quarter\": \"2019-Q1\", \"releaseOn\": \"2025-02-30\"} | 400 invalid-request",
                "{\"quarter\": \"2019-Q1\", \"releaseOn\": \"2025-01-02\", \"x\": 1} | 400 invalid-request",
                "{\"quarter\": \"2019-Q1\", \"releaseOn\": \"2019-03-31\"} | 422 rule-broken",
                "{\"quarter\": \"2019-Q1\", \"releaseOn\": \"2025-01-02\", \"profile\": \"ROUNDED\"} | 422 rule-broken"
            })
    void whatCannotBeAnnouncedIsRefused(String body, String problem) {
        assertThat(server.as("publisher").post("/editions", body).problem()).startsWith(problem);
        assertThat(server.anonymous().get("/editions/2019-Q1").status()).isEqualTo(404);
    }

    @Test
    void announcedAgainItIsTheSameAndWithAnotherDateAContradiction() {
        Caller publisher = server.as("publisher");
        announced("2020-Q1");

        Reply again = publisher.post("/editions", scheduled("2020-Q1", "2025-01-02"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(publisher
                        .post("/editions", scheduled("2020-Q1", "2025-01-03"))
                        .problem())
                .isEqualTo("409 conflict");
        assertThat(server.events("edition-2020-Q1")).isEqualTo(1);
    }

    @Test
    void aNewDateDiscardsWhatWasPreviewed() {
        Caller publisher = server.as("publisher");
        Caller approver = server.as("approver");
        announced("2020-Q2");
        Reply previewed = bare(publisher, "/editions/2020-Q2/preview");
        settled(publisher, previewed);
        String file = below(previewed.at("/preview/files/0/href"));
        assertThat(publisher.get(file).status()).isEqualTo(200);

        Reply moved = publisher.post("/editions/2020-Q2/schedule", rescheduled("2025-02-06"));
        settled(publisher, moved);

        assertThat(moved.at("/status")).isEqualTo("SCHEDULED");
        assertThat(moved.at("/preview")).isEqualTo("null");
        assertThat(publisher.get(file).problem()).isEqualTo("404 not-found");
        assertThat(bare(approver, "/editions/2020-Q2/release").problem()).isEqualTo(OUT_OF_TURN);
        assertThat(server.anonymous()
                        .get("/editions/2020-Q2", "Accept", "text/html")
                        .text())
                .contains("6 February 2025");
        assertThat(publisher
                        .post("/editions/2020-Q2/schedule", rescheduled("2020-06-30"))
                        .problem())
                .isEqualTo("422 rule-broken | /releaseOn dates-out-of-order");
    }

    @Test
    void nothingIsReleasedBeforeItIsDue() {
        Caller publisher = server.as("publisher");
        Caller approver = server.as("approver");
        settled(publisher, publisher.post("/editions", scheduled("2020-Q3", "2999-12-05")));
        settled(publisher, bare(publisher, "/editions/2020-Q3/preview"));
        assertThat(bare(approver, "/editions/2020-Q3/release").problem()).isEqualTo("422 rule-broken | not-due");

        publisher.post("/editions/2020-Q3/schedule", rescheduled("2025-01-02"));
        bare(publisher, "/editions/2020-Q3/preview");
        settled(approver, bare(approver, "/editions/2020-Q3/release"));
        assertThat(publisher
                        .post("/editions/2020-Q3/schedule", rescheduled("2025-01-09"))
                        .problem())
                .isEqualTo(OUT_OF_TURN);
        assertThat(bare(publisher, "/editions/2020-Q3/preview").problem()).isEqualTo(OUT_OF_TURN);
        server.as("recorder").post("/requests", Sample.historic("MOJ", "2020-08", "7", ""));
        Reply prepared = publisher.post("/editions/2020-Q3/revisions", grounds("2999-12-06"));
        assertThat(prepared.at("/preview/announcedOn")).isEqualTo("2999-12-06");
        assertThat(bare(approver, "/editions/2020-Q3/release").problem()).isEqualTo("422 rule-broken | not-due");
    }

    @Test
    void aQuarterThatIsAnnouncedSinceIsNotReleasedWithALaterOne() {
        Caller publisher = server.as("publisher");
        Caller approver = server.as("approver");
        announced("2012-Q2");
        publisher.post("/editions/2012-Q2/preview", "{}");
        announced("2012-Q1");

        Reply refused = approver.post("/editions/2012-Q2/release", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/detail")).contains("announced since");

        publisher.post("/editions/2012-Q2/preview", "{}");
        assertThat(approver.post("/editions/2012-Q2/release", "{}").status()).isEqualTo(200);
    }

    @Test
    void nothingIsRevisedBeforeItsRelease() {
        announced("2020-Q4");

        assertThat(server.as("publisher")
                        .post("/editions/2020-Q4/revisions", grounds("2024-01-11"))
                        .problem())
                .isEqualTo(OUT_OF_TURN);
        assertThat(bare(server.as("approver"), "/editions/2020-Q4/release").problem())
                .isEqualTo(OUT_OF_TURN);
    }

    /** Paths below that of an edition, each with a body that is right. */
    private static Map<String, String> steps() {
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put("/schedule", rescheduled("2025-03-06"));
        steps.put("/preview", "{}");
        steps.put("/release", "{}");
        steps.put("/revisions", grounds("2024-01-11"));
        return steps;
    }

    @Test
    void propertiesThatAreNotKnownAreNotLostInSilence() {
        Caller publisher = server.as("publisher");
        announced("2021-Q1");

        steps().forEach((step, body) -> {
            String more = body.replaceFirst("\\{", body.length() > 2 ? "{\"extra\": 1, " : "{\"extra\": 1");
            assertThat(publisher.post("/editions/2021-Q1" + step, more).problem())
                    .as(step)
                    .isEqualTo("400 invalid-request | unknown-property");
            assertThat(publisher.post("/editions/2021-Q1" + step, "[]").status())
                    .as(step)
                    .isEqualTo(400);
            assertThat(publisher
                            .post("/editions/2021-Q1" + step + "?extra=1", body)
                            .problem())
                    .as(step)
                    .isEqualTo("400 invalid-request | unknown-parameter");
        });
        assertThat(server.events("edition-2021-Q1")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recorder", "auditor", "admin"})
    void onlyThoseWhoPublishTakeTheSteps(String user) {
        Caller caller = server.as(user);
        announced("2021-Q2");

        assertThat(caller.post("/editions", scheduled("2021-Q2", "2025-01-02")).problem())
                .isEqualTo("403 forbidden");
        steps().forEach((step, body) -> {
            assertThat(caller.post("/editions/2021-Q2" + step, body).problem())
                    .as(step)
                    .isEqualTo("403 forbidden");
            assertThat(server.anonymous().post("/editions/2021-Q2" + step, body).problem())
                    .as(step)
                    .isEqualTo("401 unauthenticated");
        });
        assertThat(caller.get("/editions/2021-Q2/preview/files/revisions.csv").problem())
                .isEqualTo(user.equals("auditor") ? "404 not-found" : "403 forbidden");
        assertThat(server.events("edition-2021-Q2")).isEqualTo(1);
    }

    @Test
    void theVersionThatTheCallerKnowsIsHonoured() {
        Caller publisher = server.as("publisher");
        Caller approver = server.as("approver");
        String path = "/editions/2021-Q3";
        assertThat(publisher
                        .post("/editions", scheduled("2021-Q3", "2025-01-02"), "If-Match", "\"0\"")
                        .problem())
                .isEqualTo(STALE);
        announced("2021-Q3");

        long sequence = 0;
        for (String step : List.of("/schedule", "/preview", "/release", "/revisions", "/release")) {
            Caller caller = step.equals("/release") ? approver : publisher;
            if (step.equals("/revisions")) {
                server.as("recorder").post("/requests", Sample.historic("MOJ", "2021-08", "7", ""));
            }
            String body = steps().getOrDefault(step, "");
            for (String stale : List.of("\"" + (sequence + 1) + "\"", "W/\"" + sequence + "\"", "\"x\"")) {
                assertThat(caller.post(path + step, body, "If-Match", stale).problem())
                        .as(step)
                        .isEqualTo(STALE);
            }
            Reply taken = caller.post(path + step, body, "If-Match", "\"77\", \"" + sequence + "\"");
            sequence++;
            assertThat(taken.status()).as("%s %s", step, taken).isEqualTo(200);
            assertThat(taken.header("etag")).isEqualTo("\"" + sequence + "\"");
            settled(caller, taken);
        }
        assertThat(server.events("edition-2021-Q3")).isEqualTo(sequence + 1);
    }

    @Test
    void underAKeyEachStepIsTakenOnce() {
        Caller publisher = server.as("publisher");
        Caller approver = server.as("approver");
        String path = "/editions/2021-Q4";
        List<Runnable> later = new ArrayList<>();

        repeated(publisher, "/editions", scheduled("2021-Q4", "2025-01-02"), later);
        long events = 1;
        for (String step : List.of("/schedule", "/preview", "/release", "/revisions", "/release")) {
            if (step.equals("/revisions")) {
                server.as("recorder").post("/requests", Sample.historic("MOJ", "2021-11", "7", ""));
            }
            repeated(
                    step.equals("/release") ? approver : publisher, path + step, steps().getOrDefault(step, ""), later);
            events++;
            assertThat(server.events("edition-2021-Q4")).as(step).isEqualTo(events);
        }
        later.forEach(Runnable::run);
        assertThat(server.events("edition-2021-Q4")).isEqualTo(events);
    }

    /** Takes a step twice under a key; {@code later} asks a third time. */
    private static void repeated(Caller caller, String path, String body, List<Runnable> later) {
        String key = UUID.randomUUID().toString();
        Reply first = caller.post(path, body, "Idempotency-Key", key);
        assertThat(first.status()).as("%s", first).isBetween(200, 201);
        Runnable again = () -> {
            Reply same = caller.post(path, body, "Idempotency-Key", key);
            assertThat(same.status()).as("%s", same).isEqualTo(first.status());
            assertThat(same.bytes()).isEqualTo(first.bytes());
            assertThat(same.header("etag")).isEqualTo(first.header("etag"));
        };
        again.run();
        later.add(again);
        assertThat(caller.post(path, body + " ", "Idempotency-Key", key).problem())
                .isEqualTo("422 idempotency-key-reused");
    }

    @Test
    void theCalendarGoesByQuarterNewestFirst() {
        List<String> quarters = List.of("2022-Q3", "2022-Q2", "2022-Q1");
        quarters.forEach(Story24AnEditionTest::announced);

        List<String> found = new ArrayList<>();
        String next = "";
        do {
            Reply page = server.anonymous().get("/editions?limit=1" + next);
            assertThat(page.json().get("items")).hasSize(1);
            found.add(page.at("/items/0/quarter"));
            next = page.json().get("next").isNull() ? "" : "&after=" + page.at("/next");
        } while (!next.isEmpty());

        assertThat(found).containsSubsequence(quarters).doesNotHaveDuplicates();
        assertThat(found).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(Stream.of("limit=0", "limit=x", "after=!")
                        .map(query ->
                                server.anonymous().get("/editions?" + query).status()))
                .containsOnly(400);
    }
}
