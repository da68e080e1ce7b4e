package org.pupilledger.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Purpose;
import org.pupilledger.organisation.OrganisationCode;

/**
 * What was asked, by whom, when and on what ground.
 *
 * @param references     0 to {@value Requests#MAX}; each counts as one request
 * @param received       the business date that decides the month in the figures
 * @param agreement      the agreement that it was made under, if any
 * @param requestedItems items asked for, null where not stated
 * @param historic       the source, or null for a request recorded as it came
 */
public record Ask(
        List<Reference> references,
        OrganisationCode organisation,
        BusinessDate received,
        Purpose purpose,
        Gateway gateway,
        @Nullable LawfulBasis lawfulBasis,
        @Nullable AgreementReference agreement,
        Submitted submitted,
        @Nullable List<Item> requestedItems,
        @Nullable Historic historic)
        implements RequestState.Part {
    public Ask {
        references = List.copyOf(references);
        requestedItems = requestedItems == null ? null : List.copyOf(requestedItems);
    }

    /** How many requests it counts as. */
    public Requests requests() {
        return new Requests(Math.max(1, references.size()));
    }

    public RequestHeader header() {
        return new RequestHeader(organisation, received.month(), requests());
    }
}
