package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.EmbeddedCluster;

/** Identities and secrets are planted wherever a text can be typed, and then looked for wherever one could have got to. */
@ExtendWith({SharedServer.class, ProcessLock.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivacyTest {
    /** What nobody may find again, by what it is. None of them belongs to anybody. */
    private static final Map<String, String> PLANTS = Map.ofEntries(
            Map.entry("unique pupil number", "H801200001001"),
            Map.entry("unique pupil number, spaced", "H 801 2000 01002"),
            Map.entry("national insurance number", "QQ654321B"),
            Map.entry("national insurance number, spaced", "QQ 65 43 22 B"),
            Map.entry("NHS number", "943 476 5919"),
            Map.entry("date of birth", "17/03/2011"),
            Map.entry("date of birth in words", "17 March 2012"),
            Map.entry("e-mail address", "ada.quillfeather@example.org"),
            Map.entry("telephone number", "07700 900461"),
            Map.entry("international telephone number", "+447700900462"),
            Map.entry("name", "Ada Quillfeather"),
            Map.entry("password", "password=Tr0ub4dour"),
            Map.entry("token", "eyJhbGciOiJIUzI1NiJ9Zm9v"),
            Map.entry("hash", "5f4dcc3b5aa765d61d8327deb882cf99"),
            Map.entry("free text", "the boy in the blue coat"));

    /** The guard cannot tell the name of a person from that of an organisation. */
    private static final List<String> NAMES = List.of("name", "free text");

    /** Refused as what they are even where a date belongs; the rest is refused there because it is no date. */
    private static final String PERSONAL = ".*(number|address|password|token|hash).*";

    private static final Pattern TEXT = Pattern.compile("\"TEXT:[^\"]*\"");

    /** Bodies with every text field; each is planted in turn. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /requests", """
                    {"references": ["TEXT:2024-9000001", "TEXT:2024-9000002"], "organisation": "TEXT:DWP",
                     "received": "TEXT:2023-06", "purpose": "TEXT:OTHER", "gateway": "TEXT:OTHER",
                     "lawfulBasis": "TEXT:PUBLIC_TASK", "agreement": "TEXT:DS00689",
                     "submitted": {"individuals": 1, "items": ["TEXT:NAME"]}, "requestedItems": ["TEXT:SCHOOL"],
                     "historic": {"source": "TEXT:FILE", "reference": "TEXT:HCWS272", "published": "TEXT:2024-02"},
                     "decision": {"outcome": "TEXT:APPROVED", "on": "TEXT:2023-06", "reason": "TEXT:OTHER",
                                  "courtOrder": {"court": "TEXT:FAMILY_COURT", "made": "TEXT:2023-06"}},
                     "withdrawal": {"on": "TEXT:2023-06"}, "match": {"on": "TEXT:2023-06"},
                     "disclosure": {"on": "TEXT:2023-06", "items": ["TEXT:SCHOOL"]}}"""),
            Map.entry("POST /requests/{id}/decision", """
                    {"outcome": "TEXT:APPROVED", "on": "TEXT:2024-06", "reason": "TEXT:OTHER",
                     "courtOrder": {"court": "TEXT:FAMILY_COURT", "made": "TEXT:2024-06"}}"""),
            Map.entry("POST /requests/{id}/withdrawal", "{\"on\": \"TEXT:2024-06\"}"),
            Map.entry("POST /requests/{id}/match", "{\"on\": \"TEXT:2024-06\"}"),
            Map.entry("POST /requests/{id}/disclosure", "{\"on\": \"TEXT:2024-06\", \"items\": [\"TEXT:SCHOOL\"]}"),
            Map.entry(
                    "POST /requests/{id}/destruction", "{\"on\": \"TEXT:2024-06\", \"method\": \"TEXT:SECURE_ERASE\"}"),
            Map.entry("POST /requests/{id}/closure", "{\"on\": \"TEXT:2024-06\"}"),
            Map.entry("POST /requests/{id}/corrections", """
                    {"changes": [{"field": "TEXT:references", "was": ["TEXT:2024-9000003"], "now": ["TEXT:2024-9000004"]},
                                 {"field": "TEXT:purpose", "was": "TEXT:OTHER", "now": "TEXT:OTHER"},
                                 {"field": "TEXT:received", "was": "TEXT:2024-06", "now": "TEXT:2024-06"},
                                 {"field": "TEXT:historic.reference", "was": "TEXT:HCWS272", "now": "TEXT:HCWS272"},
                                 {"field": "disclosure.references", "was": null,
                                  "now": [{"reference": "TEXT:2024-9000003", "items": ["TEXT:SCHOOL"]}]}],
                     "cause": "TEXT:OTHER", "authority": "TEXT:HCWS272"}"""),
            Map.entry("POST /requests/{id}/annulment", "{\"cause\": \"TEXT:OTHER\", \"authority\": \"TEXT:HCWS272\"}"),
            Map.entry("POST /period-totals", """
                    {"organisation": "TEXT:DWP", "from": "TEXT:2012-04", "to": "TEXT:2012-09",
                     "requests": {"received": 3}, "individuals": {"returned": 3}, "source": "TEXT:PARLIAMENT",
                     "reference": "TEXT:PQ48634", "published": "TEXT:2016-10-27"}"""),
            Map.entry("POST /period-totals/{id}/corrections", """
                    {"was": {"requests": {"received": 3}}, "now": {"requests": {"received": 4}},
                     "cause": "TEXT:RECOUNT", "authority": "TEXT:HCWS272"}"""),
            Map.entry(
                    "POST /period-totals/{id}/annulment",
                    "{\"cause\": \"TEXT:OTHER\", \"authority\": \"TEXT:HCWS272\"}"),
            Map.entry("POST /statements", """
                    {"channel": "TEXT:PARLIAMENT", "reference": "TEXT:PQ48634", "body": "TEXT:DWP",
                     "toldOn": "TEXT:2016-10-27", "measure": "TEXT:other", "subject": "TEXT:MEMORANDA_DRAFTED",
                     "organisation": "TEXT:DWP",
                     "from": "TEXT:2015-07", "to": "TEXT:2016-09", "value": 520, "unit": "TEXT:OTHER",
                     "backing": {"source": "TEXT:PARLIAMENT", "reference": "TEXT:PQ48634"}}"""),
            Map.entry("POST /statements/{id}/correction", """
                    {"was": 520, "now": 531, "toldOn": "TEXT:2017-11-27", "channel": "TEXT:PARLIAMENT",
                     "reference": "TEXT:HCWS272", "cause": "TEXT:RECOUNT"}"""),
            Map.entry("POST /statements/{id}/recipients-told", """
                    {"toldOn": "TEXT:2017-12-01", "channel": "TEXT:OTHER", "reference": "TEXT:DFE-2024-17", "value": 531}"""),
            Map.entry(
                    "POST /statements/{id}/annulment", "{\"cause\": \"TEXT:OTHER\", \"authority\": \"TEXT:HCWS272\"}"),
            Map.entry("PUT /organisations/T_PLANTED", """
                    {"name": "TEXT:Planted", "category": "TEXT:OTHER", "parent": "TEXT:DWP"}"""));

    private final TestServer server;
    private final String request;

    PrivacyTest(TestServer server) {
        this.server = server;
        this.request = server.as("recorder")
                .post("/requests", Sample.live("DWP", "2024-05", 5))
                .id();
    }

    static List<String> calls() {
        return BODIES.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void noTextFieldTakesAnIdentityOrASecret(String call) {
        String body = Objects.requireNonNull(BODIES.get(call));
        int fields = (int) TEXT.matcher(body).results().count();
        List<String> taken = new ArrayList<>();
        for (int field = 0; field < fields; field++) {
            for (Map.Entry<String, String> plant : PLANTS.entrySet()) {
                boolean mayBeName = name(body, field).equals("name") && NAMES.contains(plant.getKey());
                if (mayBeName) {
                    continue;
                }
                String planted = plant(body, field, plant.getValue());
                Reply reply = send(call, planted);
                findNothingIn(reply.toString());
                boolean isSyntaxEnough =
                        reply.status() == 400 && !plant.getKey().matches(PERSONAL) && isDate(reply);
                if (reply.status() != 422 && !isSyntaxEnough) {
                    taken.add(name(body, field) + " " + plant.getKey() + " " + reply.problem());
                }
            }
        }
        assertThat(taken).isEmpty();
    }

    /** True where all that was found is that a date is none. */
    private static boolean isDate(Reply reply) {
        return Pattern.compile("/(received|published|on|made|was|now|toldOn|from|to) malformed")
                .matcher(reply.problem())
                .find();
    }

    /** The body with one of its texts replaced, and the marks of the others removed. */
    private static String plant(String body, int field, String plant) {
        int[] at = {0};
        return TEXT.matcher(body)
                .replaceAll(match -> Matcher.quoteReplacement(
                        at[0]++ == field ? "\"" + plant + "\"" : match.group().replace("TEXT:", "")));
    }

    /** The name of the property that a text stands in. */
    private static String name(String body, int field) {
        Matcher text = TEXT.matcher(body);
        IntStream.rangeClosed(0, field).forEach(i -> assertThat(text.find()).isTrue());
        Matcher property =
                Pattern.compile("\"([a-zA-Z]+)\": \\[?(\"TEXT:[^\"]*\", )*$").matcher(body.substring(0, text.start()));
        assertThat(property.find()).isTrue();
        return property.group(1);
    }

    private Reply send(String call, String body) {
        String path = call.substring(call.indexOf(' ') + 1).replace("{id}", request);
        boolean isApprovers = path.matches(".*/(decision|corrections?|annulment)");
        if (call.startsWith("PUT")) {
            return server.as("admin").put(path, body);
        }
        return server.as(isApprovers ? "approver" : "recorder").post(path, body);
    }

    @Test
    void noCellOfAFileTakesOne() {
        String good = "2023-9000009,DWP,2023-06,OTHER,OTHER,5,NAME,APPROVED,1,0,1,1,SCHOOL,FILE,HCWS272,2024-02";
        List<String> lines = new ArrayList<>();
        String[] cells = good.split(",", -1);
        for (int i = 0; i < cells.length; i++) {
            for (String plant : PLANTS.values()) {
                String[] planted = cells.clone();
                planted[i] = plant;
                lines.add(String.join(",", planted));
            }
        }

        Reply report = server.as("recorder").importCsv(Sample.HEADER + "\n" + String.join("\n", lines));

        findNothingIn(report.toString());
        assertThat(report.at("/refused")).isEqualTo(Integer.toString(lines.size()));
        assertThat(server.as("recorder")
                        .importCsv(String.join(",", PLANTS.values()) + "\n")
                        .status())
                .isEqualTo(400);
        assertThat(server.as("recorder")
                        .importCsv("\"" + String.join("\n", PLANTS.values()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void noFurtherColumnOfAFileTakesOne() {
        Map<String, String> live = new LinkedHashMap<>();
        for (String column : List.of(
                "kind=LIVE,references=2024-9000010,organisation=DWP,unit=,received=2024-05,purpose=OTHER,gateway=OTHER",
                "lawful_basis=PUBLIC_TASK,agreement=,recipient=,individuals_submitted=5,rows_received=,duplicates=,invalid=",
                "items_submitted=NAME,items_requested=SCHOOL,decision=APPROVED,decided_on=2024-05,refusal_reason=,court=",
                "court_order_made=,override_authoriser=,override_authority=,withdrawn_on=,matched_on=2024-05",
                "individuals_matched=2,individuals_ambiguous=0,individuals_unmatched=3,disclosed_on=2024-05",
                "individuals_answered=2,individuals_returned=2,items_returned=SCHOOL,returned_by_items=2:SCHOOL",
                "outcomes_by_reference=,nil_reason=,destroyed_on=2024-05,destruction_method=SECURE_ERASE,closed_on=2024-05",
                "source=,source_reference=,source_published=")) {
            cells(live, column);
        }
        Map<String, String> total = new LinkedHashMap<>();
        cells(total, "organisation=DWP,from=1999-01,to=1999-02,requests_received=2,individuals_returned=2,source=FILE");
        cells(total, "source_reference=HCWS272,source_published=2000-01");

        for (Map<String, String> file : List.of(live, total)) {
            List<String> lines = new ArrayList<>();
            for (String column : file.keySet()) {
                for (String plant : PLANTS.values()) {
                    Map<String, String> planted = new LinkedHashMap<>(file);
                    planted.put(column, plant);
                    lines.add(String.join(",", planted.values()));
                }
            }
            Reply report =
                    server.as("recorder").importCsv(String.join(",", file.keySet()) + "\n" + String.join("\n", lines));

            findNothingIn(report.toString());
            assertThat(report.at("/refused")).isEqualTo(Integer.toString(lines.size()));
        }
    }

    private static void cells(Map<String, String> line, String named) {
        for (String cell : named.split(",", -1)) {
            line.put(cell.split("=", -1)[0], cell.split("=", -1)[1]);
        }
    }

    @Test
    void noAddressHeaderOrUserNameIsRepeated() {
        for (String plant : PLANTS.values()) {
            String encoded = URLEncoder.encode(plant, StandardCharsets.UTF_8);
            Caller auditor = server.as("auditor");
            for (String query : List.of(
                    "/figures?from=",
                    "/figures?organisation=",
                    "/figures?category=",
                    "/figures?asAt=",
                    "/figures?by=",
                    "/figures?complete=",
                    "/figures?atPosition=",
                    "/figures?waitFor=",
                    "/requests?reference=",
                    "/requests?organisation=",
                    "/requests?received=",
                    "/requests?status=",
                    "/requests?period=",
                    "/requests?olderThan=",
                    "/requests?purpose=",
                    "/requests?gateway=",
                    "/requests?awaiting=",
                    "/requests?after=",
                    "/requests?limit=",
                    "/statements?asToldOn=",
                    "/statements?organisation=",
                    "/statements?measure=",
                    "/statements?period=",
                    "/statements?channel=",
                    "/statements?reference=",
                    "/statements?corrected=",
                    "/statements?stale=",
                    "/statements?after=",
                    "/statements/conflicts?asToldOn=",
                    "/statements/conflicts?measure=")) {
                Reply reply = auditor.get(query + encoded);
                assertThat(reply.status())
                        .as("%s %s", query, plant)
                        .isIn(query.contains("reference") ? List.of(200, 400) : List.of(400));
                findNothingIn(reply.toString());
            }
            findNothingIn(auditor.get("/figures?" + encoded + "=1").toString());
            findNothingIn(
                    auditor.get("/requests/" + encoded.replace("+", "%20")).toString());
            findNothingIn(
                    auditor.get("/organisations/" + encoded.replace("+", "%20")).toString());
            findNothingIn(auditor.get("//" + encoded.replace("+", "%20")).toString());
            findNothingIn(server.anonymous()
                    .get("//problems/" + encoded.replace("+", "%20"))
                    .toString());
            findNothingIn(server.as("admin")
                    .put("/organisations/" + encoded.replace("+", "%20"), "{\"name\": \"X\", \"category\": \"OTHER\"}")
                    .toString());
            findNothingIn(auditor.get("/figures", "Accept", plant).toString());
            findNothingIn(server.as("recorder")
                    .post("/requests", "{}", "Idempotency-Key", plant, "If-Match", plant)
                    .toString());
            findNothingIn(
                    server.as(plant.replace(":", ""), plant).get("/figures").toString());
            findNothingIn(server.as("recorder").post("/requests", plant).toString());
            findNothingIn(server.as("recorder")
                    .send("POST", "/requests", plant.replaceAll("[^A-Za-z0-9/]", ""), new byte[0])
                    .toString());
            findNothingIn(RawHttp.get(server.port(), "/" + plant));
        }
    }

    @AfterAll
    void nothingGotAnywhere() throws SQLException {
        Database database = EmbeddedCluster.attach(server.directory()).orElseThrow();
        List<String> stored = new ArrayList<>();
        try (Connection connection = database.owner().connect();
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "event",
                    "ledger_entry",
                    "request",
                    "request_reference",
                    "reference_claim",
                    "organisation",
                    "actor",
                    "idempotency_key",
                    "monthly_total",
                    "content_claim")) {
                stored.add(rows(statement, table));
            }
            try (ResultSet events = statement.executeQuery(
                    "select convert_from(payload, 'UTF8') || convert_from(metadata, 'UTF8') from event")) {
                while (events.next()) {
                    stored.add(events.getString(1));
                }
            }
        }
        assertThat(stored).hasSizeGreaterThan(11);
        stored.forEach(PrivacyTest::findNothingIn);
        findNothingIn(TestServer.log());
        assertThat(TestServer.log()).contains("Started");
        findNothingIn(server.as("admin").get("//actuator/prometheus").text());
        findNothingIn(server.as("admin").get("//actuator/metrics").text());
    }

    private static String rows(Statement statement, String table) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (ResultSet found = statement.executeQuery("select t::text from " + table + " t")) {
            while (found.next()) {
                rows.append(found.getString(1)).append('\n');
            }
        }
        return rows.toString();
    }

    private static void findNothingIn(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        for (String plant : PLANTS.values()) {
            String small = plant.toLowerCase(Locale.ROOT);
            for (String form : List.of(
                    small, URLEncoder.encode(small, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT))) {
                if (folded.contains(form)) {
                    int at = folded.indexOf(form);
                    throw new AssertionError("found " + plant + " in ..."
                            + text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 100)));
                }
            }
        }
    }
}
