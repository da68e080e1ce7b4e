package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Agreement.Recorded;
import org.pupilledger.agreement.AgreementCommand;
import org.pupilledger.agreement.AgreementCommand.ListAgreement;
import org.pupilledger.agreement.AgreementCommand.UnlistAgreement;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.codes.Code;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Changes;
import org.pupilledger.http.NothingHere;
import org.pupilledger.http.PageView;
import org.pupilledger.http.Step;
import org.pupilledger.intake.AgreementInput;
import org.pupilledger.intake.AgreementInput.AgreementAnnulmentInput;
import org.pupilledger.intake.AgreementInput.AgreementCorrectionInput;
import org.pupilledger.intake.AgreementInput.EndInput;
import org.pupilledger.intake.AgreementInput.NoticeInput;
import org.pupilledger.intake.AgreementInput.ResumptionInput;
import org.pupilledger.intake.AgreementInput.SuspensionInput;
import org.pupilledger.intake.AgreementInput.VersionInput;
import org.pupilledger.intake.AgreementReader;
import org.pupilledger.limits.Weight;
import org.pupilledger.node.Recording;
import org.pupilledger.node.Registers;
import org.pupilledger.node.Replays;
import org.pupilledger.node.Waiting;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.past.ReplayQuery;
import org.pupilledger.reading.Queries;
import org.pupilledger.register.AgreementRegister.AgreementFilter;
import org.pupilledger.register.AgreementRegister.RegisteredAgreement;
import org.pupilledger.request.Occasion;
import org.pupilledger.store.Answer;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.views.AgreementCountsView;
import org.pupilledger.views.AgreementView;
import org.pupilledger.views.CeilingBreachesView;
import org.pupilledger.views.StaleListingsView;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Records agreements and what becomes of them, looks them up, and counts those in force. */
@RestController
@RequestMapping(path = AgreementsController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Agreements")
record AgreementsController(
        Registers registers, Recording recording, Replays replays, Waiting waiting, Answers answers, Changes changes) {
    static final String PATH = "/api/v1/agreements";

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Register an agreement with its first version")
    @ApiResponse(
            responseCode = "200",
            description = "told again",
            content = @Content(schema = @Schema(implementation = AgreementView.class)))
    @ApiResponse(
            responseCode = "201",
            description = "registered",
            content = @Content(schema = @Schema(implementation = AgreementView.class)))
    ResponseEntity<byte[]> register(@RequestBody AgreementInput input, HttpServletRequest request) {
        return changes.add(request, occasion -> AgreementReader.registration(input, occasion), this::answer);
    }

    @Step(path = "/{reference}/amendments", summary = "Record a new version")
    ResponseEntity<byte[]> amend(
            @PathVariable String reference, @RequestBody VersionInput input, HttpServletRequest request) {
        return change(reference, request, (of, occasion) -> AgreementReader.amendment(of, input, occasion));
    }

    @Step(path = "/{reference}/suspension", summary = "Record that nothing new may be approved under it")
    ResponseEntity<byte[]> suspend(
            @PathVariable String reference, @RequestBody SuspensionInput input, HttpServletRequest request) {
        return change(reference, request, (of, occasion) -> AgreementReader.suspension(of, input, occasion));
    }

    @Step(path = "/{reference}/resumption", summary = "Record that its suspension is over")
    ResponseEntity<byte[]> resume(
            @PathVariable String reference, @RequestBody ResumptionInput input, HttpServletRequest request) {
        return change(reference, request, (of, occasion) -> AgreementReader.resumption(of, input, occasion));
    }

    @Step(
            path = "/{reference}/end",
            summary = "Record that it is over, and what shows that the data are no longer held")
    ResponseEntity<byte[]> end(
            @PathVariable String reference, @RequestBody EndInput input, HttpServletRequest request) {
        return change(reference, request, (of, occasion) -> AgreementReader.end(of, input, occasion));
    }

    @Step(path = "/{reference}/corrections", summary = "Record that a version, suspension or end was recorded wrongly")
    ResponseEntity<byte[]> correct(
            @PathVariable String reference, @RequestBody AgreementCorrectionInput input, HttpServletRequest request) {
        return change(reference, request, (of, occasion) -> AgreementReader.correction(of, input, occasion));
    }

    @Step(path = "/{reference}/annulment", summary = "Record that it was recorded by mistake")
    ResponseEntity<byte[]> annul(
            @PathVariable String reference, @RequestBody AgreementAnnulmentInput input, HttpServletRequest request) {
        return change(reference, request, (of, occasion) -> AgreementReader.annulment(of, input, occasion));
    }

    @Step(path = "/{reference}/listing", summary = "Record that a published list shows it as live")
    ResponseEntity<byte[]> list(
            @PathVariable String reference, @RequestBody NoticeInput input, HttpServletRequest request) {
        return change(
                reference,
                request,
                (of, occasion) ->
                        AgreementReader.notice(input, occasion, (notice, same) -> new ListAgreement(of, notice, same)));
    }

    @Step(path = "/{reference}/unlisting", summary = "Record that a published list shows it as live no longer")
    ResponseEntity<byte[]> unlist(
            @PathVariable String reference, @RequestBody NoticeInput input, HttpServletRequest request) {
        return change(
                reference,
                request,
                (of, occasion) -> AgreementReader.notice(
                        input, occasion, (notice, same) -> new UnlistAgreement(of, notice, same)));
    }

    @GetMapping("/{reference}")
    @Operation(summary = "An agreement as it reads back, how it stands today, and what was submitted under it by month")
    @ApiResponse(content = @Content(schema = @Schema(implementation = AgreementView.class)))
    ResponseEntity<byte[]> agreement(
            @PathVariable String reference, @Nullable String waitFor, HttpServletRequest request) {
        RegisteredAgreement found =
                registers.agreementRegister().find(reference(reference)).orElseThrow(NothingHere::new);
        return answers.read(
                request,
                found.sequence(),
                AgreementView.of(
                        found.permission(),
                        recording.today(),
                        registers.agreementRegister().months(found),
                        found.sequence(),
                        found.position()));
    }

    @GetMapping
    @Operation(summary = "Agreements in the order in which they were registered")
    PageView<AgreementView> agreements(
            @Parameter(description = "only those in force on this day, and how they stand on it") @Nullable
                    String activeOn,
            @Nullable String organisation,
            @Parameter(schema = @Schema(implementation = AgreementLevel.class)) @Nullable String level,
            @Nullable String limit,
            @Nullable String after,
            @Nullable String waitFor) {
        AgreementFilter filter = new AgreementFilter(
                activeOn == null ? null : Queries.day("activeOn", activeOn),
                organisation == null ? null : Queries.organisation(organisation, registers.organisations()),
                level == null
                        ? null
                        : Code.parse(AgreementLevel.class, level).orElseThrow(() -> Queries.unknownCode("level")));
        LocalDate on = filter.activeOn() == null ? recording.today() : filter.activeOn();
        return PageView.of(
                registers.agreementRegister().agreements(filter, PageView.limit(limit), PageView.position(after)),
                found -> AgreementView.of(found.permission(), on, null, found.sequence(), found.position()));
    }

    @GetMapping("/counts")
    @Operation(summary = "How many agreements are in force on a day, by organisation, and why others are not counted")
    @Weight(16)
    AgreementCountsView counts(
            @Parameter(description = "by default today") @Nullable String on,
            @Parameter(description = "one code or several with commas between; by default all that are in an agreement")
                    @Nullable
                    String organisation,
            @Parameter(description = "as the ledger knew them at an instant, or the end of a date") @Nullable
                    String asAt,
            @Parameter(description = "as the ledger knew them at a position") @Nullable String atPosition,
            @Nullable String waitFor) {
        Set<OrganisationCode> only = organisation == null
                ? Set.of()
                : Stream.of(organisation.split(",", -1))
                        .map(code -> Queries.organisation(code, registers.organisations()))
                        .collect(Collectors.toSet());
        long position = asAt == null && atPosition == null
                ? waiting.projected()
                : replays.replay()
                        .nearest(ReplayQuery.until(asAt, atPosition, BusinessDate.ZONE))
                        .position();
        return AgreementCountsView.of(
                registers
                        .agreementRegister()
                        .counts(day(on), position, registers.register().profiles(position), only),
                asAt,
                position);
    }

    @GetMapping("/stale-listings")
    @Operation(summary = "Agreements that a published list shows as live on a day on which they are not in force")
    @Weight(16)
    StaleListingsView staleListings(
            @Parameter(description = "by default today") @Nullable String on, @Nullable String waitFor) {
        LocalDate day = day(on);
        return StaleListingsView.of(day, registers.agreementRegister().staleListings(day));
    }

    @GetMapping("/ceiling-breaches")
    @Operation(summary = "Months in which more people were submitted under an agreement than its ceiling")
    @Weight(16)
    CeilingBreachesView ceilingBreaches(@Nullable String waitFor) {
        return new CeilingBreachesView(registers.agreementRegister().breaches());
    }

    private LocalDate day(@Nullable String on) {
        return on == null ? recording.today() : Queries.day("on", on);
    }

    private static AgreementReference reference(String text) {
        return AgreementReference.parse(text).orElseThrow(NothingHere::new);
    }

    private ResponseEntity<byte[]> change(
            String reference,
            HttpServletRequest request,
            BiFunction<AgreementReference, Occasion, AgreementCommand> command) {
        AgreementReference of = reference(reference);
        return changes.change(request, occasion -> command.apply(of, occasion), this::answer);
    }

    private Answer answer(Recorded result) {
        return answers.of(
                result.isNew() ? 201 : 200,
                result.isNew() ? PATH + "/" + result.state().reference() : null,
                result.sequence(),
                AgreementView.of(
                        registers.agreements().withUmbrella(result.state()),
                        recording.today(),
                        null,
                        result.sequence(),
                        null));
    }
}
