package org.pupilledger.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells a caller who got no further than the door what the problem is. */
public interface ProblemWriter {
    /** @param status of HTTP; 401, 403, 429 or 400 */
    void write(HttpServletResponse response, int status) throws IOException;

    /** The change was asked for by a page of another origin. */
    void refuseForeign(HttpServletResponse response) throws IOException;
}
