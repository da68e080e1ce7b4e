package org.pupilledger.rest;

import io.swagger.v3.core.util.PrimitiveType;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pupilledger.comparison.ComparisonForm;
import org.pupilledger.comparison.ComparisonForm.Member;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Step;
import org.pupilledger.problems.ProblemType;
import org.pupilledger.published.DifferencesController;
import org.pupilledger.published.EditionsController;
import org.pupilledger.published.LogController;
import org.pupilledger.security.Access;
import org.pupilledger.views.CodeLists;
import org.pupilledger.views.JsonSchemas;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Adds to the description what holds for all calls alike: headers, problems, and examples of bodies. */
@Component
final class ApiDescription implements OpenApiCustomizer {
    private static final String API = "/api/v1/";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String PROBLEM = SCHEMAS + "Problem";

    /** What a replay and other figures differ in. */
    static final String COMPARISON = SCHEMAS + "ComparisonView";

    /** What is answered when a thing was taken on a {@link Step}, by where such things are. */
    private static final Map<String, String> THINGS = Map.of(
            RequestsController.PATH, "Request",
            PeriodTotalsController.PATH, "PeriodTotal",
            StatementsController.PATH, "StatementView",
            AgreementsController.PATH, "Agreement",
            CoverageController.PATH, "CoverageView",
            EditionsController.PATH, "Edition");

    /** Members of statements that are a number where it was told exactly, else an object, by schema. */
    private static final Map<String, List<String>> AMOUNTS = Map.of(
            "StatementInput", List.of("value"),
            "StatementCorrectionInput", List.of("was", "now"),
            "RecipientsToldInput", List.of("value"),
            "StatementView", List.of("originalValue", "value", "currentValue", "toldValue"),
            "StatementCorrectionView", List.of("was", "now"),
            "StaleView", List.of("rightValue"),
            "ToldView", List.of("value"),
            "SaidView", List.of("value"));

