package org.pupilledger.opendata;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.problems.ProblemType;
import org.pupilledger.views.CodeLists.CodeList;
import org.pupilledger.web.FigurePages;
import org.pupilledger.web.HomePage;
import org.pupilledger.web.PageFormat;
import org.pupilledger.web.WhyPages;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Adds to the description what each page answers: as a page, as JSON, as CSV. */
@Component
final class PagesDescription implements OpenApiCustomizer {
    private static final String TAG = "Pages";

    /**
     * What a page is.
     *
     * @param json   what is answered as JSON, or each element of it; null for a row with the columns of a published table
     * @param isList whether it is a list of these
     */
    private record Told(String summary, @Nullable Class<?> json, boolean isList) {
        static Told one(String summary, Class<?> json) {
            return new Told(summary, json, false);
        }

        static Told list(String summary, @Nullable Class<?> json) {
            return new Told(summary, json, true);
        }
    }

    /** Those that programs can have too. */
    private static final Map<String, Told> PAGES = Map.ofEntries(
            Map.entry("/", Told.one("The newest figures in words", HomePage.Home.class)),
            Map.entry("/releases", Told.list("When what was and will be released", ReleasePages.Line.class)),
            Map.entry("/{quarter}", Told.one("A released edition", FigurePages.View.class)),
            Map.entry("/{quarter}/{table}", Told.one("A table of an edition", FigurePages.Listing.class)),
            Map.entry(
                    "/{quarter}/{table}/{period}/{organisation}/{column}",
                    Told.one("Why a published number is this one", WhyPages.Why.class)),
            Map.entry(
                    "/{quarter}/requests/{number}",
                    Told.one("A request, as an edition lists it", RequestPages.Request.class)),
            Map.entry("/requests", Told.list("Requests, as the newest edition lists them", null)),
            Map.entry(
                    "/agreements",
                    Told.list("Agreements, which are in force on a day, and why, as far as editions tell", null)),
            Map.entry("/statements", Told.list("Figures that were told outside", StatementPages.Told.class)),
            Map.entry("/search", Told.list("What is found by a word, a reference or a period", SearchPages.Hit.class)),
            Map.entry("/codes", Told.list("Every list of codes", CodeList.class)));

    /** Something that is answered in one form. */
    private record File(String summary, String type) {}

    private static final Map<String, File> FILES = Map.ofEntries(
            Map.entry("/about", new File("What this is, and how to read it", "text/html")),
            Map.entry("/check", new File("Checking in the browser", "text/html")),
            Map.entry("/check.html", new File("The same as one file", "text/html")),
            Map.entry("/releases.ics", new File("The releases, as iCalendar (RFC 5545)", "text/calendar")),
            Map.entry(
                    "/releases.atom",
                    new File("Releases and corrections, as a feed (RFC 4287)", "application/atom+xml")),
            Map.entry(
                    "/catalogue.jsonld",
                    new File("Every edition and its files, for catalogues of data (DCAT 3)", "application/ld+json")),
            Map.entry(
                    "/{quarter}/catalogue.jsonld",
                    new File("An edition and its files, for catalogues of data (DCAT 3)", "application/ld+json")),
            Map.entry(
                    "/{quarter}/datapackage.json",
                    new File("The tables of an edition as a data package (Frictionless)", "application/json")),
            Map.entry("/sitemap.xml", new File("What there is for search engines", "application/xml")),
            Map.entry("/robots.txt", new File("What robots may read (RFC 9309)", "text/plain")),
            Map.entry("/favicon.ico", new File("The sign of the site", "image/png")),
            Map.entry("/assets/{name}", new File("Style and scripts of the pages", "*/*")));

    @Override
    public void customise(OpenAPI api) {
        PAGES.forEach((path, told) -> {
            Operation page = operation(api, path);
            page.tags(List.of(TAG)).summary(told.summary());
            page.addParametersItem(new Parameter()
                    .in("query")
                    .name(PageFormat.PARAMETER)
                    .description("goes before what the caller accepts")
                    .schema(formats()));
            Content content = new Content();
            content.addMediaType("text/html", text());
            content.addMediaType("application/json", new MediaType().schema(json(api, told)));
            content.addMediaType("text/csv", text());
            page.setResponses(answers(content, ProblemType.INVALID_REQUEST, ProblemType.NOT_ACCEPTABLE));
            if (path.contains("{")) {
                page.getResponses().addApiResponse("404", problem(ProblemType.NOT_FOUND));
            }
        });
        FILES.forEach((path, file) -> {
            Operation operation = operation(api, path);
            operation.tags(List.of(TAG)).summary(file.summary());
            operation.setResponses(answers(new Content().addMediaType(file.type(), text())));
        });
    }

    private static Operation operation(OpenAPI api, String path) {
        return Objects.requireNonNull(api.getPaths().get(path), "no such page").getGet();
    }

    private static Schema<?> formats() {
        StringSchema formats = new StringSchema();
        formats.addType("string");
        formats.setEnum(Stream.of(PageFormat.values())
                .map(format -> format.name().toLowerCase(Locale.ROOT))
                .toList());
        return formats;
    }

    private static Schema<?> json(OpenAPI api, Told told) {
        Schema<?> one;
        if (told.json() == null) {
            one = new ObjectSchema().description("by the names of the columns of the table");
        } else {
            ResolvedSchema resolved =
                    ModelConverters.getInstance(true).resolveAsResolvedSchema(new AnnotatedType(told.json()));
            new LinkedHashMap<>(resolved.referencedSchemas)
                    .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
            one = new Schema<>().$ref("#/components/schemas/" + resolved.schema.getName());
        }
        return told.isList() ? new ArraySchema().items(one) : one;
    }

    private static MediaType text() {
        Schema<?> text = new StringSchema();
        text.addType("string");
        return new MediaType().schema(text);
    }

    private static ApiResponses answers(Content content, ProblemType... problems) {
        ApiResponse found = new ApiResponse().description("found").content(content);
        for (String header : List.of(HttpHeaders.ETAG, HttpHeaders.CACHE_CONTROL)) {
            found.addHeaderObject(header, new Header().schema(new StringSchema()));
        }
        ApiResponses answers = new ApiResponses();
        answers.addApiResponse("200", found);
        answers.addApiResponse("304", new ApiResponse().description("as the caller has it"));
        for (ProblemType problem : problems) {
            answers.addApiResponse(Integer.toString(problem.status()), problem(problem));
        }
        return answers;
    }

    private static ApiResponse problem(ProblemType type) {
        return new ApiResponse()
                .description(type.slug())
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }
}
