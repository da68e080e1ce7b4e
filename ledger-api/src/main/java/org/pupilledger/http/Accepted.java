package org.pupilledger.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.server.ResponseStatusException;

/** Chooses the format that a caller prefers among those offered. */
public final class Accepted {
    private Accepted() {}

    /**
     * @param offered best first, for callers who take any
     * @throws ResponseStatusException where the caller takes none of them
     */
    public static MediaType first(HttpServletRequest request, MediaType... offered) {
        List<MediaType> wanted = wanted(request);
        for (MediaType want : wanted) {
            for (MediaType offer : offered) {
                if (want.getQualityValue() > 0 && want.includes(offer)) {
                    return offer;
                }
            }
        }
        throw new ResponseStatusException(HttpStatus.NOT_ACCEPTABLE);
    }

    /** Whether a caller asks for a type and would not as well have one of some others. */
    public static boolean asksFor(HttpServletRequest request, MediaType type, MediaType... others) {
        List<MediaType> offered = new ArrayList<>(List.of(others));
        offered.add(type);
        try {
            return first(request, offered.toArray(MediaType[]::new)).equals(type);
        } catch (ResponseStatusException e) {
            return false;
        }
    }

    private static List<MediaType> wanted(HttpServletRequest request) {
        try {
            List<MediaType> wanted =
                    MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
            MimeTypeUtils.sortBySpecificity(wanted);
            return wanted.isEmpty() ? List.of(MediaType.ALL) : wanted;
        } catch (InvalidMediaTypeException e) {
            throw new ResponseStatusException(HttpStatus.NOT_ACCEPTABLE);
        }
    }
}
