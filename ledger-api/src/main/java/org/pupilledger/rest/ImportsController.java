package org.pupilledger.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.LedgerNode;
import org.pupilledger.intake.CsvImport;
import org.pupilledger.security.Role;
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

    private static final String LINES = "ledger.import.lines";
    private static final String OUTCOME = "outcome";
    private static final String RECORDED = "recorded";
    private static final String ALREADY_RECORDED = "already-recorded";
    private static final String REFUSED = "refused";

    private final LedgerNode node;
    private final CsvImport imports;
    private final Problems problems;
    private final MeterRegistry meters;

    ImportsController(LedgerNode node, CsvImport imports, Problems problems, MeterRegistry meters) {
        this.node = node;
        this.imports = imports;
        this.problems = problems;
        this.meters = meters;
        for (String outcome : List.of(RECORDED, ALREADY_RECORDED, REFUSED)) {
            // there from the start, so that a dashboard shows zero and not nothing
            meters.counter(LINES, OUTCOME, outcome);
        }
    }

    /** What became of a file. */
    @Schema(name = "ImportReport")
    public record ImportReport(List<ImportLine> lines, int recorded, int alreadyRecorded, int refused) {}

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
    ResponseEntity<ImportReport> importFile(HttpServletRequest request)
            throws IOException, HttpMediaTypeNotSupportedException {
        // not getCharacterEncoding(), which a filter sets to UTF-8 whatever the caller said
        if (!JsonBodyConverter.isUtf8(MediaType.parseMediaType(request.getContentType()))) {
            throw new HttpMediaTypeNotSupportedException("UTF-8 only");
        }
        if (request.getContentLengthLong() > CsvImport.MAX_BYTES) {
            throw new BodyTooLarge();
        }
        Caller.of(request).checkNoVersion();
        imports.takeTurn();
        try {
            byte[] file = request.getInputStream().readNBytes(CsvImport.MAX_BYTES + 1);
            if (file.length > CsvImport.MAX_BYTES) {
                throw new BodyTooLarge();
            }
            String user = request.getUserPrincipal().getName();
            CsvImport.Report report = imports.run(file, node.author(user, Role.RECORDER.name()), lines -> {});
            meters.counter(LINES, OUTCOME, RECORDED).increment(report.recorded());
            meters.counter(LINES, OUTCOME, ALREADY_RECORDED).increment(report.alreadyRecorded());
            meters.counter(LINES, OUTCOME, REFUSED).increment(report.refused());
            CsvImport.Last last = report.last();
            if (last != null) {
                node.awaitProjected(last.id(), last.sequence(), WaitFor.AT_MOST);
            }
            return ResponseEntity.ok(new ImportReport(
                    report.lines().stream().map(this::line).toList(),
                    report.recorded(),
                    report.alreadyRecorded(),
                    report.refused()));
        } finally {
            imports.endTurn();
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
