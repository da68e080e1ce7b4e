package org.pupilledger.register;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Awaiting;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.Status;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;

/**
 * Which requests are wanted; null for any.
 *
 * @param received       recorded with this day, or received in this month
 * @param period         of receipt
 * @param receivedBefore leaves out what was received on this day or later, or could have been
 * @param purpose        finds those for several purposes too, if it is one of them
 */
public record RequestFilter(
        @Nullable String reference,
        @Nullable OrganisationCode organisation,
        @Nullable BusinessDate received,
        @Nullable Period period,
        @Nullable LocalDate receivedBefore,
        @Nullable Purpose purpose,
        @Nullable Gateway gateway,
        @Nullable Status status,
        @Nullable Awaiting awaiting,
        @Nullable AgreementReference agreement) {

    /**
     * As SQL about {@code request r}, to follow another condition.
     *
     * @param serving which copy serves, as a condition
     * @param values  to which the values of its parameters are added
     */
    String conditions(String serving, List<Object> values) {
        StringBuilder all = new StringBuilder();
        if (reference != null) {
            all.append(" and r.id in (select request from request_reference where ")
                    .append(serving)
                    .append(" and reference = ?)");
            values.add(reference);
        }
        if (organisation != null) {
            all.append(" and r.organisation = ?");
            values.add(organisation.value());
        }
        if (received != null) {
            all.append(received.day() == null ? " and r.received_month = ?" : " and r.received = ?");
            values.add(received.toString());
        }
        if (period != null) {
            all.append(" and r.received_month between ? and ?");
            values.add(period.from().toString());
            values.add(period.to().toString());
        }
        if (receivedBefore != null) {
            // a month comes before its days as a text, and before a day in it only where it is another month
            all.append(" and r.received < ? and (r.received > r.received_month or r.received_month < ?)");
            values.add(receivedBefore.toString());
            values.add(YearMonth.from(receivedBefore).toString());
        }
        if (purpose != null) {
            all.append(" and ? = any(r.purposes)");
            values.add(purpose.code());
        }
        if (gateway != null) {
            all.append(" and r.gateway = ?");
            values.add(gateway.code());
        }
        if (status != null) {
            all.append(" and r.status = ?");
            values.add(status.name());
        }
        if (awaiting != null) {
            all.append(" and not r.is_historic and not r.is_destroyed and r.status = ?");
            values.add(reached(awaiting).name());
        }
        if (agreement != null) {
            all.append(" and r.agreement = ?");
            values.add(agreement.value());
        }
        return all.toString();
    }

    /** The stage that a request has reached that awaits the next one. */
    private static Status reached(Awaiting awaiting) {
        return switch (awaiting) {
            case DECISION -> Status.RECEIVED;
            case MATCH -> Status.APPROVED;
            case DISCLOSURE -> Status.MATCHED;
            case DESTRUCTION -> Status.ANSWERED;
        };
    }
}
