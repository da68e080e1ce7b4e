package org.pupilledger.request;

import java.util.Collection;
import java.util.Optional;
import org.pupilledger.codes.Item;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;

/** The agreements that exist, as far as a rule needs to know them. */
@FunctionalInterface
public interface Agreements {
    Optional<Permission> find(AgreementReference reference);

    /** What an agreement allows, and when. A month counts as kept where one of its days would do. */
    interface Permission {
        /** True where other agreements may stand under it. */
        boolean isUmbrella();

        /** True where an organisation itself is a party or a recipient on a day that {@code on} can mean. */
        boolean hasParty(OrganisationCode organisation, BusinessDate on);

        /** True where the agreement is in force on a day that {@code on} can mean. */
        boolean isInForce(BusinessDate on);

        /**
         * True where the version of a day that {@code on} can mean permits all of these to be submitted; before the
         * first version the first is asked. Whether it is in force is no matter here: what came in came in.
         */
        boolean permitsSubmitted(Collection<Item> items, BusinessDate on);

        /** True where the version in force on a day that {@code on} can mean permits all of these to be returned. */
        boolean permitsReturned(Collection<Item> items, BusinessDate on);

        /**
         * The same of a request that was approved although the agreement was not in force: the newest version that was in
         * force on that day or before is asked, or the first where none was.
         */
        boolean permitsReturnedOverridden(Collection<Item> items, BusinessDate on);
    }
}
