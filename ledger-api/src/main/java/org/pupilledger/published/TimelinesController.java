package org.pupilledger.published;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Agreement;
import org.pupilledger.coverage.Coverage;
import org.pupilledger.export.TableCsv;
import org.pupilledger.http.Accepted;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Conditions;
import org.pupilledger.http.NothingHere;
import org.pupilledger.http.PageView;
import org.pupilledger.http.Representation;
import org.pupilledger.node.Registers;
import org.pupilledger.organisation.Organisation;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Edition;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.spans.PeriodTotal;
import org.pupilledger.statement.Statement;
import org.pupilledger.timeline.Timeline;
import org.pupilledger.timeline.TimelineTable;
import org.pupilledger.timeline.TimelineView;
import org.pupilledger.values.AgreementReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every event of one thing in order, for a person who asks why a figure changed. */
@RestController
@RequestMapping(
        path = TimelinesController.PATH,
        produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
@Tag(name = "Timelines")
record TimelinesController(Registers registers, Answers answers, HttpServletRequest request) {
    static final String PATH = "/api/v1";

    private static final String EXAMPLE = """
            {"id": "00000000-0000-4000-8000-000000000000",
             "items": [{"sequence": 0, "position": 12, "recordedAt": "2024-05-02T08:15:00.123Z", "on": "2024-05-01",
               "type": "matching-request.received", "actor": "00000000-0000-4000-8000-000000000001", "role": "RECORDER",
               "sentence": "A request of DWP received in May 2024 was recorded: 1 reference, 12 people submitted.",
               "changes": [], "cause": null, "authority": null}],
             "next": null}
            """;

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    /** With a timeline. */
    @Retention(RetentionPolicy.RUNTIME)
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = TimelineView.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    private @interface Answered {}

    @GetMapping("/requests/{id}/timeline")
    @Operation(summary = "Every event of a matching request in order")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = TimelineView.class),
                        examples = @ExampleObject(TimelinesController.EXAMPLE)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    ResponseEntity<byte[]> ofRequest(
            @PathVariable String id, @Nullable String limit, @Nullable String after, @Nullable String waitFor) {
        return answer(MatchingRequest.TYPE, Conditions.requestId(id).toString(), limit, after);
    }

    @GetMapping("/agreements/{reference}/timeline")
    @Operation(summary = "Every event of an agreement in order")
    @Answered
    ResponseEntity<byte[]> ofAgreement(
            @PathVariable String reference, @Nullable String limit, @Nullable String after, @Nullable String waitFor) {
        String id = AgreementReference.parse(reference).map(Agreement::idOf).orElseThrow(NothingHere::new);
        return answer(Agreement.TYPE, id, limit, after);
    }

    @GetMapping("/organisations/{code}/timeline")
    @Operation(summary = "Every event of an organisation itself in order; not those of its requests")
    @Answered
    ResponseEntity<byte[]> ofOrganisation(
            @PathVariable String code, @Nullable String limit, @Nullable String after, @Nullable String waitFor) {
        String id = OrganisationCode.parse(code).map(OrganisationCode::value).orElseThrow(NothingHere::new);
        return answer(Organisation.TYPE, id, limit, after);
    }

    @GetMapping("/editions/{quarter}/timeline")
    @Operation(summary = "Every event of an edition in order, its previews included")
    @Answered
    ResponseEntity<byte[]> ofEdition(
            @PathVariable String quarter, @Nullable String limit, @Nullable String after, @Nullable String waitFor) {
        String id = Quarter.parse(quarter).map(Edition::id).orElseThrow(NothingHere::new);
        return answer(Edition.TYPE, id, limit, after);
    }

    @GetMapping("/coverage/{id}/timeline")
    @Operation(summary = "Every event of a declaration of what is covered in order")
    @Answered
    ResponseEntity<byte[]> ofCoverage(
            @PathVariable String id, @Nullable String limit, @Nullable String after, @Nullable String waitFor) {
        return answer(Coverage.TYPE, Conditions.coverageId(id), limit, after);
    }

    @GetMapping("/statements/{id}/timeline")
    @Operation(summary = "Every event of a statement in order")
    @Answered
    ResponseEntity<byte[]> ofStatement(
            @PathVariable String id, @Nullable String limit, @Nullable String after, @Nullable String waitFor) {
        return answer(Statement.TYPE, Conditions.statementId(id).toString(), limit, after);
    }

    @GetMapping("/period-totals/{id}/timeline")
    @Operation(summary = "Every event of a total of a longer period in order")
    @Answered
    ResponseEntity<byte[]> ofPeriodTotal(
            @PathVariable String id, @Nullable String limit, @Nullable String after, @Nullable String waitFor) {
        return answer(PeriodTotal.TYPE, Conditions.periodTotalId(id).toString(), limit, after);
    }

    private ResponseEntity<byte[]> answer(String type, String id, @Nullable String limit, @Nullable String after) {
        boolean isCsv = Accepted.first(request, MediaType.APPLICATION_JSON, CSV).equals(CSV);
        int most = PageView.limit(limit);
        Timeline timeline = registers
                .timelines()
                .find(type, id, PageView.position(after), most)
                .orElseThrow(NothingHere::new);
        Long last = timeline.next();
        String next = last == null ? null : PageView.encoded(last.toString());
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(isCsv ? CSV : MediaType.APPLICATION_JSON);
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (next != null) {
            // a file has no room to say that it goes on
            headers.set(HttpHeaders.LINK, "<?limit=" + most + "&after=" + next + ">; rel=\"next\"");
        }
        return Representation.of(
                request,
                timeline.sequence(),
                headers,
                isCsv ? TableCsv.of(TimelineTable.of(timeline)) : answers.json(TimelineView.of(timeline, next)));
    }
}
