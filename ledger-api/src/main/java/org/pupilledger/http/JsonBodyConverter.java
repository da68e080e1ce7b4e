package org.pupilledger.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.intake.RequestInput;
import org.pupilledger.limits.Weighing;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.server.ResponseStatusException;

/** Reads input records from JSON bodies of bounded size, and notes their digest for the idempotency key. */
public final class JsonBodyConverter extends AbstractHttpMessageConverter<Record> {
    /** Bytes of a JSON body. */
    public static final int MAX_BYTES = 1 << 20;

    private static final String DIGEST = JsonBodyConverter.class.getName() + ".digest";

    private final Weighing weighing;

    public JsonBodyConverter(Weighing weighing) {
        super(MediaType.APPLICATION_JSON);
        this.weighing = weighing;
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }

    /** SHA-256 of the body that this request brought; of nothing where it brought none. */
    static byte[] digestOfBody() {
        RequestAttributes request = RequestContextHolder.currentRequestAttributes();
        Object digest = request.getAttribute(DIGEST, RequestAttributes.SCOPE_REQUEST);
        return digest instanceof byte[] bytes ? bytes : Sha256.bytes();
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type.isRecord() && type.getPackage().equals(RequestInput.class.getPackage());
    }

    @Override
    public List<MediaType> getSupportedMediaTypes(Class<?> type) {
        return List.of(MediaType.APPLICATION_JSON);
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected Record readInternal(Class<? extends Record> type, HttpInputMessage message) throws IOException {
        MediaType mediaType = message.getHeaders().getContentType();
        if (mediaType != null && !isUtf8(mediaType)) {
            // refused here: where this converter declined, a lenient one would read the body
            throw new ResponseStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        long announced = message.getHeaders().getContentLength();
        if (announced > MAX_BYTES) {
            throw TooMuch.body();
        }
        byte[] body = weighing.read(request(), message.getBody(), MAX_BYTES);
        if (body.length > MAX_BYTES) {
            throw TooMuch.body();
        }
        RequestContextHolder.currentRequestAttributes()
                .setAttribute(DIGEST, Sha256.bytes(body), RequestAttributes.SCOPE_REQUEST);
        return JsonInput.read(body, type);
    }

    public static boolean isUtf8(MediaType mediaType) {
        return mediaType.getCharset() == null || mediaType.getCharset().equals(StandardCharsets.UTF_8);
    }

    @Override
    protected void writeInternal(Record record, HttpOutputMessage message) throws IOException {
        throw new HttpMessageNotWritableException("input records are only read");
    }
}
