package org.pupilledger.published;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.pupilledger.editions.EditionPages;
import org.pupilledger.editions.Releases.Release;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.http.Accepted;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Changes;
import org.pupilledger.http.NothingHere;
import org.pupilledger.http.PageView;
import org.pupilledger.http.Representation;
import org.pupilledger.http.Step;
import org.pupilledger.intake.EditionInput;
import org.pupilledger.intake.EditionInput.NothingInput;
import org.pupilledger.intake.EditionInput.RevisionInput;
import org.pupilledger.intake.EditionInput.ScheduleInput;
import org.pupilledger.intake.EditionReader;
import org.pupilledger.limits.Weight;
import org.pupilledger.node.Publishing;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.request.Occasion;
import org.pupilledger.store.Answer;
import org.pupilledger.views.EditionView;
import org.springframework.http.CacheControl;
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

/** Announces, previews, releases and revises editions, and hands out their files. */
@RestController
@RequestMapping(EditionsController.PATH)
@Tag(name = "Editions")
public record EditionsController(Publishing publishing, Answers answers, Changes changes) {
    public static final String PATH = EditionView.PATH;

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final String DIGEST = "Repr-Digest";

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Announce when the edition of a quarter is released")
    @ApiResponse(
            responseCode = "200",
            description = "announced already",
            content = @Content(schema = @Schema(implementation = EditionView.class)))
    @ApiResponse(
            responseCode = "201",
            description = "announced",
            content = @Content(schema = @Schema(implementation = EditionView.class)))
    ResponseEntity<byte[]> schedule(@RequestBody EditionInput input, HttpServletRequest request) {
        return changes.add(request, occasion -> EditionReader.schedule(input, occasion), this::answer);
    }

    @Step(
            path = "/{quarter}/schedule",
            summary = "Announce another date, before the release; what was previewed must be previewed again")
    ResponseEntity<byte[]> reschedule(
            @PathVariable String quarter, @RequestBody ScheduleInput input, HttpServletRequest request) {
        return change(quarter, request, (of, occasion) -> Optional.of(EditionReader.reschedule(of, input, occasion)));
    }

    @Step(path = "/{quarter}/preview", summary = "Make the files of the first release, for a second person to look at")
    @Weight(64)
    ResponseEntity<byte[]> preview(
            @PathVariable String quarter, @RequestBody NothingInput input, HttpServletRequest request) {
        return change(quarter, request, publishing::preview);
    }

    @Step(
            path = "/{quarter}/revisions",
            summary = "Make the files of a new revision of a released edition, for a second person to look at")
    @Weight(64)
    ResponseEntity<byte[]> revise(
            @PathVariable String quarter, @RequestBody RevisionInput input, HttpServletRequest request) {
        return change(
                quarter, request, (of, occasion) -> publishing.revise(of, EditionReader.grounds(input), occasion));
    }

    @Step(
            path = "/{quarter}/release",
            summary = "Release what was previewed, to the byte; never by whoever previewed it")
    @Weight(64)
    ResponseEntity<byte[]> release(
            @PathVariable String quarter, @RequestBody NothingInput input, HttpServletRequest request) {
        return change(quarter, request, publishing::release);
    }

    private ResponseEntity<byte[]> change(
            String quarter,
            HttpServletRequest request,
            BiFunction<Quarter, Occasion, Optional<EditionCommand>> command) {
        Quarter of = quarter(quarter);
        return changes.change(
                request, occasion -> command.apply(of, occasion).orElseThrow(NothingHere::new), this::answer);
    }

