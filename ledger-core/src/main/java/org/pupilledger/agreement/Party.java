package org.pupilledger.agreement;

import java.util.Comparator;
import org.pupilledger.organisation.OrganisationCode;

/** An organisation in one of the roles that it has in an agreement. */
public record Party(OrganisationCode organisation, PartyRole role) implements Comparable<Party> {
    private static final Comparator<Party> ORDER =
            Comparator.comparing(Party::organisation).thenComparing(Party::role);

    @Override
    public int compareTo(Party other) {
        return ORDER.compare(this, other);
    }
}
