package org.pupilledger.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pupilledger.http.Accepted;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.Queries;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriUtils;

/** A form in which what is on a page is answered, best first for callers who take any. */
public enum PageFormat {
    HTML("text/html;charset=UTF-8"),
    JSON(MediaType.APPLICATION_JSON_VALUE),
    CSV("text/csv;charset=UTF-8");

    /** By which a link asks for one: a browser cannot say what it accepts for it. */
    public static final String PARAMETER = "format";

    private final String mediaType;

    PageFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public MediaType mediaType() {
        return MediaType.parseMediaType(mediaType);
    }

    /**
     * The one that is asked for by its name, else the one that the caller prefers.
     *
     * @throws org.springframework.web.server.ResponseStatusException where no name is given and the caller takes none
     */
    static PageFormat of(HttpServletRequest request) {
        String[] names = request.getParameterValues(PARAMETER);
        if (names != null && names.length > 1) {
            throw new InvalidInput(PARAMETER, "repeated", "Give this parameter once.");
        }
        if (names != null) {
            return Arrays.stream(values())
                    .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(names[0]))
                    .findFirst()
                    .orElseThrow(() -> Queries.unknownCode(PARAMETER));
        }
        MediaType preferred = Accepted.first(
                request, Arrays.stream(values()).map(PageFormat::mediaType).toArray(MediaType[]::new));
        return Arrays.stream(values())
                .filter(format -> format.mediaType().equals(preferred))
                .findFirst()
                .orElseThrow();
    }

    /** Where the same is answered in each other form, with what the caller asked for; by the names of the forms. */
    static Map<String, String> addresses(HttpServletRequest request) {
        StringBuilder query = new StringBuilder("?");
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals(PARAMETER)) {
                query.append(encoded(name))
                        .append('=')
                        .append(encoded(values[0]))
                        .append('&');
            }
        });
        Map<String, String> addresses = new TreeMap<>();
        for (PageFormat format : values()) {
            if (format != HTML) {
                String name = format.name();
                addresses.put(name, query + PARAMETER + "=" + name.toLowerCase(Locale.ROOT));
            }
        }
        return addresses;
    }

    private static String encoded(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
