package org.pupilledger.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.pupilledger.digest.Sha256;
import org.pupilledger.http.NothingHere;
import org.pupilledger.http.Representation;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Style and scripts of the pages, from the jar; an address that names the content is good for ever. */
@RestController
public final class Assets {
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final int SHORT = 12;
    private static final String ICON = "icon.png";

    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    private record Asset(MediaType type, byte[] bytes, String digest) {}

    private static final Map<String, Asset> ALL = read(Map.of(
            "ledger.css", "text/css;charset=utf-8", "check.js", "text/javascript;charset=utf-8", ICON, "image/png"));

    private static Map<String, Asset> read(Map<String, String> types) {
        Map<String, Asset> all = new TreeMap<>();
        types.forEach((name, type) -> {
            try (InputStream file = new ClassPathResource("assets/" + name).getInputStream()) {
                byte[] bytes = file.readAllBytes();
                all.put(
                        name,
                        new Asset(
                                MediaType.parseMediaType(type),
                                bytes,
                                Sha256.of(bytes).hex()));
            } catch (IOException e) {
                throw new IllegalStateException("an asset of the pages is missing", e);
            }
        });
        return all;
    }

    /** Where a page finds it, with its content in the address. */
    public static String path(String name) {
        return "/assets/" + name + "?v=" + known(name).digest().substring(0, SHORT);
    }

    /** For a page that holds it itself. */
    static String text(String name) {
        return new String(known(name).bytes(), StandardCharsets.UTF_8);
    }

    private static Asset known(String name) {
        return Objects.requireNonNull(ALL.get(name), "no such asset");
    }

    /** Where a browser looks for the sign of a site by itself. */
    @GetMapping("/favicon.ico")
    ResponseEntity<byte[]> icon(HttpServletRequest request) {
        return asset(ICON, request);
    }

    @GetMapping("/assets/{name}")
    ResponseEntity<byte[]> asset(@PathVariable String name, HttpServletRequest request) {
        Asset asset = ALL.get(name);
        if (asset == null) {
            throw new NothingHere();
        }
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(asset.type());
        headers.setCacheControl(
                request.getQueryString() == null
                        ? CacheControl.noCache().cachePublic()
                        : CacheControl.maxAge(FOR_EVER).cachePublic().immutable());
        return Representation.ofFile(request, asset.digest(), headers, asset.bytes());
    }
}