    private Answer answer(Edition.Recorded result) {
        return answers.of(
                result.isNew() ? 201 : 200,
                result.isNew() ? PATH + "/" + result.state().quarter() : null,
                result.sequence(),
                EditionView.of(result.state(), result.sequence()));
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_HTML_VALUE})
    @Operation(summary = "The calendar: every edition, newest quarter first")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = PageView.class)),
                @Content(mediaType = MediaType.TEXT_HTML_VALUE, schema = @Schema(type = "string"))
            })
    ResponseEntity<byte[]> editions(
            @Nullable String limit, @Nullable String after, @Nullable String waitFor, HttpServletRequest request) {
        List<State<EditionState>> all = publishing.calendar();
        HttpHeaders headers = open(request);
        if (isHtml(request)) {
            headers.setContentType(HTML);
            return Representation.of(
                    request,
                    null,
                    headers,
                    EditionPages.calendar(all.stream().map(State::state).toList()));
        }
        String place = PageView.after(after);
        int most = PageView.limit(limit);
        List<State<EditionState>> found = all.stream()
                .filter(edition ->
                        place == null || edition.state().quarter().toString().compareTo(place) < 0)
                .limit(most + 1L)
                .toList();
        headers.setContentType(MediaType.APPLICATION_JSON);
        return Representation.of(
                request,
                null,
                headers,
                answers.json(PageView.of(
                        found, most, edition -> edition.state().quarter(), edition -> view(edition, request))));
    }

    @GetMapping(
            path = "/{quarter}",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_HTML_VALUE})
    @Operation(summary = "An edition; as a page, its newest release or when it is due")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = EditionView.class)),
                @Content(mediaType = MediaType.TEXT_HTML_VALUE, schema = @Schema(type = "string"))
            })
    @Weight(32)
    ResponseEntity<byte[]> edition(@PathVariable String quarter, @Nullable String waitFor, HttpServletRequest request) {
        State<EditionState> edition = publishing.find(quarter(quarter)).orElseThrow(NothingHere::new);
        boolean isHtml = isHtml(request);
        HttpHeaders headers = open(request);
        headers.setContentType(isHtml ? HTML : MediaType.APPLICATION_JSON);
        return Representation.of(
                request,
                isHtml || !isSignedIn(request) ? null : Long.valueOf(edition.sequence()),
                headers,
                isHtml ? page(edition.state()) : answers.json(view(edition, request)));
    }

    private byte[] page(EditionState edition) {
        return edition.newest()
                .flatMap(revision -> publishing
                        .publications()
                        .builder()
                        .file(edition, revision, EditionPages.page(edition.quarter())))
                .orElseGet(() -> EditionPages.due(edition));
    }

    @GetMapping("/{quarter}/files/{name}")
    @Operation(summary = "A file of the newest release")
    @ApiResponse(responseCode = "200", description = "the file; its media type says what it is")
    @Weight(32)
    ResponseEntity<byte[]> file(@PathVariable String quarter, @PathVariable String name, HttpServletRequest request) {
        return released(quarter, null, name, CacheControl.noCache(), request);
    }

    @GetMapping("/{quarter}/revisions/{number}/files/{name}")
    @Operation(summary = "A file of any release, as on the day on which it was released")
    @ApiResponse(responseCode = "200", description = "the file; its media type says what it is")
    @Weight(32)
    ResponseEntity<byte[]> file(
            @PathVariable String quarter,
            @PathVariable String number,
            @PathVariable String name,
            HttpServletRequest request) {
        return released(quarter, number, name, CacheControl.maxAge(FOR_EVER).immutable(), request);
    }

    private ResponseEntity<byte[]> released(
            String quarter, @Nullable String number, String name, CacheControl cache, HttpServletRequest request) {
        EditionState edition = publishing
                .released(quarter(quarter))
                .orElseThrow(NothingHere::new)
                .state();
        Revision revision = edition.revision(EditionReader.revision(number)).orElseThrow(NothingHere::new);
        return file(edition, revision, name, cache.cachePublic(), releasedAt(edition, revision), request);
    }

    private @Nullable Instant releasedAt(EditionState edition, Revision revision) {
        return publishing.publications().releases().all().stream()
                .filter(release ->
                        release.quarter().equals(edition.quarter()) && release.revision() == revision.number())
                .map(Release::recordedAt)
                .findFirst()
                .orElse(null);
    }

    @GetMapping("/{quarter}/preview/files/{name}")
    @Operation(summary = "A file of what is before a second person")
    @ApiResponse(responseCode = "200", description = "the file; its media type says what it is")
    @Weight(32)
    ResponseEntity<byte[]> previewed(
            @PathVariable String quarter, @PathVariable String name, HttpServletRequest request) {
        EditionState edition =
                publishing.find(quarter(quarter)).orElseThrow(NothingHere::new).state();
        Revision preview = edition.preview();
        if (preview == null) {
            throw new NothingHere();
        }
        return file(edition, preview, name, CacheControl.noStore(), null, request);
    }

    private ResponseEntity<byte[]> file(
            EditionState edition,
            Revision revision,
            String name,
            CacheControl cache,
            @Nullable Instant modified,
            HttpServletRequest request) {
        PublishedFile file = revision.content().file(name).orElseThrow(NothingHere::new);
        byte[] bytes = publishing
                .publications()
                .builder()
                .file(edition, revision, name)
                .orElseThrow(NothingHere::new);
        MediaType type = EditionFileTypes.of(name);
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(type);
        headers.setCacheControl(cache);
        if (modified != null) {
            headers.setLastModified(modified);
        }
        headers.set(
                DIGEST,
                "sha-256=:"
                        + Base64.getEncoder()
                                .encodeToString(
                                        HexFormat.of().parseHex(file.digest().hex())) + ":");
        ContentDisposition.Builder disposition =
                EditionFileTypes.isShown(type) ? ContentDisposition.inline() : ContentDisposition.attachment();
        headers.setContentDisposition(disposition.filename(name).build());
        if (EditionFileTypes.isCsv(type)) {
            headers.set(
                    HttpHeaders.LINK,
                    "<" + name + "-metadata.json>; rel=\"describedby\"; type=\"application/csvm+json\"");
        }
        return Representation.ofFile(request, file.digest().hex(), headers, bytes);
    }

    /** Headers of what is told to everybody, and more of it to who is signed in. */
    private static HttpHeaders open(HttpServletRequest request) {
        return isSignedIn(request) ? Representation.varying() : Representation.open();
    }

    private static Quarter quarter(String text) {
        return Quarter.parse(text).orElseThrow(NothingHere::new);
    }

    private static EditionView view(State<EditionState> edition, HttpServletRequest request) {
        return isSignedIn(request) ? EditionView.of(edition) : EditionView.released(edition);
    }

    private static boolean isSignedIn(HttpServletRequest request) {
        return request.getUserPrincipal() != null;
    }

    private static boolean isHtml(HttpServletRequest request) {
        return Accepted.first(request, MediaType.APPLICATION_JSON, HTML).equals(HTML);
    }
}
