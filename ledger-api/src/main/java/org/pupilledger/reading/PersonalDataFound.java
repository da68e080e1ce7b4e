package org.pupilledger.reading;

import java.util.List;
import org.pupilledger.privacy.Guard;

/** What was typed looks like an identity or a secret. It is not kept and not repeated. */
public final class PersonalDataFound extends RuntimeException {
    private final List<Place> places;

    /** @param pointer RFC 6901 pointer into the body, or the name of a query parameter */
    public record Place(String pointer, Guard.Finding finding) {}

    public PersonalDataFound(List<Place> places) {
        super("personal data", null, false, false);
        this.places = List.copyOf(places);
    }

    /** At least one. */
    public List<Place> places() {
        return places;
    }
}
