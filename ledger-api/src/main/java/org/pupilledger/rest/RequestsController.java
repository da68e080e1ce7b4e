package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Awaiting;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.Status;
import org.pupilledger.failure.NotYet;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Changes;
import org.pupilledger.http.Conditions;
import org.pupilledger.http.NothingHere;
import org.pupilledger.http.PageView;
import org.pupilledger.http.Step;
import org.pupilledger.intake.ReferenceReader;
import org.pupilledger.intake.RequestInput;
import org.pupilledger.intake.RequestInput.AnnulmentInput;
import org.pupilledger.intake.RequestInput.ClosureInput;
import org.pupilledger.intake.RequestInput.CorrectionInput;
import org.pupilledger.intake.RequestInput.DecisionInput;
import org.pupilledger.intake.RequestInput.DestructionInput;
import org.pupilledger.intake.RequestInput.DisclosureInput;
import org.pupilledger.intake.RequestInput.MatchInput;
import org.pupilledger.intake.RequestInput.ReferenceInput;
import org.pupilledger.intake.RequestInput.ReferenceRefusalInput;
import org.pupilledger.intake.RequestInput.WithdrawalInput;
import org.pupilledger.intake.RequestReader;
import org.pupilledger.node.Recording;
import org.pupilledger.node.Registers;
import org.pupilledger.node.Waiting;
import org.pupilledger.published.LogController;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.Queries;
import org.pupilledger.register.Register.Registered;
import org.pupilledger.register.RequestFilter;
import org.pupilledger.request.MatchingRequest.Recorded;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.RequestCommand;
import org.pupilledger.request.RequestCommand.DiscloseFurther;
import org.pupilledger.request.Stage;
import org.pupilledger.seal.LogReader;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RequestId;
import org.pupilledger.views.RequestView;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Records matching requests and what becomes of them, and looks them up. */
@RestController
@RequestMapping(path = RequestsController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Matching requests")
record RequestsController(
        Registers registers, Recording recording, Waiting waiting, LogReader log, Answers answers, Changes changes) {
    static final String PATH = "/api/v1/requests";

    private static final Duration RECEIPT_WITHIN = Duration.ofSeconds(1);

    /** A hundred years. */
    private static final int MAX_AGE_DAYS = 36_525;

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Record a matching request")
    @ApiResponse(
            responseCode = "201",
            description = "recorded",
            content = @Content(schema = @Schema(implementation = RequestView.class)))
    ResponseEntity<byte[]> record(@RequestBody RequestInput input, HttpServletRequest request) {
        RequestId id = new RequestId(UUID.randomUUID());
        return changes.add(
                request,
                occasion -> RequestReader.record(id, input, occasion),
                (Recorded result) -> answers.of(201, PATH + "/" + id, result.sequence(), view(id, result)));
    }

    @Step(path = "/{id}/decision", summary = "Approve or refuse")
    ResponseEntity<byte[]> decide(
            @PathVariable String id, @RequestBody DecisionInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> RequestReader.stage(of, input, occasion));
    }

    @Step(path = "/{id}/withdrawal", summary = "Record that the requester took it back")
    ResponseEntity<byte[]> withdraw(
            @PathVariable String id, @RequestBody WithdrawalInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> RequestReader.stage(of, input, occasion));
    }

    @Step(path = "/{id}/match", summary = "Record who was found")
    ResponseEntity<byte[]> match(@PathVariable String id, @RequestBody MatchInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> RequestReader.stage(of, input, occasion));
    }

    @Step(path = "/{id}/disclosure", summary = "Record what was handed over")
    ResponseEntity<byte[]> disclose(
            @PathVariable String id, @RequestBody DisclosureInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> RequestReader.stage(of, input, occasion));
    }

    @Step(path = "/{id}/further-disclosures", summary = "Record what was handed over later, about other people")
    ResponseEntity<byte[]> discloseFurther(
            @PathVariable String id, @RequestBody DisclosureInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> {
            Stage told = RequestReader.stage(of, input, occasion).stage();
            return new DiscloseFurther(of, (Stage.Disclosure) told, occasion);
        });
    }

    @Step(path = "/{id}/references", summary = "Add a reference of the same request that came later")
    ResponseEntity<byte[]> addReference(
            @PathVariable String id, @RequestBody ReferenceInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> ReferenceReader.added(of, input, occasion));
    }

    @Step(path = "/{id}/reference-refusals", summary = "Refuse one reference of several while the rest goes on")
    ResponseEntity<byte[]> refuseReference(
            @PathVariable String id, @RequestBody ReferenceRefusalInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> ReferenceReader.refused(of, input, occasion));
    }

    @Step(path = "/{id}/destruction", summary = "Record that the submitted file is destroyed")
    ResponseEntity<byte[]> destroy(
            @PathVariable String id, @RequestBody DestructionInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> RequestReader.stage(of, input, occasion));
    }

    @Step(path = "/{id}/closure", summary = "Close")
    ResponseEntity<byte[]> close(@PathVariable String id, @RequestBody ClosureInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> RequestReader.stage(of, input, occasion));
    }

    @Step(path = "/{id}/corrections", summary = "Correct what was recorded wrongly; the old value stays readable")
    ResponseEntity<byte[]> correct(
            @PathVariable String id, @RequestBody CorrectionInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> RequestReader.correction(of, input, occasion));
    }

    @Step(
            path = "/{id}/annulment",
            summary = "Take back what was recorded by mistake; it stays readable and no longer counts")
    ResponseEntity<byte[]> annul(
            @PathVariable String id, @RequestBody AnnulmentInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> RequestReader.annulment(of, input, occasion));
    }

    @GetMapping("/{id}")
    @Operation(summary = "A matching request as it reads back")
    @ApiResponse(content = @Content(schema = @Schema(implementation = RequestView.class)))
    ResponseEntity<byte[]> request(@PathVariable String id, @Nullable String waitFor, HttpServletRequest request) {
        Registered found = registers
                .register()
                .request(Conditions.requestId(id).toString())
                .orElseThrow(NothingHere::new);
        return answers.read(request, found.sequence(), view(found));
    }

    private List<String> flags(Registered found) {
        AgreementReference agreement = found.state().ask().agreement();
        if (agreement == null || found.state().annulment() != null) {
            return List.of();
        }
        YearMonth month = found.state().ask().received().month();
        boolean isExceeded = registers.agreementRegister().find(agreement).stream()
                .flatMap(of -> registers.agreementRegister().months(of).stream())
                .anyMatch(of -> of.month().equals(month) && of.isExceeded());
        return isExceeded ? List.of(RequestView.CEILING_EXCEEDED) : List.of();
    }

    @GetMapping(path = "/{id}/receipt", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(
            summary = "What proves, offline and for ever, that an event is in the log",
            description =
                    "A C2SP tlog-proof of the newest event, or of the one asked for. Its extra line is the entry in"
                            + " base64, so that the receipt proves something to whoever holds only it.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = "string"), examples = @ExampleObject(ApiExamples.RECEIPT)))
    ResponseEntity<byte[]> receipt(
            @PathVariable String id,
            @Parameter(description = "0-based; by default that of the newest event", example = "0") @Nullable
                    String sequence,
            @Nullable String waitFor) {
        String request = Conditions.requestId(id).toString();
        // of what is committed: the register would not know what is not sealed yet
        long newest = log.newestSequence(request).orElseThrow(NothingHere::new);
        long of = sequence == null ? newest : Queries.plainNumber("sequence", sequence);
        if (of > newest) {
            throw new NothingHere();
        }
        byte[] receipt = waiting.awaitReceipt(request, of, RECEIPT_WITHIN).orElseThrow(NotYet::sealed);
        return ResponseEntity.ok()
                .contentType(LogController.TEXT)
                .header(HttpHeaders.CACHE_CONTROL, LogController.ASK_AGAIN)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(request + "-" + of + ".tlog-proof")
                                .build()
                                .toString())
                .body(receipt);
    }

    /** Where the receipt of a request's newest event is. */
    static String receiptOf(String id) {
        return PATH + "/" + id + "/receipt";
    }

    @GetMapping
    @Operation(summary = "Matching requests in the order in which they were recorded")
    PageView<RequestView> requests(
            @Nullable String reference,
            @Nullable String organisation,
            @Parameter(description = "a month, or a day that was recorded as such") @Nullable String received,
            @Parameter(description = "of receipt: 2018-04, 2018-Q2, 2018 or 2018-04/2018-06") @Nullable String period,
            @Parameter(description = "received more than so many days ago") @Nullable String olderThan,
            @Parameter(description = "alone or among others", schema = @Schema(implementation = Purpose.class))
                    @Nullable
                    String purpose,
            @Parameter(schema = @Schema(implementation = Gateway.class)) @Nullable String gateway,
            @Parameter(schema = @Schema(implementation = Status.class)) @Nullable String status,
            @Parameter(description = "never of a historic request", schema = @Schema(implementation = Awaiting.class))
                    @Nullable
                    String awaiting,
            @Nullable String agreement,
            @Nullable String limit,
            @Nullable String after,
            @Nullable String waitFor) {
        if (reference != null && Reference.parse(reference).isEmpty()) {
            throw new InvalidInput("reference", "malformed", "This is not how references are written.");
        }
        RequestFilter filter = new RequestFilter(
                reference,
                organisation == null ? null : Queries.organisation(organisation, registers.organisations()),
                received == null
                        ? null
                        : BusinessDate.parse(received)
                                .orElseThrow(() -> new InvalidInput(
                                        "received", "malformed", "A month is written 2018-04, a day 2018-04-17.")),
                Queries.period("period", period),
                olderThan == null ? null : recording.today().minusDays(days(olderThan)),
                Queries.code(Purpose.class, "purpose", purpose),
                Queries.code(Gateway.class, "gateway", gateway),
                Queries.code(Status.class, "status", status),
                Queries.code(Awaiting.class, "awaiting", awaiting),
                agreement == null ? null : existingAgreement(agreement));
        return PageView.of(
                registers.register().requests(filter, PageView.limit(limit), PageView.position(after)), this::view);
    }

    private static int days(String text) {
        Integer days = Queries.number(text);
        if (days == null || days > MAX_AGE_DAYS) {
            throw new InvalidInput(
                    "olderThan", "out-of-range", "This is a number of days from 0 to " + MAX_AGE_DAYS + ".");
        }
        return days;
    }

    private AgreementReference existingAgreement(String agreement) {
        return AgreementReference.parse(agreement)
                .filter(reference -> registers.agreements().find(reference).isPresent())
                .orElseThrow(() -> Queries.unknownCode("agreement"));
    }

    private ResponseEntity<byte[]> change(
            String id, HttpServletRequest request, BiFunction<RequestId, Occasion, RequestCommand> command) {
        RequestId of = Conditions.requestId(id);
        return changes.change(
                request,
                occasion -> command.apply(of, occasion),
                (Recorded result) -> answers.of(200, null, result.sequence(), view(of, result)));
    }

    private static RequestView view(RequestId id, Recorded recorded) {
        return RequestView.of(
                id.toString(), recorded.state(), null, recorded.sequence(), null, receiptOf(id.toString()));
    }

    private RequestView view(Registered found) {
        return RequestView.of(
                found.id(), found.state(), flags(found), found.sequence(), found.position(), receiptOf(found.id()));
    }
}
