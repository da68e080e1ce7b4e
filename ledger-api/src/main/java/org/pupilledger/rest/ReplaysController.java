package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.comparison.ComparisonForm;
import org.pupilledger.digest.Sha256;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresView;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Caller;
import org.pupilledger.http.Conditions;
import org.pupilledger.http.JsonBodyConverter;
import org.pupilledger.http.JsonInput;
import org.pupilledger.http.NothingHere;
import org.pupilledger.intake.EditionInput.NothingInput;
import org.pupilledger.limits.Weighing;
import org.pupilledger.limits.Weight;
import org.pupilledger.node.Publications;
import org.pupilledger.node.Recording;
import org.pupilledger.node.Registers;
import org.pupilledger.node.Replays;
import org.pupilledger.organisation.Category;
import org.pupilledger.past.ReplayQuery;
import org.pupilledger.past.ReplayQuery.With;
import org.pupilledger.problems.Problems;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.Queries;
import org.pupilledger.replay.ReplayJobs;
import org.pupilledger.replay.ReplayJobs.Job;
import org.pupilledger.values.BusinessDate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Replays of the whole ledger, which take as long as it is large. */
@RestController
@RequestMapping(path = ReplaysController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Audit")
record ReplaysController(
        Registers registers,
        Publications publications,
        Replays replays,
        Recording recording,
        Problems problems,
        Weighing weighing) {
    static final String PATH = "/api/v1/replays";

    /** Of a CSV that is compared: more than all tables of fifty years. */
    private static final int MAX_CSV_BYTES = 8 << 20;

    private static final MediaType CSV = MediaType.parseMediaType("text/csv");

    /** The replays that are remembered. */
    @Schema(name = "Replays")
    record ReplaysView(List<ReplayView> items, @Nullable String next) {}

    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
    @Operation(
            summary = "Replay every entry, verified, and compare the figures",
            description =
                    "Answers at once with the address of the replay. A body of type text/csv is figures to compare:"
                            + " what GET /figures answers, or a table of figures of an edition. Otherwise it is {}.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = NothingInput.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "202",
            description = "taken on",
            content = @Content(schema = @Schema(implementation = ReplayView.class)))
    @Weight(8)
    ResponseEntity<ReplayView> begin(
            @Parameter(description = "first month") @RequestParam(required = false) @Nullable String from,
            @Parameter(description = "last month, inclusive") @RequestParam(required = false) @Nullable String to,
            @Parameter(description = "month, quarter, year or total") @RequestParam(required = false) @Nullable
                    String by,
            @RequestParam(required = false) @Nullable String organisation,
            @Parameter(schema = @Schema(implementation = Category.class)) @RequestParam(required = false) @Nullable
                    String category,
            @Parameter(description = "true for rows without requests too") @RequestParam(required = false) @Nullable
                    String complete,
            @Parameter(description = "true to count an organisation with what it belongs to")
                    @RequestParam(required = false)
                    @Nullable
                    String rollUp,
            @Parameter(description = "as the ledger knew them at an instant, or the end of a date")
                    @RequestParam(required = false)
                    @Nullable
                    String asAt,
            @Parameter(description = "as the ledger knew them at a position") @RequestParam(required = false) @Nullable
                    String atPosition,
            @Parameter(description = "live, a released edition, 2023-Q3, or a revision of it, 2023-Q3.1")
                    @RequestParam(required = false)
                    @Nullable
                    String compare,
            @RequestParam(required = false) @Nullable String waitFor,
            HttpServletRequest request)
            throws IOException {
        FiguresQuery figures = Queries.figures(from, to, by, organisation, category, complete, rollUp, null);
        Queries.checkKnown(figures.organisation(), registers.organisations());
        Caller.of(request).checkNoVersion();
        boolean isOfCsv = isCsv(request);
        byte[] body = body(request, isOfCsv ? MAX_CSV_BYTES : JsonBodyConverter.MAX_BYTES);
        if (!isOfCsv) {
            if (!JsonBodyConverter.isUtf8(MediaType.parseMediaType(request.getContentType()))) {
                throw new ResponseStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
            }
            JsonInput.read(body, NothingInput.class);
        }
        if (isOfCsv && compare != null) {
            throw new InvalidInput("compare", "malformed", "Give a CSV or 'compare', not both.");
        }
        ReplayQuery query = new ReplayQuery(
                figures,
                ReplayQuery.until(asAt, atPosition, BusinessDate.ZONE),
                asAt,
                isOfCsv ? new With.Csv(body) : ReplayQuery.with(compare, publications.editions()));
        Job job = replays.jobs()
                .submit(
                        key(request),
                        content(request, body),
                        new ReplayJobs.Asked(
                                recording.now(),
                                asAt,
                                atPosition == null ? null : Queries.position(atPosition),
                                figures,
                                isOfCsv ? "csv" : compare),
                        listener -> query.run(replays.comparisons(), listener));
        return ResponseEntity.accepted()
                .header(HttpHeaders.LOCATION, PATH + "/" + job.id())
                .body(view(job, true));
    }

    private byte[] body(HttpServletRequest request, int most) throws IOException {
        byte[] body = weighing.read(request, request.getInputStream(), most);
        if (body.length > most) {
            throw TooMuch.body();
        }
        return body;
    }

    private static boolean isCsv(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && CSV.includes(MediaType.parseMediaType(type));
    }

    /** Of this caller and this path; null where none was given. */
    private @Nullable String key(HttpServletRequest request) {
        Caller caller = Caller.of(request);
        var call = Answers.call(caller.key(), caller.user(), caller.method(), caller.path());
        return call == null ? null : call.actor() + " " + HexFormat.of().formatHex(call.keyHash());
    }

    private static String content(HttpServletRequest request, byte[] body) {
        return request.getQueryString() + " " + Sha256.of(body);
    }

    @GetMapping
    @Operation(summary = "The replays that are remembered, the newest first")
    ReplaysView replays(@RequestParam(required = false) @Nullable String waitFor) {
        return new ReplaysView(
                replays.jobs().all().stream().map(job -> view(job, false)).toList(), null);
    }

    @GetMapping("/{id}")
    @Operation(summary = "How far a replay is, and in the end what it gives")
    @Weight(24)
    ReplayView replay(@PathVariable String id, @RequestParam(required = false) @Nullable String waitFor) {
        return view(find(id), true);
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "End a replay that nobody waits for any more")
    @ApiResponse(responseCode = "204", description = "ended, or over before", content = @Content)
    ResponseEntity<Void> cancel(@PathVariable String id) {
        replays.jobs().cancel(find(id));
        return ResponseEntity.noContent().build();
    }

    private Job find(String id) {
        return replays.jobs()
                .find(UUID.fromString(Conditions.requestId(id).toString()))
                .orElseThrow(NothingHere::new);
    }

    /** @param isWhole false in a list, which would be long */
    private ReplayView view(Job job, boolean isWhole) {
        ReplayJobs.Answer answer = isWhole ? job.answer() : null;
        ReplayJobs.Asked asked = job.asked();
        FiguresQuery query = asked.figures();
        Comparison comparison = answer == null ? null : answer.comparison();
        RuntimeException failure = job.failure();
        return new ReplayView(
                job.id().toString(),
                asked.at(),
                asked.asAt(),
                asked.atPosition(),
                query.by().code(),
                text(query.from()),
                text(query.to()),
                text(query.organisation()),
                query.category() == null ? null : query.category().name(),
                asked.compare(),
                job.state().name(),
                job.percent(),
                job.entriesPerSecond(),
                answer == null ? null : FiguresView.of(answer.figures()),
                comparison == null ? null : ComparisonForm.REPLAY.json(comparison),
                failure == null ? null : problems.problem(failure));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
