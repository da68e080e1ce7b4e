package org.pupilledger.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pupilledger.digest.Sha256;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.seal.LogReader;
import org.springframework.http.ContentDisposition;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where files are checked in the reader's own browser: a page, and the same as one file to be kept. */
@RestController
public final class CheckPages {
    private static final Page PAGE = new Page(
            "Check a receipt, a checkpoint or a bundle",
            "Drop a file: it is verified in your browser, and sent nowhere.",
            "/check",
            "/check");

    private static final String STYLE = Assets.text("ledger.css");
    private static final String SCRIPT = Assets.text("check.js");

    /** Nothing but what is in the file: whoever opens it from a disk has no server that would say so in a header. */
    static final String FILE_POLICY = "default-src 'none'; style-src '" + source(STYLE) + "'; script-src '"
            + source(SCRIPT) + "'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

    private final LogReader log;
    private final Site site;

    CheckPages(LogReader log, Site site) {
        this.log = log;
        this.site = site;
    }

    /** As a policy names what may stand inline. */
    private static String source(String inline) {
        String lower = inline.toLowerCase(Locale.ROOT);
        if (Stream.of("</script", "</style", "<!--").anyMatch(lower::contains)) {
            throw new IllegalStateException("an asset that cannot stand inline");
        }
        byte[] digest = Sha256.bytes(inline.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    @GetMapping("/check")
    ResponseEntity<byte[]> page(HttpServletRequest request) {
        return site.page(request, "check", PAGE, Map.of("keys", keys()));
    }

    @GetMapping("/check.html")
    ResponseEntity<byte[]> file(HttpServletRequest request) {
        return site.file(
                request,
                "checkfile",
                PAGE,
                Map.of("keys", keys(), "policy", FILE_POLICY, "style", STYLE, "script", SCRIPT),
                FILE_POLICY,
                ContentDisposition.attachment()
                        .filename("pupil-ledger-check.html")
                        .build());
    }

    /** Those that the log says are its own, one on a line; a hint, which proves nothing. */
    private String keys() {
        return log.shownKeys().stream().map(VerifierKey::toString).collect(Collectors.joining("\n"));
    }
}
