package org.pupilledger.rest;

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
import org.pupilledger.limits.Weighing;
import org.pupilledger.limits.Weight;
import org.pupilledger.node.NodeSettings;
import org.pupilledger.node.Recording;
import org.pupilledger.node.Waiting;
import org.pupilledger.problems.Problem;
import org.pupilledger.problems.Problems;
import org.pupilledger.security.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Imports files of historic requests. */
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
    private static final String RECORDED = "recorded";
    private static final String ALREADY_RECORDED = "already-recorded";
    private static final String REFUSED = "refused";

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
        for (String outcome : List.of(RECORDED, ALREADY_RECORDED, REFUSED)) {
            // there from the start, so that a dashboard shows zero and not nothing
            meters.counter(LINES, OUTCOME, outcome);
        }
    }

    /** What became of a file. */
    @Schema(name = "ImportReport")
    public record ImportReport(
            @Schema(description = "at most 1,000, those that were refused before all others")
            List<ImportLine> lines,

            int recorded,
            int alreadyRecorded,
            int refused,
            Omitted omitted) {}

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
            @Nullable Problem problem) {}

    @PostMapping(consumes = "text/csv")
    @Operation(
            summary = "Import a CSV file of historic requests",
            description = "Importing a file twice adds nothing. A line that is refused stops no other.")
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
                return ResponseEntity.ok(report(imports.run(
                        file,
                        recording.author(request.getUserPrincipal().getName(), Role.RECORDER.name()),
                        lines -> {})));
            } finally {
                imports.endTurn();
            }
        }
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

    private ImportReport report(CsvImport.Report report) {
        meters.counter(LINES, OUTCOME, RECORDED).increment(report.counted().recorded());
        meters.counter(LINES, OUTCOME, ALREADY_RECORDED)
                .increment(report.counted().alreadyRecorded());
        meters.counter(LINES, OUTCOME, REFUSED).increment(report.counted().refused());
        awaitFigures(report.last());
        return new ImportReport(
                report.lines().stream().map(this::line).toList(),
                report.counted().recorded(),
                report.counted().alreadyRecorded(),
                report.counted().refused(),
                new Omitted(
                        report.omitted().recorded(),
                        report.omitted().alreadyRecorded(),
                        report.omitted().refused()));
    }

    /** What is recorded is recorded: a failure here is no failure of the import. */
    private void awaitFigures(CsvImport.@Nullable Last last) {
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

    private ImportLine line(CsvImport.Line line) {
        return switch (line) {
            case CsvImport.Line.Recorded(int number, String id) -> new ImportLine(number, RECORDED, id, null);
            case CsvImport.Line.AlreadyRecorded(int number, String id) ->
                new ImportLine(number, ALREADY_RECORDED, id, null);
            case CsvImport.Line.RefusedLine(int number, RuntimeException why) ->
                new ImportLine(number, REFUSED, null, problems.problem(why));
        };
    }
}
