package org.pupilledger.published;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.comparison.ComparisonForm;
import org.pupilledger.export.TableCsv;
import org.pupilledger.http.Accepted;
import org.pupilledger.limits.Weight;
import org.pupilledger.node.Publications;
import org.pupilledger.node.Waiting;
import org.pupilledger.past.DifferenceQuery;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What the figures of two editions or positions differ in, and the events that explain it. */
@RestController
@RequestMapping(DifferencesController.PATH)
@Tag(name = "Figures")
public record DifferencesController(Publications publications, Waiting waiting, JsonMapper json) {
    static final String PATH = "/api/v1/differences";

    /** Where the description of a difference is. */
    public static final String SCHEMA = "#/components/schemas/DifferenceView";

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
    @Operation(summary = "Cells that differ between two editions or positions, and the events that explain them")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(ref = DifferencesController.SCHEMA)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @Weight(48)
    ResponseEntity<byte[]> differences(
            @Parameter(description = "a position, 41, an edition, 2023-Q3, or a revision of it, 2023-Q3.1") @Nullable
                    String was,
            @Parameter(description = "the other side, in the same form") @Nullable String now,
            @Parameter(description = "first month, which begins a quarter") @Nullable String from,
            @Parameter(description = "last month, inclusive, which ends a quarter") @Nullable String to,
            @Nullable String waitFor,
            HttpServletRequest request) {
        boolean isCsv = Accepted.first(request, MediaType.APPLICATION_JSON, CSV).equals(CSV);
        DifferenceQuery.Range range =
                DifferenceQuery.parse(was, now, from, to).find(publications.editions(), waiting.projected());
        Comparison comparison = publications
                .differences()
                .between(range.was(), range.now(), range.last(), range.isWithheld(), range.isWithheld());
        return ResponseEntity.ok()
                .contentType(isCsv ? CSV : MediaType.APPLICATION_JSON)
                .body(
                        isCsv
                                ? TableCsv.of(ComparisonForm.POSITIONS.table(comparison))
                                : json.writeValueAsBytes(ComparisonForm.POSITIONS.json(comparison)));
    }
}
