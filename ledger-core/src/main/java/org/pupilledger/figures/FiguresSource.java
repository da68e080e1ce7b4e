package org.pupilledger.figures;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pupilledger.entries.EntrySequence;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.Placement;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.schema.EventTypes;

/** Totals as they are and as they were, wherever the entries are kept that they are the sum of. */
public interface FiguresSource {
    /** @param position newest entry folded in, -1 where there is none */
    record Current(Totals totals, long position) {}

    /** The totals as they are, and up to which entry. */
    Current current();

    /** What the totals are the sum of. */
    EntrySequence entries();

    /**
     * The totals as they were, found by taking away from the present ones what came since. That costs as much as there
     * came, not as much as there is.
     *
     * @param position at most that of {@code current}
     */
    default Totals back(Current current, long position) {
        if (position > current.position()) {
            throw new IllegalArgumentException("the totals have not come so far");
        }
        EventTypes types = EventTypes.current();
        Totals since = new Totals();
        Map<OrganisationCode, Optional<Placement>> then = new TreeMap<>();
        entries().read(position + 1, current.position(), entry -> {
            Object event = entry.leaf().event(types);
            switch (event) {
                case OrganisationEvent.Registered registered -> then.putIfAbsent(registered.code(), Optional.empty());
                case OrganisationEvent.Changed changed ->
                    then.putIfAbsent(changed.code(), Optional.of(Placement.of(changed.was())));
                default -> since.add(event);
            }
            return true;
        });
        return current.totals().without(since, then);
    }

    /** Adds up the entries from 0 to {@code position}; memory depends on the rows of the figures, not on the entries. */
    default Totals fold(long position) {
        return fold(position, EditionRules.NEWEST);
    }

    /**
     * The totals as they were by the rules of an edition. By the newest that costs as much as came since, by others as
     * much as there was.
     *
     * @param position at most that of {@code current}
     */
    default Totals at(Current current, long position, EditionRules rules) {
        return rules == EditionRules.NEWEST && current.totals().rules() == rules
                ? back(current, position)
                : fold(position, rules);
    }

    /** Adds up the same by the rules of an edition. */
    default Totals fold(long position, EditionRules rules) {
        EventTypes types = EventTypes.current();
        Totals totals = new Totals(rules);
        if (position >= 0) {
            entries().read(0, position, entry -> {
                totals.add(entry.leaf().event(types));
                return true;
            });
        }
        return totals;
    }
}
