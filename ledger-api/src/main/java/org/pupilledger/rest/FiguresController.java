package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pupilledger.LedgerNode;
import org.pupilledger.export.FiguresCsv;
import org.pupilledger.export.FiguresView;
import org.pupilledger.intake.InvalidInput;
import org.pupilledger.intake.Queries;
import org.pupilledger.totals.FiguresQuery;
import org.pupilledger.totals.FiguresTable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The figures, as they are or as the ledger knew them. */
@RestController
@RequestMapping(FiguresController.PATH)
@Tag(name = "Figures")
final class FiguresController {
    static final String PATH = "/api/v1/figures";

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final LedgerNode node;
    private final JsonMapper json;

    FiguresController(LedgerNode node, JsonMapper json) {
        this.node = node;
        this.json = json;
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
    @Operation(summary = "Figures by period and organisation; anonymous callers get only what is released")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = FiguresView.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    ResponseEntity<byte[]> figures(
            @Parameter(description = "first month") @RequestParam(required = false) @Nullable String from,
            @Parameter(description = "last month, inclusive") @RequestParam(required = false) @Nullable String to,
            @Parameter(description = "month, quarter, year or total") @RequestParam(required = false) @Nullable
                    String by,
            @RequestParam(required = false) @Nullable String organisation,
            @RequestParam(required = false) @Nullable String category,
            @Parameter(description = "true for rows without requests too") @RequestParam(required = false) @Nullable
                    String complete,
            @Parameter(description = "as the ledger knew them at an instant, or the end of a date")
                    @RequestParam(required = false)
                    @Nullable
                    String asAt,
            @Parameter(description = "as the ledger knew them at a position") @RequestParam(required = false) @Nullable
                    String atPosition,
            @RequestParam(required = false) @Nullable String waitFor,
            HttpServletRequest request) {
        FiguresQuery query = Queries.figures(from, to, by, organisation, category, complete);
        if (asAt != null && atPosition != null) {
            throw new InvalidInput("asAt", "malformed", "Give asAt or atPosition, not both.");
        }
        FiguresTable table =
                request.getUserPrincipal() == null ? released(query, asAt, atPosition) : table(query, asAt, atPosition);
        return answer(table, request);
    }

    /** No edition is released yet, so there is nothing to show; what was asked is looked at all the same. */
    private static FiguresTable released(FiguresQuery query, @Nullable String asAt, @Nullable String atPosition) {
        if (asAt != null) {
            Queries.instant(asAt, LedgerNode.ZONE);
        }
        if (atPosition != null) {
            Queries.position(atPosition);
        }
        return FiguresTable.nothing(query);
    }

    private FiguresTable table(FiguresQuery query, @Nullable String asAt, @Nullable String atPosition) {
        if (query.organisation() != null
                && node.organisations().find(query.organisation()).isEmpty()) {
            throw Queries.unknownCode("organisation");
        }
        if (asAt != null) {
            return node.figures().asAt(query, Queries.instant(asAt, LedgerNode.ZONE), asAt);
        }
        return atPosition != null
                ? node.figures().atPosition(query, Queries.position(atPosition))
                : node.figures().now(query);
    }

    private ResponseEntity<byte[]> answer(FiguresTable table, HttpServletRequest request) {
        boolean isCsv = Accepted.first(request, MediaType.APPLICATION_JSON, CSV).equals(CSV);
        return ResponseEntity.ok()
                .contentType(isCsv ? CSV : MediaType.APPLICATION_JSON)
                .body(
                        isCsv
                                ? FiguresCsv.of(table).getBytes(StandardCharsets.UTF_8)
                                : json.writeValueAsBytes(FiguresView.of(table)));
    }
}
