package org.pupilledger.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses compressed bodies: limits are counted in bytes as they are sent, and what unpacks has none. */
public final class PlainBody implements HandlerInterceptor {
    /** What may stand in {@code Content-Encoding}. */
    public static final String IDENTITY = "identity";

    private static final List<String> WITHOUT_BODY = List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name());

    /** The body is compressed. */
    public static final class Compressed extends RuntimeException {
        Compressed() {
            super("a compressed body", null, false, false);
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!WITHOUT_BODY.contains(request.getMethod())) {
            for (String line : Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING))) {
                for (String coding : line.split(",", -1)) {
                    if (!coding.isBlank() && !coding.strip().equalsIgnoreCase(IDENTITY)) {
                        throw new Compressed();
                    }
                }
            }
        }
        return true;
    }
}
