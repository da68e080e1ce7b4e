package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.coverage.Coverage.Recorded;
import org.pupilledger.coverage.CoverageCommand;
import org.pupilledger.coverage.CoverageCommand.ConfirmCoverage;
import org.pupilledger.coverage.CoverageCommand.DropProposal;
import org.pupilledger.coverage.CoverageState;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Changes;
import org.pupilledger.http.Conditions;
import org.pupilledger.http.NothingHere;
import org.pupilledger.http.PageView;
import org.pupilledger.http.Step;
import org.pupilledger.intake.CoverageInput;
import org.pupilledger.intake.CoverageInput.CoverageWithdrawalInput;
import org.pupilledger.intake.CoverageReader;
import org.pupilledger.intake.EditionInput.NothingInput;
import org.pupilledger.node.Registers;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.reading.Queries;
import org.pupilledger.request.Occasion;
import org.pupilledger.store.Answer;
import org.pupilledger.views.CoverageView;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Declares for which months of an organisation the record is complete, by two persons, and lists what is declared. */
@RestController
@RequestMapping(path = CoverageController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Coverage")
record CoverageController(Registers registers, Answers answers, Changes changes) {
    static final String PATH = "/api/v1/coverage";

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Propose that the record of some months is complete; a second person confirms it")
    @ApiResponse(
            responseCode = "200",
            description = "told again",
            content = @Content(schema = @Schema(implementation = CoverageView.class)))
    @ApiResponse(
            responseCode = "201",
            description = "proposed",
            content = @Content(schema = @Schema(implementation = CoverageView.class)))
    ResponseEntity<byte[]> propose(@RequestBody CoverageInput input, HttpServletRequest request) {
        return changes.add(request, occasion -> CoverageReader.proposal(input, occasion), this::answer);
    }

    @Step(path = "/{id}/confirmation", summary = "Confirm, as a second person, what was proposed")
    ResponseEntity<byte[]> confirm(
            @PathVariable String id, @RequestBody NothingInput input, HttpServletRequest request) {
        return change(request, occasion -> new ConfirmCoverage(Conditions.coverageId(id), occasion));
    }

    @Step(path = "/{id}/withdrawal", summary = "Propose that the record is not complete after all")
    ResponseEntity<byte[]> withdraw(
            @PathVariable String id, @RequestBody CoverageWithdrawalInput input, HttpServletRequest request) {
        return change(request, occasion -> CoverageReader.withdrawal(Conditions.coverageId(id), input, occasion));
    }

    @Step(path = "/{id}/dropping", summary = "Drop what was proposed, so that what stood before stands")
    ResponseEntity<byte[]> drop(@PathVariable String id, @RequestBody NothingInput input, HttpServletRequest request) {
        return change(request, occasion -> new DropProposal(Conditions.coverageId(id), occasion));
    }

    @GetMapping("/{id}")
    @Operation(summary = "What is declared of some months, and how far that has come")
    @ApiResponse(content = @Content(schema = @Schema(implementation = CoverageView.class)))
    ResponseEntity<byte[]> declaration(@PathVariable String id, @Nullable String waitFor, HttpServletRequest request) {
        CoverageState found = registers
                .coverage()
                .find(Conditions.coverageId(id))
                .map(State::state)
                .orElseThrow(NothingHere::new);
        return answers.read(request, found.sequence(), CoverageView.of(found));
    }

    @GetMapping
    @Operation(summary = "Declarations in the order in which they were proposed first")
    PageView<CoverageView> declarations(
            @Nullable String organisation, @Nullable String limit, @Nullable String after, @Nullable String waitFor) {
        OrganisationCode only = organisation == null ? null : Queries.organisation("organisation", organisation);
        Queries.checkKnown(only, registers.organisations());
        long place = PageView.position(after);
        int size = PageView.limit(limit);
        List<State<CoverageState>> found = registers.coverage().all().stream()
                .filter(declared -> declared.stamps().getFirst().position() > place)
                .filter(declared -> only == null
                        || declared.state()
                                .declaration()
                                .months()
                                .organisation()
                                .equals(only))
                .limit(size + 1L)
                .toList();
        return PageView.of(
                found,
                size,
                declared -> declared.stamps().getFirst().position(),
                declared -> CoverageView.of(declared.state()));
    }

    private ResponseEntity<byte[]> change(HttpServletRequest request, Function<Occasion, CoverageCommand> command) {
        return changes.change(request, command, this::answer);
    }

    private Answer answer(Recorded result) {
        CoverageView view = CoverageView.of(result.state());
        return answers.of(
                result.isNew() ? 201 : 200, result.isNew() ? PATH + "/" + view.id() : null, view.sequence(), view);
    }
}
