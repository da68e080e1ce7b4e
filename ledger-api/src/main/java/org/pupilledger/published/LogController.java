package org.pupilledger.published;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.NotYet;
import org.pupilledger.http.NothingHere;
import org.pupilledger.merkle.EntryBundle;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.Queries;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;
import org.pupilledger.views.ConsistencyView;
import org.pupilledger.views.InclusionView;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The log as everybody's tools read it: checkpoints, tiles, entries, proofs. What is served never changes but for the
 * checkpoint, so caches may keep it.
 *
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
 */
@RestController
@RequestMapping(LogController.PATH)
@Tag(name = "Log")
public record LogController(LogReader log) {
    public static final String PATH = "/api/v1/log";

    public static final String KEY = PATH + "/key";

    public static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    /** To be asked for again each time. */
    public static final String ASK_AGAIN = "private, no-cache";

    /** For the description. */
    public static final String CHECKPOINT = """
            pupil-ledger.internal/0f3c5a7e9b1d2f46
            2
            ZTZBFs0N4HJNWkLIRS5mbjLP1hWPIoyX9Urc2cHHMNs=

            \u2014 pupil-ledger.internal/0f3c5a7e9b1d2f46 ...
            """;

    private static final String TILE_NUMBER =
            "number in groups of three digits, then .p/ and the width where it is partial";
    private static final String TILE_EXAMPLE = "x001/234.p/17";
    private static final String FOR_SECONDS = "public, max-age=5";
    private static final String FOR_EVER = "max-age=31536000, immutable";
    private static final String PUBLIC_FOR_EVER = "public, " + FOR_EVER;
    private static final String PRIVATE_FOR_EVER = "private, " + FOR_EVER;

    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(
            summary = "The newest checkpoint; for anonymous callers the public one",
            description = "A C2SP tlog-checkpoint, signed as C2SP signed-note.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = "string"), examples = @ExampleObject(LogController.CHECKPOINT)))
    ResponseEntity<byte[]> checkpoint(@Nullable String waitFor, HttpServletRequest request) {
        boolean isSignedIn = isSignedIn(request);
        Sealed checkpoint = (isSignedIn ? log.newest() : log.ofPublic()).orElseThrow(NotYet::sealed);
        return ResponseEntity.ok()
                .contentType(TEXT)
                .varyBy(HttpHeaders.AUTHORIZATION)
                .header(HttpHeaders.CACHE_CONTROL, isSignedIn ? ASK_AGAIN : FOR_SECONDS)
                .body(checkpoint.note());
    }

    @GetMapping(path = "/key", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(
            summary = "The keys that verify the checkpoints, one a line",
            description =
                    "C2SP signed-note verifier keys. Compare them with what you were told elsewhere: a key that comes"
                            + " from the log alone proves nothing about the log.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "string")))
    ResponseEntity<byte[]> key() {
        List<VerifierKey> keys = log.shownKeys();
        if (keys.isEmpty()) {
            throw NotYet.sealed();
        }
        return ResponseEntity.ok()
                .contentType(TEXT)
                .header(HttpHeaders.CACHE_CONTROL, FOR_SECONDS)
                .body(VerifierKey.lines(keys));
    }

    @GetMapping(path = "/tile/{level}/{*number}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(
            summary = "Hashes of the tree; for anonymous callers those under the public checkpoint",
            description = "A C2SP tlog-tiles tile, full or partial, in any width that the tree has.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> tile(
            @Parameter(description = "0 to 63", example = "0") @PathVariable String level,
            @Parameter(description = TILE_NUMBER, example = TILE_EXAMPLE) @PathVariable String number,
            HttpServletRequest request) {
        // as sent, since an escape would be another address of the same tile
        Optional<Tile> tile =
                Tile.parse(level + number).filter(it -> request.getRequestURI().endsWith("/tile/" + it.path()));
        Optional<byte[]> ofAll = tile.flatMap(it -> log.tile(it, size(log.ofPublic())));
        if (ofAll.isPresent()) {
            return unchanging(PUBLIC_FOR_EVER, MediaType.APPLICATION_OCTET_STREAM, ofAll.get());
        }
        if (!isSignedIn(request)) {
            throw new InsufficientAuthenticationException("beyond the public checkpoint");
        }
        byte[] ofSignedIn = tile.flatMap(it -> log.tile(it, size(log.newest()))).orElseThrow(NothingHere::new);
        return unchanging(PRIVATE_FOR_EVER, MediaType.APPLICATION_OCTET_STREAM, ofSignedIn);
    }

    @GetMapping(path = "/tile/entries/{*number}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(
            summary = "Entries whose hashes a tile of level 0 holds",
            description = "A C2SP tlog-tiles entry bundle: each entry after its length in two bytes, big-endian.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> entries(
            @Parameter(description = TILE_NUMBER, example = TILE_EXAMPLE) @PathVariable String number,
            HttpServletRequest request) {
        // a bundle is numbered as the tile of its hashes
        byte[] bundle = Tile.parse("0" + number)
                .filter(it -> request.getRequestURI().endsWith("/tile/" + EntryBundle.path(it.number(), it.width())))
                .flatMap(it -> log.entries(it, size(log.newest())))
                .orElseThrow(NothingHere::new);
        return unchanging(PRIVATE_FOR_EVER, MediaType.APPLICATION_OCTET_STREAM, bundle);
    }

    @GetMapping(path = "/entries/{index}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "An entry, byte for byte as it was hashed",
            description = "Its hash in the tree is SHA-256 over a zero byte and these bytes.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    ResponseEntity<byte[]> entry(@Parameter(example = "0") @PathVariable String index, HttpServletRequest request) {
        byte[] entry = Queries.plainNumber(index)
                .filter(it -> request.getRequestURI().endsWith("/" + it))
                .flatMap(it -> log.entry(it, size(log.newest())))
                .orElseThrow(NothingHere::new);
        return unchanging(PRIVATE_FOR_EVER, MediaType.APPLICATION_JSON, entry);
    }

    @GetMapping(path = "/proofs/inclusion", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "What proves that an entry is in the log")
    ResponseEntity<InclusionView> inclusion(
            @Parameter(description = "0-based, below size", required = true, example = "0") @Nullable String index,
            @Parameter(description = "1 to the size of the newest checkpoint", required = true, example = "1") @Nullable
                    String size) {
        long ofIndex = Queries.plainNumber("index", index);
        long ofSize = Queries.plainNumber("size", size);
        if (ofSize < 1 || ofSize > size(log.newest())) {
            throw outOfRange("size", "This is 1 to the size of the newest checkpoint.");
        }
        if (ofIndex >= ofSize) {
            throw outOfRange("index", "This is 0 to the size less 1.");
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, PRIVATE_FOR_EVER)
                .body(new InclusionView(ofIndex, ofSize, base64(log.tree(ofSize).inclusionProof(ofIndex))));
    }

    @GetMapping(path = "/proofs/consistency", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "What proves that the log has only grown")
    ResponseEntity<ConsistencyView> consistency(
            @Parameter(description = "0 to the newer size", required = true, example = "0") @Nullable String from,
            @Parameter(description = "0 to the size of the newest checkpoint", required = true, example = "1") @Nullable
                    String to) {
        long older = Queries.plainNumber("from", from);
        long newer = Queries.plainNumber("to", to);
        if (newer > size(log.newest())) {
            throw outOfRange("to", "This is 0 to the size of the newest checkpoint.");
        }
        if (older > newer) {
            throw outOfRange("from", "This is 0 to the newer size.");
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, PRIVATE_FOR_EVER)
                .body(new ConsistencyView(older, newer, base64(log.tree(newer).consistencyProof(older))));
    }

    private static boolean isSignedIn(HttpServletRequest request) {
        return request.getUserPrincipal() != null;
    }

    private static long size(Optional<Sealed> checkpoint) {
        return checkpoint.map(Sealed::size).orElse(0L);
    }

    private static ResponseEntity<byte[]> unchanging(String caching, MediaType type, byte[] body) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(HttpHeaders.CACHE_CONTROL, caching)
                .body(body);
    }

    private static InvalidInput outOfRange(String name, String detail) {
        return new InvalidInput(name, "out-of-range", detail);
    }

    private static List<String> base64(List<byte[]> hashes) {
        return hashes.stream().map(Base64.getEncoder()::encodeToString).toList();
    }
}
