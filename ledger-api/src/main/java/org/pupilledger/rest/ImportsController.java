package org.pupilledger.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Busy;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.http.Caller;
import org.pupilledger.http.JsonBodyConverter;
import org.pupilledger.http.Spool;
import org.pupilledger.http.WaitFor;
import org.pupilledger.imports.CsvImport;
import org.pupilledger.imports.Imported;
import org.pupilledger.imports.Officer;
import org.pupilledger.limits.Weighing;
import org.pupilledger.limits.Weight;
import org.pupilledger.node.NodeSettings;
import org.pupilledger.node.Recording;
import org.pupilledger.node.Waiting;
import org.pupilledger.problems.Problem;
import org.pupilledger.problems.Problems;
import org.pupilledger.security.Role;
import org.pupilledger.store.Author;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Imports files of requests, and of totals of longer periods. */
@RestController
@RequestMapping(path = ImportsController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Import")
final class ImportsController {
    static final String PATH = "/api/v1/imports";

    /** Files that are on their way at once, each of which takes as much of the disk as it may have bytes. */
    private static final int MAX_ARRIVING = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ImportsController.class);
    private static final String LINES = "ledger.import.lines";
    private static final String OUTCOME = "outcome";

    private final Recording recording;
    private final Waiting waiting;
    private final CsvImport imports;
    private final Problems problems;
    private final MeterRegistry meters;
    private final Weighing weighing;
    private final Path directory;
    private final Semaphore arriving = new Semaphore(MAX_ARRIVING);

    ImportsController(
            Recording recording,
            Waiting waiting,
            NodeSettings settings,
            CsvImport imports,
            Problems problems,
            MeterRegistry meters,
            Weighing weighing) {
        this.recording = recording;
        this.waiting = waiting;
        this.directory = settings.dataDirectory();
        this.imports = imports;
        this.problems = problems;
        this.meters = meters;
        this.weighing = weighing;
        for (Imported.Outcome outcome : Imported.Outcome.values()) {
            // there from the start, so that a dashboard shows zero and not nothing
            counter(outcome);
        }
    }

    /** What became of a file; what is wrong with it comes first. */
    @Schema(name = "ImportReport")
    public record ImportReport(
            @Schema(description = "each mistake once, in words; left out where there is none")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<ImportMistake> wrong,

            int recorded,
            int alreadyRecorded,
            int refused,

            @Schema(description = "what its lines await of somebody else; left out where they do not")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<ImportAwaiting> awaiting,

            Omitted omitted,

            @Schema(description = "at most 1,000, those that were refused before all others")
            List<ImportLine> lines) {}

    /**
     * One mistake, however often it was made.
     *
     * @param column that holds it; empty where it is in the line as a whole
     * @param words  what it is and what to do, with the lines that have it
     * @param lines  how many have it
     */
    @Schema(name = "ImportMistake")
    public record ImportMistake(String column, String code, String words, int lines) {}

    /**
     * A step that somebody else must take.
     *
     * @param lines how many await it
     */
    @Schema(name = "ImportAwaiting")
    public record ImportAwaiting(String step, String role, String words, int lines) {}

    /** Lines that were looked at, and are counted, but not named. */
    @Schema(name = "ImportOmitted")
    public record Omitted(int recorded, int alreadyRecorded, int refused) {}

    /**
     * What became of a line.
     *
     * @param line    1-based number; the header is line 1
     * @param outcome {@code recorded}, {@code already-recorded} or {@code refused}
     */
    @Schema(name = "ImportLine")
    public record ImportLine(
            int line,
            String outcome,
            @Nullable String id,

            @Schema(description = "recorded now of a live request: request, decision, match and so on")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<String> steps,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ImportStep awaits,

            @Nullable Problem problem) {}

    /**
     * A step that somebody else must take.
     *
     * @param code {@code same-officer} where whoever imports may not take it, having recorded the request
     */
    @Schema(name = "ImportStep")
    public record ImportStep(
            String step,
            String role,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String code) {}

    @PostMapping(consumes = "text/csv")
    @Operation(
            summary = "Import a CSV file of requests, historic or live, or of totals of longer periods",
            description =
                    "Importing a file twice adds nothing. A line that is refused stops no other. Each officer takes"
                            + " live requests as far as their roles go, and the report says what awaits whom.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "every line looked at",
            content = @Content(schema = @Schema(implementation = ImportReport.class)))
    @Weight(64)
    ResponseEntity<ImportReport> importFile(HttpServletRequest request)
            throws IOException, HttpMediaTypeNotSupportedException {
        // not getCharacterEncoding(), which a filter sets to UTF-8 whatever the caller said
        if (!JsonBodyConverter.isUtf8(MediaType.parseMediaType(request.getContentType()))) {
            throw new HttpMediaTypeNotSupportedException("UTF-8 only");
        }
        if (request.getContentLengthLong() > CsvImport.MAX_BYTES) {
            throw TooMuch.body();
        }
        Caller.of(request).checkNoVersion();
        try (Spool file = spool(request)) {
            imports.takeTurn();
            try {
                weighing.bodyIsThere(request, 0);
                return ResponseEntity.ok(report(imports.run(file, officer(request), lines -> {})));
            } finally {
                imports.endTurn();
            }
        }
    }

    private Officer officer(HttpServletRequest request) {
        return new Officer(author(request, Role.RECORDER), author(request, Role.APPROVER));
    }

    private @Nullable Author author(HttpServletRequest request, Role role) {
        return request.isUserInRole(role.name())
                ? recording.author(request.getUserPrincipal().getName(), role.name())
                : null;
    }

    /** Nobody waits for a slow body, but those whose bodies are as slow. */
    private Spool spool(HttpServletRequest request) throws IOException {
        if (!arriving.tryAcquire()) {
            throw new Busy(Busy.With.MEMORY);
        }
        try {
            return Spool.receive(request.getInputStream(), CsvImport.MAX_BYTES, directory);
        } finally {
            arriving.release();
        }
    }

    private Counter counter(Imported.Outcome outcome) {
        return meters.counter(LINES, OUTCOME, outcome.code());
    }

    private ImportReport report(Imported report) {
        counter(Imported.Outcome.RECORDED).increment(report.counted().recorded());
        counter(Imported.Outcome.ALREADY_RECORDED).increment(report.counted().alreadyRecorded());
        counter(Imported.Outcome.REFUSED).increment(report.counted().refused());
        awaitFigures(report.last());
        return new ImportReport(
                report.wrong().stream()
                        .map(wrong -> new ImportMistake(wrong.column(), wrong.code(), wrong.sentence(), wrong.count()))
                        .toList(),
                report.counted().recorded(),
                report.counted().alreadyRecorded(),
                report.counted().refused(),
                report.awaiting().stream()
                        .map(of ->
                                new ImportAwaiting(of.what().step(), of.what().role(), of.words(), of.lines()))
                        .toList(),
                new Omitted(
                        report.omitted().recorded(),
                        report.omitted().alreadyRecorded(),
                        report.omitted().refused()),
                report.lines().stream().map(this::line).toList());
    }

    /** What is recorded is recorded: a failure here is no failure of the import. */
    private void awaitFigures(Imported.@Nullable Last last) {
        if (last != null) {
            try {
                waiting.awaitProjected(last.id(), last.sequence(), WaitFor.AT_MOST);
            } catch (RuntimeException e) {
                LOG.warn(
                        "imported, but whether it is in the figures is not known: {}",
                        e.getClass().getName());
            }
        }
    }

    private ImportLine line(Imported.Line line) {
        Imported.Awaits awaits = line.awaits();
        return new ImportLine(
                line.number(),
                line.outcome().code(),
                line.id(),
                line.steps(),
                awaits == null ? null : new ImportStep(awaits.step(), awaits.role(), awaits.code()),
                line.why() == null ? null : problems.problem(line.why()));
    }
}