    @Override
    public void customise(OpenAPI api) {
        CodeLists.all().forEach(list -> api.getComponents().addSchemas(list.schema(), JsonSchemas.schema(list)));
        addSchemas(api.getComponents(), DifferencesController.SCHEMA, "Cell", "Event", ComparisonForm.POSITIONS);
        addSchemas(api.getComponents(), COMPARISON, "ComparedCell", "ComparedEvent", ComparisonForm.REPLAY);
        AMOUNTS.forEach((schema, names) -> names.forEach(
                name -> Objects.requireNonNull(api.getComponents().getSchemas().get(schema))
                        .addProperty(name, amount())));
        api.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> describe(path, method, operation)));
    }

    /** A comparison is written member by member: there is no class that tells which it has. */
    private static void addSchemas(Components to, String whole, String cell, String event, ComparisonForm form) {
        to.addSchemas(cell, schema(form.cell()));
        to.addSchemas(event, schema(form.event()));
        to.addSchemas(
                whole.substring(SCHEMAS.length()),
                schema(form.head())
                        .addProperty("cells", listOf(new Schema<>().$ref(SCHEMAS + cell)))
                        .addProperty("events", listOf(new Schema<>().$ref(SCHEMAS + event))));
    }

    private static <T> Schema<?> schema(List<Member<T>> members) {
        Schema<?> schema = new ObjectSchema();
        members.forEach(member -> schema.addProperty(
                member.name(),
                member.type() == List.class
                        ? listOf(PrimitiveType.createProperty(Long.class))
                        : PrimitiveType.createProperty(member.type())));
        return schema;
    }

    private static Schema<?> amount() {
        return new Schema<>()
                .oneOf(List.of(PrimitiveType.createProperty(Long.class), new Schema<>().$ref(SCHEMAS + "AmountInput")));
    }

    private static Schema<?> listOf(Schema<?> item) {
        return new ArraySchema().items(item);
    }

    private static void describe(String path, HttpMethod method, Operation operation) {
        if (isPublic(path)) {
            operation.setSecurity(List.of());
        }
        if (!path.startsWith(API)) {
            return;
        }
        boolean isChange = method != HttpMethod.GET;
        boolean isImport = path.equals(ImportsController.PATH);
        boolean isVersioned = isChange && !isImport && !isOfJobs(path);
        examples(method + " " + path, operation);
        if (isVersioned) {
            operation.addParametersItem(header(
                    HttpHeaders.IF_MATCH,
                    "only if this is still the version that the ETag begins with; else 412 stale-version",
                    new StringSchema()));
            operation.addParametersItem(header(
                    HttpHeaders.IF_NONE_MATCH,
                    "only if this is not the version, or with * only if there is none; else 412 stale-version",
                    new StringSchema()));
        }
        if (method == HttpMethod.POST && !isImport) {
            operation.addParametersItem(header(
                    Answers.IDEMPOTENCY_KEY,
                    "the same key with the same body gives the first answer again",
                    new StringSchema().minLength(1).maxLength(100)));
        }
        ApiResponses responses = operation.getResponses();
        THINGS.forEach((place, thing) -> {
            if (method == HttpMethod.POST && path.startsWith(place + "/")) {
                responses.addApiResponse(
                        "200",
                        described(
                                "recorded, or told again",
                                org.springframework.http.MediaType.APPLICATION_JSON_VALUE,
                                "#/components/schemas/" + thing));
            }
        });
        ApiResponse unnamed = responses.remove("default");
        if (unnamed != null) {
            responses.addApiResponse("200", unnamed.description("recorded, or told again"));
        }
        responses.forEach((status, response) -> {
            if (isVersioned) {
                response.addHeaderObject(Answers.LEDGER_SEQUENCE, answered("0-based sequence of the newest event"));
            }
            if ((path.contains("{") && !isOfLog(path) && !isOfJobs(path)) || isVersioned) {
                response.addHeaderObject(
                        HttpHeaders.ETAG,
                        answered(
                                isChange
                                        ? "the same sequence, in double quotes"
                                        : "in double quotes the sequence of the newest event and a digest of the"
                                                + " answer"));
            }
            if (isOfLog(path)) {
                response.addHeaderObject(HttpHeaders.CACHE_CONTROL, answered("who may keep it, and how long"));
            }
            if (status.equals("201") || status.equals("202")) {
                response.addHeaderObject(HttpHeaders.LOCATION, answered("where it is from now on"));
            }
        });
        problems(path, isChange, isImport, mayBeUnsealed(path, operation))
                .forEach((status, slugs) -> responses.addApiResponse(status, problem(String.join(", ", slugs))));
    }

    private static boolean isPublic(String path) {
        return Access.table().stream()
                .filter(access -> access.who().equals(Access.PUBLIC))
                .map(Access::pattern)
                .anyMatch(pattern -> pattern.endsWith("/**")
                        ? (path + "/").startsWith(pattern.substring(0, pattern.length() - 2))
                        : path.equals(pattern));
    }

    /** What proves something has no version: it never changes, or anything newer proves as much. */
    private static boolean isOfLog(String path) {
        return path.startsWith(LogController.PATH) || path.endsWith("/receipt");
    }

    /** What is done in the background has no version: it changes by itself. */
    private static boolean isOfJobs(String path) {
        return path.startsWith(RebuildsController.PATH) || path.startsWith(ReplaysController.PATH);
    }

    private static boolean mayBeUnsealed(String path, Operation operation) {
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        return path.equals(LogController.KEY)
                || parameters.stream().anyMatch(parameter -> "waitFor".equals(parameter.getName()));
    }

    private static Map<String, Set<String>> problems(
            String path, boolean isChange, boolean isImport, boolean mayBeUnsealed) {
        Set<ProblemType> types = EnumSet.of(
                ProblemType.INVALID_REQUEST,
                ProblemType.UNAUTHENTICATED,
                ProblemType.NOT_ACCEPTABLE,
                ProblemType.TOO_MANY_REQUESTS,
                ProblemType.INTERNAL_ERROR,
                ProblemType.UNAVAILABLE);
        if (isChange) {
            types.addAll(EnumSet.of(
                    ProblemType.FORBIDDEN,
                    ProblemType.FOREIGN_ORIGIN,
                    ProblemType.REQUEST_TIMEOUT,
                    ProblemType.PAYLOAD_TOO_LARGE,
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    ProblemType.NOT_RECORDING));
        }
        if (mayBeUnsealed) {
            types.add(ProblemType.NOT_SEALED_YET);
        }
        if (isChange && !isImport) {
            types.addAll(EnumSet.of(ProblemType.STALE_VERSION, ProblemType.RULE_BROKEN, ProblemType.PERSONAL_DATA));
            if (!path.startsWith(OrganisationsController.PATH)) {
                types.add(ProblemType.IDEMPOTENCY_KEY_REUSED);
            }
            if (path.startsWith(AgreementsController.PATH)
                    || path.startsWith(EditionsController.PATH)
                    || path.startsWith(RebuildsController.PATH)) {
                types.add(ProblemType.CONFLICT);
            }
            if (path.startsWith(RequestsController.PATH)) {
                types.add(ProblemType.DUPLICATE_REFERENCE);
            }
            if (path.startsWith(EditionsController.PATH)) {
                types.add(ProblemType.NOT_SEALED_YET);
            }
        }
        if (path.startsWith(EditionsController.PATH) && path.contains("/files/")) {
            types.add(ProblemType.NOT_RELEASED);
        }
        if (path.contains("{id}") || path.contains("{reference}") || path.contains("{quarter}")) {
            types.add(ProblemType.NOT_FOUND);
            if (isChange) {
                types.add(ProblemType.CONFLICT);
            }
        }
        boolean isOneOfMany = path.contains("{code}") || (path.startsWith(LogController.PATH) && path.contains("{"));
        if (isOneOfMany && !isChange) {
            types.add(ProblemType.NOT_FOUND);
        }
        if (path.contains("/entries/") || isOfJobs(path)) {
            types.add(ProblemType.FORBIDDEN);
        }
        Map<String, Set<String>> slugs = new TreeMap<>();
        types.forEach(type -> slugs.computeIfAbsent(Integer.toString(type.status()), status -> new TreeSet<>())
                .add(type.slug()));
        return slugs;
    }

    private static ApiResponse problem(String slugs) {
        return described(slugs, org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE, PROBLEM);
    }

    private static ApiResponse described(String description, String type, String schema) {
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(type, new MediaType().schema(new Schema<>().$ref(schema))));
    }

    private static Header answered(String description) {
        return new Header().description(description).schema(new StringSchema());
    }

    private static Parameter header(String name, String description, Schema<?> schema) {
        return new Parameter().in("header").name(name).description(description).schema(schema);
    }

    private static void examples(String call, Operation operation) {
        if (operation.getRequestBody() == null) {
            return;
        }
        operation
                .getRequestBody()
                .getContent()
                .forEach((type, body) -> new TreeMap<>(ApiExamples.of(call))
                        .forEach((name, text) -> body.addExamples(name, new Example().value(value(type, text)))));
    }

    private static Object value(String type, String text) {
        return type.equals(org.springframework.http.MediaType.APPLICATION_JSON_VALUE)
                ? JsonMapper.shared().readValue(text, Object.class)
                : text;
    }
}
