package org.pupilledger.register;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Status;
import org.pupilledger.organisation.OrganisationCode;

/** Filters of requests, by what tests look them up by. */
public final class Filters {
    private Filters() {}

    public static RequestFilter any() {
        return filter(null, null, null);
    }

    public static RequestFilter filter(
            @Nullable String reference, @Nullable OrganisationCode organisation, @Nullable Status status) {
        return new RequestFilter(reference, organisation, null, null, null, null, null, status, null, null);
    }
}
