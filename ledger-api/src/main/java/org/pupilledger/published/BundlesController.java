package org.pupilledger.published;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.pupilledger.bundle.Variant;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.failure.Busy;
import org.pupilledger.http.NothingHere;
import org.pupilledger.http.Representation;
import org.pupilledger.intake.EditionReader;
import org.pupilledger.limits.Weight;
import org.pupilledger.node.Publishing;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publishing.BundleWriter;
import org.pupilledger.reading.Queries;
import org.pupilledger.security.PublicEntries;
import org.pupilledger.security.Role;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Audit bundles: an edition with all that proves it, in one file. */
@RestController
@RequestMapping(BundlesController.PATH)
@Tag(name = "Audit")
class BundlesController {
    static final String PATH = "/api/v1/audit/bundles";

    static final String ZIP = "application/zip";

    /** Made at a time: each reads all entries. */
    private static final int MAX_BUNDLES = 2;

    private final Publishing publishing;
    private final PublicEntries publicEntries;
    private final Semaphore making = new Semaphore(MAX_BUNDLES);

    BundlesController(Publishing publishing, PublicEntries publicEntries) {
        this.publishing = publishing;
        this.publicEntries = publicEntries;
    }

    @GetMapping(path = "/{quarter}", produces = ZIP)
    @Operation(
            summary = "The audit bundle of a released edition",
            description =
                    "A ZIP file that verifies by itself: the signed checkpoint, the tree, the entries, and the files"
                            + " of the edition. Auditors get all entries; where the setting lets everybody read released"
                            + " entries, everybody gets those, and the hashes of the others.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "string", format = "binary")))
    @Weight(48)
    void bundle(
            @Parameter(example = "2023-Q3") @PathVariable String quarter,
            @Parameter(description = "from 1; the newest release where none is given", example = "1") @Nullable
                    String revision,
            @Parameter(
                            description = "audit or public",
                            examples = {@ExampleObject("audit"), @ExampleObject("public")})
                    @Nullable
                    String variant,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Variant wanted = permitted(variant(variant), request);
        State<EditionState> edition =
                Quarter.parse(quarter).flatMap(publishing::released).orElseThrow(NothingHere::new);
        Revision release =
                edition.state().revision(EditionReader.revision(revision)).orElseThrow(NothingHere::new);
        if (!making.tryAcquire()) {
            throw new Busy(Busy.With.BUNDLES);
        }
        try {
            answer(edition, release.number(), wanted, request, response);
        } finally {
            making.release();
        }
    }

    private void answer(
            State<EditionState> edition,
            int number,
            Variant variant,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        BundleWriter bundles = publishing.publications().bundles();
        BundleWriter.Prepared prepared = bundles.prepare(edition, number, variant);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        String tag = "\"" + prepared.tag() + "\"";
        boolean isKnown = Representation.isKnown(request, tag);
        response.setHeader(HttpHeaders.ETAG, tag);
        if (isKnown) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        // whole before its first byte goes out, so that what fails is a problem and not half a file
        Path file = Files.createTempFile("pupil-ledger-", ".zip");
        try {
            bundles.write(prepared, file);
            send(file, prepared.fileName(), request, response);
        } finally {
            Files.delete(file);
        }
    }

    /** Hands out a file, whole, to be saved under a name. */
    static void send(Path file, String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType(ZIP);
        response.setContentLengthLong(Files.size(file));
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
        if (!HttpMethod.HEAD.matches(request.getMethod())) {
            Files.copy(file, response.getOutputStream());
        }
    }

    private static @Nullable Variant variant(@Nullable String text) {
        for (Variant variant : Variant.values()) {
            if (variant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return variant;
            }
        }
        if (text != null) {
            throw Queries.unknownCode("variant");
        }
        return null;
    }

    /** The public variant is for nobody where no entry is public. */
    private Variant permitted(@Nullable Variant asked, HttpServletRequest request) {
        boolean isAuditor = request.isUserInRole(Role.AUDITOR.name());
        Variant wanted = asked == null ? (isAuditor ? Variant.AUDIT : Variant.PUBLIC) : asked;
        boolean isPermitted = switch (wanted) {
            case AUDIT -> isAuditor;
            case PUBLIC -> publicEntries.isEverOpen();
        };
        if (isPermitted) {
            return wanted;
        }
        if (request.getUserPrincipal() == null) {
            throw new InsufficientAuthenticationException("not public");
        }
        throw new AccessDeniedException("not public");
    }
}
