package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pupilledger.cluster.EmbeddedCluster;
import tools.jackson.databind.JsonNode;

/**
 * Parliament was told of 2,462 people and 520 matches, and thirteen months later of 2,461 and 531 (HCWS272). An auditor
 * asks why the figure changed, and reads who recorded what, when, and on whose word.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Story26TimelinesTest {
    private static final List<String> MEMBERS = List.of(
            "sequence",
            "position",
            "recordedAt",
            "on",
            "type",
            "actor",
            "role",
            "sentence",
            "changes",
            "cause",
            "authority");

    private final TestServer server = TestServer.start();
    private final Caller recorder = server.as("recorder");
    private final Caller approver = server.as("approver");
    private final Caller publisher = server.as("publisher");
    private final Caller auditor = server.as("auditor");
    private String request = "";

    @BeforeAll
    void whatHappened() {
        Reply recorded = recorder.post(
                "/requests",
                Sample.historic(
                        "HOME_OFFICE",
                        "2016-09",
                        "2462",
                        ", \"decision\": {\"outcome\": \"APPROVED\"},"
                                + " \"match\": {\"on\": \"2016-10-14\", \"matched\": 520, \"ambiguous\": 0}"));
        assertThat(recorded.status()).as("%s", recorded).isEqualTo(201);
        request = recorded.id();
        Reply corrected = approver.post("/requests/" + request + "/corrections", """
                {"changes": [{"field": "submitted.individuals", "was": 2462, "now": 2461},
                             {"field": "match.matched", "was": 520, "now": 531}],
             "cause": "RECOUNT", "authority": "HCWS272"}\
            """);
        assertThat(corrected.status()).as("%s", corrected).isEqualTo(200);
        recorder.read(corrected);
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void theCorrectionReadsBackWithWhatItWasAndIs() {
        Reply timeline = auditor.get("/requests/" + request + "/timeline");

        assertThat(timeline.status()).isEqualTo(200);
        assertThat(timeline.header("content-type")).startsWith("application/json");
        assertThat(timeline.version()).isEqualTo("3");
        assertThat(timeline.json().propertyNames()).containsExactlyInAnyOrder("id", "items", "next");
        assertThat(timeline.id()).isEqualTo(request);
        assertThat(timeline.at("/next")).isEqualTo("null");
        List<JsonNode> items = items(timeline);
        items.forEach(item -> assertThat(item.propertyNames()).containsExactlyInAnyOrderElementsOf(MEMBERS));
        assertThat(items)
                .extracting(item -> item.get("sentence").stringValue())
                .containsExactly(
                        "A request of HOME_OFFICE received in Sep 2016 was recorded: no reference, 2462 people"
                                + " submitted; taken from a source (answer to a freedom of information request).",
                        "A request of HOME_OFFICE received in Sep 2016 was approved.",
                        "A request of HOME_OFFICE received in Sep 2016 was compared with the National Pupil Database:"
                                + " of 2462 people submitted, 520 matched and 0 ambiguous.",
                        "People submitted corrected from 2462 to 2461 and matched from 520 to 531 (recount, HCWS272).");
        JsonNode correction = items.get(3);
        assertThat(correction.get("changes")).isEqualTo(Reply.parse("""
                [{"field": "submitted.individuals", "was": 2462, "now": 2461},
             {"field": "match.matched", "was": 520, "now": 531}]\
            """));
        assertThat(correction.get("cause").stringValue()).isEqualTo("RECOUNT");
        assertThat(correction.get("authority").stringValue()).isEqualTo("HCWS272");
        assertThat(correction.get("on").isNull()).isTrue();
        assertThat(correction.get("role").stringValue()).isEqualTo("APPROVER");
        assertThat(correction.get("position").toString())
                .isEqualTo(auditor.get("/requests/" + request).at("/position"));
        assertThat(items)
                .extracting(item -> item.get("on").toString())
                .containsExactly("\"2016-09\"", "null", "\"2016-10-14\"", "null");
        assertThat(items.get(0).get("actor").stringValue())
                .as("two people, and no name of either")
                .matches("[0-9a-f-]{36}")
                .isNotEqualTo(correction.get("actor").stringValue());
        assertThat(timeline.text()).doesNotContain("salt", "approver\"", "commandId");
        String path = "/requests/" + request + "/timeline";
        assertThat(auditor.get(path, "If-None-Match", timeline.header("etag")).status())
                .isEqualTo(304);
        Reply csv = auditor.get(path, "If-None-Match", timeline.header("etag"), "Accept", "text/csv");
        assertThat(csv.status()).as("another representation").isEqualTo(200);
        assertThat(csv.version()).isEqualTo("3");
        assertThat(csv.header("etag")).isNotEqualTo(timeline.header("etag"));
        assertThat(auditor.get(path + "?limit=1", "If-None-Match", timeline.header("etag"))
                        .status())
                .as("another page")
                .isEqualTo(200);
    }

    private static List<JsonNode> items(Reply reply) {
        List<JsonNode> items = new ArrayList<>();
        reply.json().get("items").forEach(items::add);
        return items;
    }

    @Test
    void theSameIsAFileForASpreadsheet() {
        List<JsonNode> items = items(auditor.get("/requests/" + request + "/timeline"));

        Reply csv = auditor.get("/requests/" + request + "/timeline", "Accept", "text/csv");

        assertThat(csv.header("content-type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.header("vary")).contains("Accept");
        List<String> lines = csv.text().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.getFirst()).isEqualTo("sequence,position,recorded_at,on,type,actor,role,sentence,changes");
        JsonNode correction = items.get(3);
        assertThat(lines.getLast())
                .isEqualTo("3,%s,%s,,matching-request.corrected,%s,APPROVER,\"%s\",%s"
                        .formatted(
                                correction.get("position"),
                                correction.get("recordedAt").stringValue(),
                                correction.get("actor").stringValue(),
                                correction.get("sentence").stringValue(),
                                "submitted.individuals: 2462 -> 2461; match.matched: 520 -> 531"));
        assertThat(auditor.get("/requests/" + request + "/timeline", "Accept", "text/html")
                        .problem())
                .isEqualTo("406 not-acceptable");
    }

    @Test
    void pagesJoinUpInEitherFormat() {
        String path = "/requests/" + request + "/timeline";
        List<JsonNode> paged = new ArrayList<>();
        String query = "?limit=3";
        while (!query.isEmpty()) {
            Reply page = auditor.get(path + query);
            assertThat(page.version()).as("of the newest event of all").isEqualTo("3");
            paged.addAll(items(page));
            String next = page.at("/next");
            query = next.equals("null") ? "" : "?limit=3&after=" + next;
            assertThat(page.header("link")).isEqualTo(query.isEmpty() ? "" : "<" + query + ">; rel=\"next\"");
            assertThat(auditor.get(path + (query.isEmpty() ? "?limit=3" : query), "Accept", "text/csv")
                            .text())
                    .isNotEmpty();
        }

        assertThat(paged).isEqualTo(items(auditor.get(path)));
        assertThat(auditor.get(path + "?limit=3", "Accept", "text/csv").header("link"))
                .startsWith("<?limit=3&after=");
        for (String wrong : List.of("limit=0", "limit=501", "after=x", "after=RFdQ", "aftr=1")) {
            assertThat(auditor.get(path + "?" + wrong).problem()).as(wrong).startsWith("400 invalid-request");
        }
    }

    @Test
    void everyKindOfThingHasATimeline() {
        assertThat(told(recorder.post(
                        "/agreements",
                        Agreed.process(
                                "DS00689", Agreed.version("1.0", "2015-07-01", "1500", Agreed.party("HOME_OFFICE"))))))
                .isEqualTo(201);
        await("/agreements/DS00689", recorder.post("/agreements/DS00689/suspension", """
            {"on": "2018-04-10", "reason": "UNDER_REVIEW", "authority": "HCWS272"}\
            """));
        assertThat(lines("/agreements/DS00689"))
                .containsExactly(
                        "agreement-DS00689 2015-07-01 RECORDER [] null null Agreement DS00689 was registered (process"
                                + " level, version 1.0 from 2015-07-01) with HOME_OFFICE.",
                        "agreement-DS00689 2018-04-10 RECORDER [] \"UNDER_REVIEW\" \"HCWS272\" Agreement DS00689 was"
                                + " suspended from 2018-04-10 on (under review, HCWS272).");

        server.newOrganisation("T_NAMED");
        String named = """
                {"name": "Named anew", "category": "OTHER", "parent": "POLICE"}""";
        server.as("admin").put("/organisations/T_NAMED", named);
        await("/organisations/T_NAMED", server.as("approver").put("/organisations/T_NAMED", named));
        assertThat(lines("/organisations/T_NAMED").get(1))
                .contains("T_NAMED: proposed to a second person: category changed from OTHER_GOVERNMENT to OTHER");
        assertThat(lines("/organisations/T_NAMED").getLast())
                .isEqualTo(
                        "T_NAMED null APPROVER [{\"field\":\"name\",\"was\":\"Test T NAMED\",\"now\":\"Named anew\"},"
                                + "{\"field\":\"category\",\"was\":\"OTHER_GOVERNMENT\",\"now\":\"OTHER\"},"
                                + "{\"field\":\"parent\",\"was\":null,\"now\":\"POLICE\"}] null null T_NAMED: category changed"
                                + " from OTHER_GOVERNMENT to OTHER, name changed and parent changed from none to POLICE.");
        assertThat(lines("/organisations/DWP"))
                .containsExactly("DWP null LEDGER [] null null DWP was registered in the category OTHER_GOVERNMENT.");

        assertThat(told(publisher.post("/editions", """
            {"quarter": "2016-Q3", "releaseOn": "2016-12-08", "profile": "EXACT"}\
            """))).isEqualTo(201);
        await("/editions/2016-Q3", publisher.post("/editions/2016-Q3/schedule", """
            {"releaseOn": "2016-12-15", "reason": "LATE_INFORMATION"}\
            """));
        await("/editions/2016-Q3", publisher.post("/editions/2016-Q3/preview", "{}"));
        await("/editions/2016-Q3", approver.post("/editions/2016-Q3/release", "{}"));
        List<String> edition = lines("/editions/2016-Q3");
        assertThat(edition).hasSize(4);
        assertThat(edition.get(1))
                .isEqualTo("edition-2016-Q3 2016-12-15 PUBLISHER"
                        + " [{\"field\":\"releaseOn\",\"was\":\"2016-12-08\",\"now\":\"2016-12-15\"}]"
                        + " \"LATE_INFORMATION\" null The edition Jul to Sep 2016 was moved from 2016-12-08 to"
                        + " 2016-12-15 (late information).");
        assertThat(edition.get(3))
                .matches("edition-2016-Q3 20[0-9-]{8} APPROVER .* was released, as at position [0-9]+\\.");

        Reply statement = recorder.post(
                "/statements",
                Telling.toldToParliament("PQ48634", "individuals_matched", "HOME_OFFICE", 520)
                        .body());
        String path = "/statements/" + statement.id();
        await(path, publisher.post(path + "/correction", Telling.correction(520, 531, "2017-11-27", "HCWS272")));
        await(path, recorder.post(path + "/recipients-told", Telling.retold(531, "2017-12-04")));
        await(path, approver.post(path + "/annulment", Sample.annulment()));
        assertThat(lines(path))
                .containsExactly(
                        statement.id() + " 2016-10-27 RECORDER [] null \"PQ48634\" A figure was told on 2016-10-27"
                                + " (Parliament, PQ48634): 520 individuals matched of HOME_OFFICE in Jul 2015 to Sep"
                                + " 2016.",
                        statement.id() + " 2017-11-27 PUBLISHER [{\"field\":\"value\",\"was\":520,\"now\":531}]"
                                + " \"RECOUNT\" \"HCWS272\" A figure that was told was corrected on 2017-11-27"
                                + " (Parliament, HCWS272) from 520 to 531 (recount).",
                        statement.id()
                                + " 2017-12-04 RECORDER [] null \"DFE-2024-17\" Those who had been given a figure"
                                + " were told 531 on 2017-12-04 (other, DFE-2024-17).",
                        statement.id() + " null APPROVER [] \"OTHER\" null The statement was annulled: it was"
                                + " recorded by mistake (other).");
        assertThat(auditor.get("/requests/" + statement.id() + "/timeline").problem())
                .as("a statement is no request")
                .isEqualTo("404 not-found");
    }

    private static int told(Reply reply) {
        return reply.status();
    }

    private void await(String path, Reply change) {
        assertThat(change.status()).as("%s", change).isBetween(200, 201);
        String name = path.substring(path.lastIndexOf('/') + 1);
        String id = path.startsWith("/agreements/") || path.startsWith("/editions/")
                ? path.substring(1, path.lastIndexOf('/') - 1) + "-" + name
                : name;
        Reply timeline = auditor.get(path + "/timeline?waitFor=" + id + ":" + change.sequence());
        assertThat(items(timeline)).hasSize((int) change.sequence() + 1);
    }

    private List<String> lines(String path) {
        Reply timeline = auditor.get(path + "/timeline");
        return items(timeline).stream()
                .map(item -> String.join(
                        " ",
                        timeline.id(),
                        item.get("on").isNull() ? "null" : item.get("on").stringValue(),
                        item.get("role").stringValue(),
                        item.get("changes").toString(),
                        item.get("cause").toString(),
                        item.get("authority").toString(),
                        item.get("sentence").stringValue()))
                .toList();
    }

    @Test
    void whoIsNotSignedInIsToldNothing() {
        for (String path : List.of(
                "/requests/" + request,
                "/agreements/DS00689",
                "/organisations/DWP",
                "/editions/2016-Q3",
                "/statements/" + request)) {
            assertThat(server.anonymous().get(path + "/timeline").problem()).isEqualTo("401 unauthenticated");
        }
    }

    @Test
    void whatIsNotThereHasNone() {
        for (String path : List.of(
                "/requests/00000000-0000-4000-8000-000000000000",
                "/requests/nothing",
                "/agreements/DS99999",
                "/agreements/nothing",
                "/organisations/NOBODY",
                "/organisations/no%20code",
                "/editions/1971-Q1",
                "/editions/nothing",
                "/statements/00000000-0000-4000-8000-000000000000",
                "/statements/nothing")) {
            assertThat(auditor.get(path + "/timeline").problem()).as(path).isEqualTo("404 not-found");
        }
    }

    @Test
    void whoeverChangesTheDatabaseIsNotBelieved() throws Exception {
        Reply other = recorder.post("/requests", Sample.live("DWP", "2024-05", 5));
        recorder.read(other);
        String path = "/requests/" + other.id() + "/timeline";
        assertThat(auditor.get(path).at("/items/0/role")).isEqualTo("RECORDER");

        blameSomebodyElse(other.id());

        assertThat(auditor.get(path).problem()).isEqualTo("500 ledger-damaged");
        assertThat(auditor.get(path, "Accept", "text/csv").problem()).isEqualTo("500 ledger-damaged");
        assertThat(auditor.get("/requests/" + request + "/timeline").status())
                .as("of others there is nothing wrong")
                .isEqualTo(200);
    }

    private void blameSomebodyElse(String id) throws Exception {
        String url =
                EmbeddedCluster.attach(server.directory()).orElseThrow().owner().url();
        String password = Reply.parse(Files.readString(server.directory().resolve("cluster/passwords.json")))
                .get("superuser")
                .stringValue();
        try (Connection superuser = DriverManager.getConnection(url, "postgres", password);
                Statement statement = superuser.createStatement()) {
            statement.execute("set session_replication_role = replica");
            assertThat(statement.executeUpdate("update event set metadata = convert_to(replace(convert_from(metadata,"
                            + " 'UTF8'), 'RECORDER', 'APPROVER'), 'UTF8') where aggregate_id = '" + id + "'"))
                    .isEqualTo(1);
        }
    }
}
