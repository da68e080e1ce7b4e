package org.pupilledger.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.store.Answer;
import org.pupilledger.store.IdempotencyKeys;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes answers to changes: the same bytes and headers whether given for the first time or again. */
@Component
public record Answers(JsonMapper json) {
    /** Sequence of the newest event of what was changed. */
    public static final String LEDGER_SEQUENCE = "Ledger-Sequence";

    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final int MAX_KEY = 100;

    public Answer of(int status, @Nullable String location, long sequence, Object view) {
        return new Answer(status, location, etag(sequence), Long.toString(sequence), json.writeValueAsBytes(view));
    }

    /** A thing as it reads back, as JSON; see {@link Representation}. */
    public ResponseEntity<byte[]> read(HttpServletRequest request, long sequence, Object view) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        return Representation.of(request, sequence, headers, json(view));
    }

    public byte[] json(Object view) {
        return json.writeValueAsBytes(view);
    }

    /** Of a change: names the version, which is what {@code If-Match} asks for, and no representation. */
    static String etag(long sequence) {
        return "\"" + sequence + "\"";
    }

    public static ResponseEntity<byte[]> response(Answer answer) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        set(headers, HttpHeaders.LOCATION, answer.location());
        set(headers, HttpHeaders.ETAG, answer.etag());
        set(headers, LEDGER_SEQUENCE, answer.ledgerSequence());
        return ResponseEntity.status(answer.status()).headers(headers).body(answer.body());
    }

    private static void set(HttpHeaders headers, String name, @Nullable String value) {
        if (value != null) {
            headers.set(name, value);
        }
    }

    /** The call under the key that the caller gave; null where none was given. */
    public static IdempotencyKeys.@Nullable Call call(@Nullable String key, String actor, String method, String path) {
        if (key == null) {
            return null;
        }
        boolean isPrintable = key.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (key.isEmpty() || key.length() > MAX_KEY || !isPrintable) {
            throw new InvalidInput(
                    IDEMPOTENCY_KEY, "malformed", "An idempotency key is 1 to " + MAX_KEY + " printable characters.");
        }
        return new IdempotencyKeys.Call(
                actor,
                method + " " + path,
                Sha256.bytes(key.getBytes(StandardCharsets.US_ASCII)),
                JsonBodyConverter.digestOfBody());
    }
}
