package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Changes;
import org.pupilledger.http.Conditions;
import org.pupilledger.http.NothingHere;
import org.pupilledger.http.PageView;
import org.pupilledger.http.Step;
import org.pupilledger.intake.PeriodTotalInput;
import org.pupilledger.intake.PeriodTotalInput.PeriodTotalCorrectionInput;
import org.pupilledger.intake.PeriodTotalReader;
import org.pupilledger.intake.RequestInput.AnnulmentInput;
import org.pupilledger.node.Registers;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.reading.Queries;
import org.pupilledger.request.Occasion;
import org.pupilledger.spans.PeriodTotal.Recorded;
import org.pupilledger.spans.PeriodTotalCommand;
import org.pupilledger.spans.PeriodTotalId;
import org.pupilledger.spans.PeriodTotalState;
import org.pupilledger.views.PeriodTotalView;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Records what sources say of several months together, corrects and annuls it, and looks it up. */
@RestController
@RequestMapping(path = PeriodTotalsController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Totals of longer periods")
record PeriodTotalsController(Registers registers, Answers answers, Changes changes) {
    static final String PATH = "/api/v1/period-totals";

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Record a total of a longer period, of which a source does not tell the single requests")
    @ApiResponse(
            responseCode = "201",
            description = "recorded",
            content = @Content(schema = @Schema(implementation = PeriodTotalView.class)))
    ResponseEntity<byte[]> record(@RequestBody PeriodTotalInput input, HttpServletRequest request) {
        PeriodTotalId id = new PeriodTotalId(UUID.randomUUID());
        return changes.add(
                request,
                occasion -> PeriodTotalReader.total(id, input, registers.totals(), occasion),
                (Recorded result) -> answers.of(201, PATH + "/" + id, result.sequence(), view(id, result)));
    }

    @Step(path = "/{id}/corrections", summary = "Correct the counts; the old ones stay readable")
    ResponseEntity<byte[]> correct(
            @PathVariable String id, @RequestBody PeriodTotalCorrectionInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> PeriodTotalReader.correction(of, input, occasion));
    }

    @Step(path = "/{id}/annulment", summary = "Annul a total that was recorded by mistake; it stays readable")
    ResponseEntity<byte[]> annul(
            @PathVariable String id, @RequestBody AnnulmentInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> PeriodTotalReader.annulment(of, input, occasion));
    }

    @GetMapping("/{id}")
    @Operation(summary = "A total of a longer period as it reads back")
    @ApiResponse(content = @Content(schema = @Schema(implementation = PeriodTotalView.class)))
    ResponseEntity<byte[]> total(@PathVariable String id, @Nullable String waitFor, HttpServletRequest request) {
        PeriodTotalView found = registers
                .totalStates()
                .find(Conditions.periodTotalId(id).toString())
                .map(PeriodTotalsController::view)
                .orElseThrow(NothingHere::new);
        return answers.read(request, found.sequence(), found);
    }

    @GetMapping
    @Operation(summary = "Totals of longer periods in the order in which they were recorded, annulled ones included")
    PageView<PeriodTotalView> totals(
            @Parameter(description = "code of the organisation whose requests are counted") @Nullable
                    String organisation,
            @Nullable String limit,
            @Nullable String after,
            @Nullable String waitFor) {
        OrganisationCode of = organisation == null ? null : Queries.organisation("organisation", organisation);
        Queries.checkKnown(of, registers.organisations());
        long from = PageView.position(after);
        int size = PageView.limit(limit);
        List<State<PeriodTotalState>> found = registers.totalStates().all().stream()
                .filter(total -> firstPosition(total) > from)
                .filter(total ->
                        of == null || total.state().header().organisation().equals(of))
                .limit(size + 1L)
                .toList();
        return PageView.of(found, size, PeriodTotalsController::firstPosition, PeriodTotalsController::view);
    }

    private static long firstPosition(State<PeriodTotalState> total) {
        return total.stamps().getFirst().position();
    }

    private ResponseEntity<byte[]> change(
            String id, HttpServletRequest request, BiFunction<PeriodTotalId, Occasion, PeriodTotalCommand> command) {
        PeriodTotalId of = Conditions.periodTotalId(id);
        return changes.change(
                request,
                occasion -> command.apply(of, occasion),
                (Recorded result) -> answers.of(200, null, result.sequence(), view(of, result)));
    }

    /** What is being recorded has no position yet. */
    private static PeriodTotalView view(PeriodTotalId id, Recorded recorded) {
        return PeriodTotalView.of(id.toString(), recorded.state(), recorded.sequence(), null);
    }

    private static PeriodTotalView view(State<PeriodTotalState> found) {
        return PeriodTotalView.of(found.id(), found.state(), found.sequence(), found.position());
    }
}
