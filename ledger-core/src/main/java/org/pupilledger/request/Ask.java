package org.pupilledger.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.privacy.Guard;
import org.pupilledger.refusal.Refused;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Reference;
import org.pupilledger.values.Requests;
import org.pupilledger.values.Submitted;
import org.pupilledger.values.Why;

/**
 * What was asked, by whom, when and on what ground.
 *
 * @param references     0 to {@value Requests#MAX}; each counts as one request
 * @param unit           the part of the organisation that asks, an organisation of its own; null where not stated
 * @param received       the business date that decides the month in the figures
 * @param purposes       none where not stated
 * @param gateway        null where not stated
 * @param agreement      the agreement that it was made under, if any
 * @param recipient      who gets the answer, where that is not the organisation that asks
 * @param requestedItems items asked for, null where not stated
 * @param historic       the source, or null for a request recorded as it came
 */
public record Ask(
        List<Reference> references,
        OrganisationCode organisation,
        @Nullable OrganisationCode unit,
        BusinessDate received,
        List<Purpose> purposes,
        @Nullable Gateway gateway,
        @Nullable LawfulBasis lawfulBasis,
        @Nullable AgreementReference agreement,
        @Nullable OrganisationCode recipient,
        Submitted submitted,
        @Nullable List<Item> requestedItems,
        @Nullable Historic historic)
        implements RequestState.Part {
    public Ask {
        references = List.copyOf(references);
        purposes = List.copyOf(purposes);
        requestedItems = requestedItems == null ? null : List.copyOf(requestedItems);
    }

    /** One for a single purpose, by and for the organisation itself. */
    public Ask(
            List<Reference> references,
            OrganisationCode organisation,
            BusinessDate received,
            Purpose purpose,
            Gateway gateway,
            @Nullable LawfulBasis lawfulBasis,
            @Nullable AgreementReference agreement,
            Submitted submitted,
            @Nullable List<Item> requestedItems,
            @Nullable Historic historic) {
        this(
                references,
                organisation,
                null,
                received,
                List.of(purpose),
                gateway,
                lawfulBasis,
                agreement,
                null,
                submitted,
                requestedItems,
                historic);
    }

    /** Before any stage: a source that says nothing of a decision does not say that there is none. */
    public Outcome outcome() {
        return historic == null || historic.outcome() != null ? Outcome.OPEN : Outcome.NOT_STATED;
    }

    /** How many requests it counts as. */
    public Requests requests() {
        return new Requests(Math.max(1, references.size()));
    }

    public RequestHeader header() {
        return headerOf(why());
    }

    RequestHeader headerOf(Why why) {
        return new RequestHeader(
                organisation, received.month(), requests(), why, historic != null && !why.equals(Why.UNTOLD));
    }

    /** Under what it is counted, if its events tell it. */
    public Why why() {
        return Why.of(purposes, gateway, lawfulBasis);
    }

    /**
     * Looks at texts with a syntax of their own that are new; all else in an event is a code, a date or a number. The day on
     * which a source was published may stand in its reference, so both together are new where either is.
     *
     * @param pointerToSource where a command tells its source
     */
    void guard(@Nullable Ask was, String pointerToSource) {
        for (Reference reference : references) {
            if (was == null || !was.references.contains(reference)) {
                Refused.PersonalData.ifAny(Guard.inReference(reference.value()));
            }
        }
        if (agreement != null) {
            Refused.PersonalData.ifAny(Guard.inCode(agreement.value()));
        }
        boolean isNew = was == null || historic == null || !historic.isFromSameAs(was.historic);
        if (isNew && historic != null && historic.reference() != null) {
            String source = historic.reference().value();
            Refused.PersonalData.ifAny(Guard.inSource(source, historic.publishedOn()), pointerToSource);
        }
    }
}
