package org.pupilledger.opendata;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.pupilledger.security.Proxies;
import org.pupilledger.web.Publisher;
import org.pupilledger.web.Site;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Whole addresses, for what is read elsewhere than on a page of this server. */
@Component
record Addresses(Publisher publisher, Proxies proxies) {
    /** Without a slash at its end: as it is set, else as the caller has it; empty where the caller says nothing usable. */
    String base(HttpServletRequest request) {
        return Optional.ofNullable(publisher.address())
                .map(Object::toString)
                .or(() -> Optional.ofNullable(proxies.origin(request)))
                .orElse("");
    }

    /** What names the place by the caller's word is kept by no cache, which would tell it to others. */
    HttpHeaders headers(MediaType type) {
        HttpHeaders headers = Site.headers(type);
        if (publisher.address() == null) {
            headers.setCacheControl(CacheControl.noCache().cachePrivate());
        }
        return headers;
    }
}
