package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Changes;
import org.pupilledger.http.NothingHere;
import org.pupilledger.intake.RebuildInput;
import org.pupilledger.rebuild.Rebuilds;
import org.pupilledger.store.Answer;
import org.pupilledger.views.RebuildView;
import org.pupilledger.views.RebuildsView;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Has projections made anew from the entries while they serve, and says how far that is. */
@RestController
@RequestMapping(path = RebuildsController.PATH)
@Tag(name = "Rebuilds")
record RebuildsController(Rebuilds rebuilds, Answers answers, Changes changes) {
    static final String PATH = "/api/v1/rebuilds";

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Make a projection anew from the entries, or go on with a rebuild that was not finished")
    @ApiResponse(
            responseCode = "202",
            description = "begun",
            content = @Content(schema = @Schema(implementation = RebuildView.class)))
    ResponseEntity<byte[]> start(@RequestBody RebuildInput input, HttpServletRequest request) {
        return changes.once(request, () -> {
            Rebuilds.State begun = rebuilds.start(input.projection(rebuilds.projections()));
            return new Answer(
                    HttpStatus.ACCEPTED.value(),
                    PATH + "/" + begun.id(),
                    null,
                    null,
                    answers.json(RebuildView.of(begun)));
        });
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Rebuilds of this server, newest first, and those of any program that are not finished")
    @ApiResponse(content = @Content(schema = @Schema(implementation = RebuildsView.class)))
    RebuildsView list() {
        return new RebuildsView(rebuilds.all().stream().map(RebuildView::of).toList(), rebuilds.unfinished());
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "How far a rebuild is, and what came of it")
    @ApiResponse(content = @Content(schema = @Schema(implementation = RebuildView.class)))
    RebuildView read(@PathVariable String id) {
        return RebuildView.of(rebuilds.find(id).orElseThrow(NothingHere::new));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Have a rebuild end soon, and what it made thrown away; one that is over stays as it is")
    @ApiResponse(responseCode = "204", description = "it ends soon, or has ended", content = @Content)
    void cancel(@PathVariable String id) {
        if (!rebuilds.cancel(id)) {
            throw new NothingHere();
        }
    }
}
