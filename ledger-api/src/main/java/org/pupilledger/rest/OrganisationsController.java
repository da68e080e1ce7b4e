package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Caller;
import org.pupilledger.http.Changes;
import org.pupilledger.http.EntityTags;
import org.pupilledger.http.NothingHere;
import org.pupilledger.http.PageView;
import org.pupilledger.intake.OrganisationReader;
import org.pupilledger.intake.RequestInput.OrganisationInput;
import org.pupilledger.node.Registers;
import org.pupilledger.organisation.Organisation;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.refusal.Refused;
import org.pupilledger.register.Register.RegisteredOrganisation;
import org.pupilledger.views.OrganisationView;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the organisations that ask and receive, and adds or renames them. */
@RestController
@RequestMapping(path = OrganisationsController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Organisations")
record OrganisationsController(Registers registers, Answers answers, Changes changes) {
    static final String PATH = "/api/v1/organisations";

    @PutMapping(path = "/{code}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Add an organisation, rename it, or propose or confirm another category or parent")
    @ApiResponse(
            responseCode = "200",
            description = "changed, or told again",
            content = @Content(schema = @Schema(implementation = OrganisationView.class)))
    @ApiResponse(
            responseCode = "201",
            description = "added",
            content = @Content(schema = @Schema(implementation = OrganisationView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "another category or parent is proposed; it takes effect when a second person puts the same",
            content = @Content(schema = @Schema(implementation = OrganisationView.class)))
    ResponseEntity<byte[]> put(
            @PathVariable String code, @RequestBody OrganisationInput input, HttpServletRequest request) {
        PutOrganisation read = OrganisationReader.read(code, input, registers.organisations());
        Caller caller = Caller.of(request);
        PutOrganisation command = condition(read, caller);
        if (request.getHeader(HttpHeaders.IF_MATCH) != null
                && registers.organisations().find(command.code()).isEmpty()) {
            // not even "*" matches what is not there
            throw new Refused.StaleVersion();
        }
        Organisation.Recorded result = changes.recording().commands().send(command, changes.author(caller));
        registers.organisations().forget(command.code());
        OrganisationProfile standing = result.standing();
        if (standing != null) {
            return Answers.response(answers.of(
                    202,
                    null,
                    result.sequence(),
                    OrganisationView.of(command.code(), standing, command.profile(), result.sequence())));
        }
        return Answers.response(answers.of(
                result.isNew() ? 201 : 200,
                result.isNew() ? PATH + "/" + command.code() : null,
                result.sequence(),
                OrganisationView.of(command.code(), command.profile(), null, result.sequence())));
    }

    /** Only with {@code If-None-Match: *} does it matter whether the organisation is there. */
    private static PutOrganisation condition(PutOrganisation command, Caller caller) {
        EntityTags known = EntityTags.of(caller.request(), HttpHeaders.IF_NONE_MATCH);
        Set<Long> wanted = known != null && known.areAny() ? Set.of(PutOrganisation.NEW) : caller.ifMatch();
        return new PutOrganisation(command.code(), command.profile(), wanted, caller.ifNoneMatch());
    }

    @GetMapping("/{code}")
    @Operation(summary = "An organisation")
    @ApiResponse(content = @Content(schema = @Schema(implementation = OrganisationView.class)))
    ResponseEntity<byte[]> organisation(
            @PathVariable String code, @Nullable String waitFor, HttpServletRequest request) {
        RegisteredOrganisation found = OrganisationCode.parse(code)
                .flatMap(registers.register()::organisation)
                .orElseThrow(NothingHere::new);
        return answers.read(request, found.sequence(), view(found));
    }

    @GetMapping
    @Operation(summary = "Organisations by code")
    PageView<OrganisationView> organisations(@Nullable String limit, @Nullable String after, @Nullable String waitFor) {
        String place = PageView.after(after);
        return PageView.of(
                registers.register().organisations(PageView.limit(limit), place == null ? "" : place), this::view);
    }

    private OrganisationView view(RegisteredOrganisation found) {
        OrganisationProfile proposed =
                registers.organisations().proposed(found.code()).orElse(null);
        return OrganisationView.of(found.code(), found.profile(), proposed, found.sequence());
    }
}
