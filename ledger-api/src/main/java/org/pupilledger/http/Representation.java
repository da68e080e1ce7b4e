package org.pupilledger.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;
import org.pupilledger.refusal.Refused;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Answers to reads, with an entity tag over the very bytes of the answer: whatever changes in it, and in whichever form it
 * is asked for, the tag is another.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2">RFC 9110, 13.2.2</a>
 */
public final class Representation {
    /** Bytes of the digest in a tag. */
    private static final int DIGEST_BYTES = 16;

    /** What is asked for again so soon need not be made again; a release is seen everywhere after it. */
    public static final Duration FRESH = Duration.ofSeconds(30);

    private Representation() {}

    /** Headers of an answer that is another one to who is signed in. */
    public static HttpHeaders varying() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT + ", " + HttpHeaders.AUTHORIZATION);
        return headers;
    }

    /** The same of what everybody is told, which caches may keep for a while. */
    public static HttpHeaders open() {
        HttpHeaders headers = varying();
        headers.setCacheControl(CacheControl.maxAge(FRESH).cachePublic());
        return headers;
    }

    /**
     * A thing as it reads back.
     *
     * @param sequence of its newest event, which the tag begins with; null where the answer does not tell it
     * @param headers  those of the answer
     */
    public static ResponseEntity<byte[]> of(
            HttpServletRequest request, @Nullable Long sequence, HttpHeaders headers, byte[] body) {
        String digest = Sha256.of(body).hex().substring(0, 2 * DIGEST_BYTES);
        return of(request, sequence, sequence == null ? digest : sequence + "-" + digest, headers, body);
    }

    /** A file that never changes. */
    public static ResponseEntity<byte[]> ofFile(
            HttpServletRequest request, String digest, HttpHeaders headers, byte[] body) {
        return of(request, null, digest, headers, body);
    }

    private static ResponseEntity<byte[]> of(
            HttpServletRequest request, @Nullable Long sequence, String opaque, HttpHeaders headers, byte[] body) {
        String tag = "\"" + opaque + "\"";
        headers.setETag(tag);
        if (isKnown(request, tag, sequence) || isAsOld(request, headers.getLastModified())) {
            headers.remove(HttpHeaders.CONTENT_TYPE);
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .headers(headers)
                    .build();
        }
        return ResponseEntity.ok().headers(headers).body(body);
    }

    /** Whether the caller has what was last modified then, and knows no tag to say so (RFC 9110, 13.1.3). */
    private static boolean isAsOld(HttpServletRequest request, long lastModified) {
        return lastModified >= 0
                && request.getHeader(HttpHeaders.IF_NONE_MATCH) == null
                && Conditions.isSince(request.getHeader(HttpHeaders.IF_MODIFIED_SINCE), lastModified);
    }

    /** Whether the caller has this representation already. */
    public static boolean isKnown(HttpServletRequest request, String tag) {
        return isKnown(request, tag, null);
    }

    private static boolean isKnown(HttpServletRequest request, String tag, @Nullable Long sequence) {
        EntityTags wanted = EntityTags.of(request, HttpHeaders.IF_MATCH);
        boolean isWanted = wanted == null
                || wanted.matchStrongly(tag)
                || (sequence != null && wanted.matchStrongly(Answers.etag(sequence)));
        if (!isWanted) {
            throw new Refused.StaleVersion();
        }
        EntityTags known = EntityTags.of(request, HttpHeaders.IF_NONE_MATCH);
        return known != null && known.matchWeakly(tag);
    }
}
