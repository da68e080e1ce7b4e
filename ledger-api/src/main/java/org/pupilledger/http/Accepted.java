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

    /** Whether a caller would rather have the first than any of the others; a caller who says nothing, or nothing readable, would. */
    public static boolean prefers(HttpServletRequest request, MediaType first, MediaType... others) {
        List<MediaType> offered = new ArrayList<>(List.of(others));
        offered.addFirst(first);
        try {
            return first(request, offered.toArray(MediaType[]::new)).equals(first);
        } catch (ResponseStatusException e) {
            return true;
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
