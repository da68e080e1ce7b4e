package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pupilledger.codes.Code;
import org.pupilledger.views.CodeLists;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * The description that the server gives of itself: complete, public, and its examples work. On a server of its own, since
 * the examples are of real organisations, of which a month is counted once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final String API = "/api/v1";

    /** The process-level agreement of the examples. */
    private static final String PROCESS = "MOU-2015-2";

    private final TestServer server = TestServer.start();
    private final JsonNode document = server.anonymous().get("//v3/api-docs").json();

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void describesEveryMapping() {
        Set<String> mapped = new TreeSet<>();
        server.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(info -> mapped.addAll(calls(info)));
        mapped.removeIf(call -> call.endsWith(" /error") || call.contains(" /v3/api-docs"));

        assertThat(new TreeSet<>(described())).isEqualTo(mapped);
    }

    private static List<String> calls(RequestMappingInfo info) {
        List<String> calls = new ArrayList<>();
        for (String pattern : info.getPatternValues()) {
            for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                // {*number} stands for several segments, which OpenAPI cannot say
                String path = pattern.replace("{*", "{").replaceAll("\\{(\\w+):(?:[^{}]|\\{[\\d,]+})+}", "{$1}");
                calls.add(method + " " + path);
            }
        }
        return calls;
    }

    private List<String> described() {
        List<String> calls = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return calls;
    }

    private JsonNode operation(String call) {
        String[] parts = call.split(" ", 2);
        return document.get("paths").get(parts[1]).get(parts[0].toLowerCase(Locale.ROOT));
    }

    @Test
    void namesTheHeadersOfEveryChange() {
        for (String call : described()) {
            boolean isOfJobs = call.contains("/rebuilds") || call.contains("/replays");
            boolean isChange = call.contains(API) && !call.startsWith("GET") && !call.endsWith("/imports") && !isOfJobs;
            List<String> headers = operation(call)
                    .path("parameters")
                    .valueStream()
                    .filter(parameter -> parameter.get("in").stringValue().equals("header"))
                    .map(parameter -> parameter.get("name").stringValue())
                    .toList();
            assertThat(headers.contains("If-Match")).as(call).isEqualTo(isChange);
            assertThat(headers.contains("Idempotency-Key"))
                    .as(call)
                    .isEqualTo((isChange || isOfJobs) && call.startsWith("POST"));
            if (isChange) {
                JsonNode response = operation(call).at("/responses").iterator().next();
                assertThat(response.get("headers").propertyNames()).contains("ETag", "Ledger-Sequence");
            }
        }
    }

    @Test
    void saysWhatAFieldCanBeCorrectedTo() {
        JsonNode schemas = document.at("/components/schemas");
        assertThat(schemas.at("/ChangeInput/properties/now/$ref").asString())
                .isEqualTo("#/components/schemas/FieldValue");
        assertThat(schemas.at("/FieldValue/oneOf")).isEqualTo(Reply.parse("""
                [{"type": "integer", "format": "int64"}, {"type": "string"}, {"type": "array", "items": {"type": "string"}},
                 {"type": "array", "items": {"$ref": "#/components/schemas/ReturnInput"}},
                 {"type": "array", "items": {"$ref": "#/components/schemas/OfReferenceInput"}}]
                """));
    }

    @Test
    void namesTheProblemsOfEveryCall() {
        for (String call : described()) {
            if (!call.contains(API)) {
                continue;
            }
            JsonNode responses = operation(call).get("responses");
            assertThat(responses.propertyNames())
                    .as(call)
                    .contains("400", "401", "429", "503")
                    .doesNotContain("default");
            assertThat(responses.propertyNames()).as(call).containsAnyOf("200", "201", "202", "204");
            responses.properties().forEach(response -> {
                if (response.getKey().startsWith("4") || response.getKey().startsWith("5")) {
                    assertThat(response.getValue()
                                    .at("/content/application~1problem+json/schema/$ref")
                                    .stringValue())
                            .isEqualTo("#/components/schemas/Problem");
                }
            });
        }
        assertThat(document.at("/components/schemas/Problem/properties").propertyNames())
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "instance", "errors");
    }

    @Test
    void tellsWhatIsOpenToEverybody() {
        assertThat(operation("GET /api/v1/figures").get("security")).isEmpty();
        assertThat(operation("GET /problems/{slug}").get("security")).isEmpty();
        assertThat(operation("GET /api/v1/log/checkpoint").get("security")).isEmpty();
        assertThat(operation("GET /api/v1/log/key").get("security")).isEmpty();
        assertThat(operation("GET /api/v1/log/tile/{level}/{number}").get("security"))
                .isEmpty();
        assertThat(operation("GET /api/v1/log/tile/entries/{number}")
                        .path("security")
                        .isMissingNode())
                .isTrue();
        assertThat(operation("GET /api/v1/differences").path("security").isMissingNode())
                .isTrue();
        assertThat(operation("GET /api/v1/requests").path("security").isMissingNode())
                .isTrue();
        assertThat(document.get("security")).hasSize(1);
    }

    @Test
    void namesTheTypeOfWhatTheLogAnswers() {
        assertThat(typeOf("GET /api/v1/requests/{id}/receipt")).isEqualTo("text/plain");
        assertThat(typeOf("GET /api/v1/log/checkpoint")).isEqualTo("text/plain");
        assertThat(typeOf("GET /api/v1/log/key")).isEqualTo("text/plain");
        assertThat(typeOf("GET /api/v1/log/tile/{level}/{number}")).isEqualTo("application/octet-stream");
        assertThat(typeOf("GET /api/v1/log/tile/entries/{number}")).isEqualTo("application/octet-stream");
        assertThat(typeOf("GET /api/v1/log/entries/{index}")).isEqualTo("application/json");
        assertThat(typeOf("GET /api/v1/log/proofs/inclusion")).isEqualTo("application/json");
        assertThat(typeOf("GET /api/v1/log/proofs/consistency")).isEqualTo("application/json");
    }

    @Test
    void tellsCellsOfAReplayFromCellsOfADifference() {
        JsonNode schemas = document.at("/components/schemas");
        assertThat(schemas.at("/ComparisonView/properties/cells/items/$ref").asString())
                .isEqualTo("#/components/schemas/ComparedCell");
        assertThat(schemas.at("/ComparedCell/properties").propertyNames()).contains("given", "replayed", "shownAt");
        assertThat(schemas.at("/Cell/properties").propertyNames()).contains("was", "now", "wasNotStated");
    }

    @Test
    void everyListOfCodesIsAnEnumWithLabels() {
        JsonNode lists =
                server.anonymous().get("//codes", "Accept", "application/json").json();
        JsonNode schemas = document.at("/components/schemas");
        Set<String> codes = new TreeSet<>();

        for (JsonNode list : lists) {
            JsonNode schema = schemas.valueStream()
                    .filter(one -> one.path("description").equals(list.get("description")))
                    .findFirst()
                    .orElseThrow();
            assertThat(schema.get("type").stringValue()).isEqualTo("string");
            assertThat(schema.get("enum").valueStream().toList())
                    .as("%s", list)
                    .isEqualTo(list.get("codes")
                            .valueStream()
                            .map(coded -> coded.get("code"))
                            .toList());
            assertThat(schema.get("x-enum-descriptions").valueStream().toList())
                    .isEqualTo(list.get("codes")
                            .valueStream()
                            .map(coded -> coded.get("label"))
                            .toList());
            codes.add(list.get("name").stringValue());
        }

        assertThat(codes).contains("purpose", "gateway", "coverage", "rule");
        assertThat(schemas.at("/RequestInput/properties/purpose/$ref").stringValue())
                .isEqualTo("#/components/schemas/PurposeCode");
        assertThat(schemas.at("/RequestInput/properties/requestedItems/items/$ref")
                        .stringValue())
                .isEqualTo("#/components/schemas/ItemCode");
        assertThat(schemas.at("/Request/properties/status/$ref").stringValue())
                .isEqualTo("#/components/schemas/StatusCode");
        assertThat(operation("GET /api/v1/figures")
                        .get("parameters")
                        .valueStream()
                        .filter(parameter -> parameter.get("name").stringValue().equals("category"))
                        .map(parameter -> parameter.at("/schema/$ref").stringValue()))
                .containsExactly("#/components/schemas/OrganisationCategoryCode");
    }

    @Test
    void everyPageNamesTheFormsInWhichItIsAnswered() {
        Set<String> pages = new TreeSet<>();
        for (String call : described()) {
            if (!call.contains(API) && !call.contains("/problems") && !call.contains("/actuator")) {
                assertThat(operation(call).get("summary")).as(call).isNotNull();
                JsonNode content = operation(call).at("/responses/200/content");
                if (content.has("text/csv")) {
                    pages.add(call);
                    assertThat(content.propertyNames())
                            .as(call)
                            .containsExactlyInAnyOrder("text/html", "application/json", "text/csv");
                    assertThat(content.at("/application~1json/schema").propertyNames())
                            .as(call)
                            .containsAnyOf("$ref", "items");
                    assertThat(operation(call).at("/responses/406").isMissingNode())
                            .as(call)
                            .isFalse();
                } else if (!call.contains("{quarter}")) {
                    String type = content.propertyNames().stream().findFirst().orElseThrow();
                    assertThat(server.anonymous()
                                    .get("/" + call.substring("GET ".length()).replace("{name}", "ledger.css"))
                                    .header("content-type"))
                            .as(call)
                            .startsWith(type.replace("*/*", "text/css"));
                }
            }
        }
        assertThat(pages).contains("GET /", "GET /{quarter}/{table}", "GET /requests", "GET /codes");
        assertThat(document.at("/components/schemas/ShownHome/properties/figures/items/$ref")
                        .stringValue())
                .isEqualTo("#/components/schemas/ShownFigure");
    }

    @Test
    void isTheSameWhoeverAsksAndWhenever() {
        String again = server.anonymous().get("//v3/api-docs").text();

        assertThat(Reply.parse(again)).isEqualTo(document);
        assertThat(again).doesNotContain("127.0.0.1");
        assertThat(server.as("auditor").get("//v3/api-docs").text()).isEqualTo(again);
    }

    @Test
    void noListOfCodesIsForgotten() {
        Set<String> listed = new TreeSet<>();
        CodeLists.all().forEach(list -> list.codes().forEach(coded -> listed.add(coded.label())));

        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.pupilledger")) {
            if (type.isEnum() && type.isAssignableTo(Code.class)) {
                for (Object code : type.reflect().getEnumConstants()) {
                    assertThat(listed).as(type.getName()).contains(((Code) code).label());
                }
            }
        }
    }

    private String typeOf(String call) {
        JsonNode response = operation(call).at("/responses/200");
        assertThat(response.get("headers").propertyNames()).as(call).contains("Cache-Control");
        return String.join(" ", response.get("content").propertyNames());
    }

    @Test
    void itsExamplesTellTheLifeOfARequest() {
        Set<String> sent = new TreeSet<>();
        String live = send(sent, "POST /api/v1/requests", "live", "", 201).id();
        send(sent, "POST /api/v1/requests", "historic", "", 201);
        for (String step : List.of(
                "decision approval",
                "match match",
                "disclosure disclosure",
                "destruction destruction",
                "closure closure",
                "corrections correction",
                "annulment annulment")) {
            String[] parts = step.split(" ", 2);
            send(sent, "POST /api/v1/requests/{id}/" + parts[0], parts[1], live, 200);
        }
        send(sent, "POST /api/v1/requests/{id}/withdrawal", "withdrawal", newRequest(), 200);
        send(sent, "POST /api/v1/requests/{id}/decision", "refusal", newRequest(), 200);
        String ordered = newRequest();
        send(sent, "POST /api/v1/requests/{id}/decision", "courtOrder", ordered, 200);
        send(sent, "POST /api/v1/requests/{id}/match", "match", ordered, 200);
        send(sent, "POST /api/v1/requests/{id}/disclosure", "nilReturn", ordered, 200);
        send(sent, "POST /api/v1/requests/{id}/further-disclosures", "furtherDisclosure", ordered, 200);
        String group = newRequest();
        send(sent, "POST /api/v1/requests/{id}/references", "reference", group, 200);
        send(sent, "POST /api/v1/requests/{id}/reference-refusals", "referenceRefusal", group, 200);
        send(sent, "POST /api/v1/agreements", "umbrella", "", 201);
        send(sent, "POST /api/v1/agreements", "process", "", 201);
        String agreements = "POST /api/v1/agreements/{reference}/";
        send(sent, agreements + "amendments", "amendment", PROCESS, 200);
        send(sent, agreements + "suspension", "suspension", PROCESS, 200);
        send(sent, "POST /api/v1/requests/{id}/decision", "override", underSuspended(), 200);
        send(sent, agreements + "resumption", "resumption", PROCESS, 200);
        send(sent, agreements + "end", "end", PROCESS, 200);
        send(sent, agreements + "listing", "listing", PROCESS, 200);
        send(sent, agreements + "unlisting", "unlisting", PROCESS, 200);
        send(sent, agreements + "corrections", "end", PROCESS, 200);
        send(sent, agreements + "annulment", "annulment", PROCESS, 200);
        send(sent, "PUT /api/v1/organisations/{code}", "organisation", "T_EXAMPLE", 201);
        String total =
                send(sent, "POST /api/v1/period-totals", "homeOffice", "", 201).id();
        send(sent, "POST /api/v1/period-totals/{id}/corrections", "correction", total, 200);
        send(sent, "POST /api/v1/period-totals/{id}/annulment", "annulment", total, 200);
        String told =
                send(sent, "POST /api/v1/statements", "parliament", "", 201).id();
        send(sent, "POST /api/v1/statements", "backedByTheLedger", "", 201);
        send(sent, "POST /api/v1/statements/{id}/correction", "correction", told, 200);
        send(sent, "POST /api/v1/statements/{id}/recipients-told", "recipientsTold", told, 200);
        send(sent, "POST /api/v1/statements/{id}/annulment", "annulment", told, 200);
        String covering = "POST /api/v1/coverage";
        String covered = send(server.as("publisher"), sent, covering, "fromASource", "", 201)
                .id();
        send(server.as("publisher"), sent, covering + "/{id}/dropping", "nothing", covered, 200);
        send(server.as("publisher"), sent, covering, "fromASource", "", 200);
        send(server.as("approver"), sent, covering + "/{id}/confirmation", "nothing", covered, 200);
        send(server.as("publisher"), sent, covering + "/{id}/withdrawal", "withdrawal", covered, 200);
        send(server.as("approver"), sent, covering + "/{id}/confirmation", "nothing", covered, 200);
        send(sent, "POST /api/v1/rebuilds", "totals", "", 202);
        Reply imported = send(sent, "POST /api/v1/imports", "file", "", 200);

        assertThat(imported.at("/recorded")).isEqualTo("1");
        assertThat(send(sent, "POST /api/v1/imports", "totals", "", 200).at("/recorded"))
                .isEqualTo("1");
        assertThat(sent).as("every example").isEqualTo(examples(false));
    }

    /** On a server of its own, since what it releases everybody sees. */
    @Test
    void itsExamplesTellTheLifeOfAnEdition() {
        Set<String> sent = new TreeSet<>();
        try (TestServer own = TestServer.start()) {
            Caller publisher = own.as("publisher");
            Caller approver = own.as("approver");
            Caller recorder = own.as("recorder");
            recorder.read(recorder.post("/requests", Sample.historic("DWP", "2023-08", "7", "")));
            String editions = "POST /api/v1/editions";
            send(publisher, sent, editions, "edition", "", 201);
            send(publisher, sent, editions + "/{quarter}/schedule", "schedule", "2023-Q3", 200);
            send(publisher, sent, editions + "/{quarter}/preview", "nothing", "2023-Q3", 200);
            send(approver, sent, editions + "/{quarter}/release", "nothing", "2023-Q3", 200);
            recorder.read(recorder.post("/requests", Sample.historic("DWP", "2023-09", "5", "")));
            send(publisher, sent, editions + "/{quarter}/revisions", "correction", "2023-Q3", 200);
        }

        assertThat(sent).as("every example").isEqualTo(examples(true));
    }

    private Set<String> examples(boolean isOfEditions) {
        Set<String> examples = new TreeSet<>();
        for (String call : described()) {
            if (call.contains("/editions") != isOfEditions) {
                continue;
            }
            operation(call)
                    .at("/requestBody/content")
                    .forEach(body ->
                            body.path("examples").propertyNames().forEach(name -> examples.add(call + " " + name)));
        }
        return examples;
    }

    private String newRequest() {
        return server.as("recorder")
                .post("/requests", Sample.live("DWP", "2024-05-01", 12))
                .id();
    }

    private String underSuspended() {
        return server.as("recorder")
                .post("/requests", Sample.under(PROCESS, "HOME_OFFICE", "2024-05-01", 12))
                .id();
    }

    private Reply send(Set<String> sent, String call, String example, String id, int status) {
        return send(caller(call), sent, call, example, id, status);
    }

    private Reply send(Caller caller, Set<String> sent, String call, String example, String id, int status) {
        String type = call.endsWith("/imports") ? Caller.CSV : Caller.JSON;
        JsonNode value = operation(call)
                .get("requestBody")
                .get("content")
                .get(type)
                .get("examples")
                .get(example)
                .get("value");
        String body = value.isString() ? value.stringValue() : value.toString();
        String path = call.substring(call.indexOf(' ') + 1 + API.length()).replaceAll("\\{[a-z]+}", id);
        Reply reply =
                caller.send(call.substring(0, call.indexOf(' ')), path, type, body.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).as("%s %s %s", call, example, reply).isEqualTo(status);
        sent.add(call + " " + example);
        return reply;
    }

    private Caller caller(String call) {
        if (call.startsWith("PUT") || call.endsWith("/rebuilds")) {
            return server.as("admin");
        }
        if (call.endsWith("/annulment")) {
            // somebody else than whoever decided and corrected
            return server.as("officer");
        }
        return server.as(call.matches(".*/(decision|reference-refusals|corrections?)") ? "approver" : "recorder");
    }
}
