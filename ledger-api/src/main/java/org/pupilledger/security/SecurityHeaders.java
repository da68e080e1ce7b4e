package org.pupilledger.security;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** What every answer tells browsers: that it is what it says, loads nothing, is framed nowhere and gives no address away. */
public final class SecurityHeaders {
    private static final Map<String, String> ALL = new LinkedHashMap<>();

    static {
        ALL.put("X-Content-Type-Options", "nosniff");
        ALL.put("X-Frame-Options", "DENY");
        ALL.put("Referrer-Policy", "no-referrer");
        // pages bring their own style; those of editions say more exactly in themselves which
        ALL.put(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors"
                        + " 'none'");
    }

    private SecurityHeaders() {}

    /** Adds those that are not there yet. */
    static void write(HttpServletResponse response) {
        ALL.forEach((name, value) -> setIfAbsent(response, name, value));
    }

    /** The same for what failed before or after the filters that would have added them; nobody keeps such an answer. */
    public static void writeToError(HttpServletResponse response) {
        write(response);
        setIfAbsent(response, HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static void setIfAbsent(HttpServletResponse response, String name, String value) {
        if (!response.containsHeader(name)) {
            response.setHeader(name, value);
        }
    }
}
