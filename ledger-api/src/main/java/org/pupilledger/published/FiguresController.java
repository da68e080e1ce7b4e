package org.pupilledger.published;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.pupilledger.export.TableCsv;
import org.pupilledger.figures.Cut;
import org.pupilledger.figures.FiguresDocument;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.FiguresView;
import org.pupilledger.http.Representation;
import org.pupilledger.limits.Weighing;
import org.pupilledger.limits.Weight;
import org.pupilledger.node.Publications;
import org.pupilledger.node.Registers;
import org.pupilledger.node.Replays;
import org.pupilledger.organisation.Category;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.Queries;
import org.pupilledger.replay.Until;
import org.pupilledger.tables.DocumentHtml;
import org.pupilledger.tables.DocumentOds;
import org.pupilledger.tables.TableMetadata;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.views.CutFiguresView;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The figures, as they are or as the ledger knew them. */
@RestController
@RequestMapping(FiguresController.PATH)
@Tag(name = "Figures")
record FiguresController(
        Registers registers, Publications publications, Replays replays, JsonMapper json, Weighing weighing) {
    static final String PATH = "/api/v1/figures";

    /** Bytes that any answer takes. */
    private static final long LEAST = 2 << 20;

    @GetMapping(
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                "text/csv",
                MediaType.TEXT_HTML_VALUE,
                "application/csvm+json",
                DocumentOds.MEDIA_TYPE
            })
    @Operation(summary = "Figures by period and organisation; anonymous callers get only what is released")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(oneOf = {FiguresView.class, CutFiguresView.class})),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.TEXT_HTML_VALUE, schema = @Schema(type = "string")),
                @Content(mediaType = "application/csvm+json", schema = @Schema(type = "object")),
                @Content(mediaType = DocumentOds.MEDIA_TYPE, schema = @Schema(type = "string", format = "binary"))
            })
    @Weight(16)
    ResponseEntity<byte[]> figures(
            @Parameter(description = "first month") @Nullable String from,
            @Parameter(description = "last month, inclusive") @Nullable String to,
            @Parameter(description = "month, quarter, year or total") @Nullable String by,
            @Nullable String organisation,
            @Parameter(schema = @Schema(implementation = Category.class)) @Nullable String category,
            @Parameter(description = "true for rows without requests too") @Nullable String complete,
            @Parameter(description = "true to count an organisation with what it belongs to") @Nullable String rollUp,
            @Parameter(description = "by what rows are cut", schema = @Schema(implementation = Cut.class)) @Nullable
                    String cut,
            @Parameter(description = "as the ledger knew them at an instant, or the end of a date") @Nullable
                    String asAt,
            @Parameter(description = "as the ledger knew them at a position") @Nullable String atPosition,
            @Parameter(description = "json, csv, csvm, ods or html: goes before what the caller accepts") @Nullable
                    String format,
            @Nullable String waitFor,
            HttpServletRequest request) {
        FiguresFormat wanted = FiguresFormat.of(format, request);
        FiguresQuery query = Queries.figures(from, to, by, organisation, category, complete, rollUp, cut);
        if (asAt != null && atPosition != null) {
            throw new InvalidInput("asAt", "malformed", "Give asAt or atPosition, not both.");
        }
        FiguresTable table =
                request.getUserPrincipal() == null ? released(query, asAt, atPosition) : table(query, asAt, atPosition);
        weighing.weighAnew(request, LEAST + (long) table.rows().size() * wanted.bytesPerRow());
        return answer(table, wanted, format != null, request);
    }

    /** Whether an organisation or a position is there is not told: only what is released is looked at. */
    private FiguresTable released(FiguresQuery query, @Nullable String asAt, @Nullable String atPosition) {
        if (asAt != null) {
            return publications.releasedFigures().asAt(query, Queries.instant(asAt, BusinessDate.ZONE), asAt);
        }
        return atPosition != null
                ? publications.releasedFigures().atPosition(query, Queries.position(atPosition))
                : publications.releasedFigures().now(query);
    }

    private FiguresTable table(FiguresQuery query, @Nullable String asAt, @Nullable String atPosition) {
        Queries.checkKnown(query.organisation(), registers.organisations());
        if (asAt != null) {
            return replays.replay().figures(query, new Until.Moment(Queries.instant(asAt, BusinessDate.ZONE)), asAt);
        }
        return atPosition != null
                ? replays.replay().figures(query, new Until.Position(Queries.position(atPosition)), null)
                : registers.figures().now(query);
    }

    /** @param isAskedByName by a link, say, whose target a browser may save */
    private ResponseEntity<byte[]> answer(
            FiguresTable table, FiguresFormat format, boolean isAskedByName, HttpServletRequest request) {
        boolean isOpen = request.getUserPrincipal() == null;
        HttpHeaders headers = isOpen ? Representation.open() : Representation.varying();
        headers.setContentType(format.mediaType());
        if (format.isSaved(isAskedByName)) {
            headers.setContentDisposition(ContentDisposition.attachment()
                    .filename(FiguresDocument.NAME + format.ending())
                    .build());
        }
        byte[] body = switch (format) {
            case JSON -> json.writeValueAsBytes(CutFiguresView.of(table));
            case CSV -> TableCsv.of(FiguresTables.answered(table));
            case CSVM -> TableMetadata.of(FiguresTables.answered(table));
            case ODS -> DocumentOds.of(FiguresDocument.of(table));
            case HTML -> DocumentHtml.of(FiguresDocument.of(table));
        };
        if (format == FiguresFormat.HTML) {
            headers.set("Content-Security-Policy", DocumentHtml.CONTENT_SECURITY_POLICY);
        }
        return isOpen
                ? Representation.of(request, null, headers, body)
                : ResponseEntity.ok().headers(headers).body(body);
    }
}
