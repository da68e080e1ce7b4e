package org.pupilledger.request;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.Organisations;
import org.pupilledger.refusal.Refused;

/**
 * What a rule needs to know beside the command and the request.
 *
 * @param today       the business date, Europe/London
 * @param inception   the ledger's first day
 * @param totals      those that stand
 * @param ifMatch     sequences of which the newest event of what is changed must have one, or null for any (RFC 9110,
 *                    13.1.1)
 * @param ifNoneMatch sequences of which it must have none (RFC 9110, 13.1.2)
 */
public record Occasion(
        LocalDate today,
        LocalDate inception,
        Organisations organisations,
        Agreements agreements,
        PeriodTotals totals,
        @Nullable Set<Long> ifMatch,
        Set<Long> ifNoneMatch) {
    /** One in which no total stands. */
    public Occasion(
            LocalDate today,
            LocalDate inception,
            Organisations organisations,
            Agreements agreements,
            @Nullable Set<Long> ifMatch) {
        this(today, inception, organisations, agreements, PeriodTotals.NONE, ifMatch, Set.of());
    }

    /** The same, for what is as it is after an event of these sequences, and for nothing else. */
    public Occasion exactly(Set<Long> sequences) {
        return new Occasion(today, inception, organisations, agreements, totals, sequences, Set.of());
    }

    /**
     * Checks that what is changed may be as it is after the event of this sequence.
     *
     * @throws Refused.StaleVersion where the caller knows another
     */
    public void check(long sequence) {
        if ((ifMatch != null && !ifMatch.contains(sequence)) || ifNoneMatch.contains(sequence)) {
            throw new Refused.StaleVersion();
        }
    }
}
