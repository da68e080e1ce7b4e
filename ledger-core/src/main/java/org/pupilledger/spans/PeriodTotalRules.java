package org.pupilledger.spans;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Rule;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Occasion;
import org.pupilledger.values.BusinessDate;

/** What must hold of a period total. A rule whose input is not stated does not apply. Pointers are those of the total. */
public final class PeriodTotalRules {
    /** Whoever's data were returned is one of each of these. */
    private static final List<Count> WITH_DATA =
            List.of(Count.SUBMITTED, Count.MATCHED, Count.ANSWERED, Count.RETURNED);

    private final Counts counts;
    private final List<Violation> broken = new ArrayList<>();

    private PeriodTotalRules(Counts counts) {
        this.counts = counts;
    }

    /** Every rule that a total breaks by itself. */
    public static List<Violation> broken(PeriodTotalEvent.Recorded total, Occasion occasion) {
        List<Violation> broken = new ArrayList<>(broken(total.counts()));
        SpanHeader header = total.header();
        if (occasion.organisations().find(header.organisation()).isEmpty()) {
            broken.add(new Violation(Rule.UNKNOWN_CODE, "/organisation"));
        }
        if (!header.period().to().isBefore(YearMonth.from(occasion.inception()))) {
            broken.add(new Violation(Rule.NOT_HISTORIC, "/to"));
        }
        BusinessDate published = total.source().published();
        if (published != null && published.earliest().isAfter(occasion.today())) {
            broken.add(new Violation(Rule.DATE_IN_FUTURE, "/published"));
        }
        return broken;
    }

    /** Every rule that counts break; one broken by itself is told before one of a sum. */
    static List<Violation> broken(Counts counts) {
        PeriodTotalRules rules = new PeriodTotalRules(counts);
        rules.requests();
        rules.people();
        return rules.broken;
    }

    private void requests() {
        if (counts.stated().isEmpty()) {
            add(Rule.COUNTS_DO_NOT_ADD, Count.RECEIVED);
        }
        if (exceeds(Count.RECEIVED, Count.REFUSED, Count.WITHDRAWN)) {
            add(Rule.COUNTS_DO_NOT_ADD, Count.RECEIVED);
        } else if (exceeds(Count.RECEIVED, Count.REFUSED, Count.WITHDRAWN, Count.LED_TO_DATA)) {
            add(Rule.COUNTS_DO_NOT_ADD, Count.LED_TO_DATA);
        }
        if (counts.is(Count.RECEIVED, 0) && counts.stated().values().stream().anyMatch(count -> count > 0)) {
            add(Rule.COUNTS_DO_NOT_ADD, Count.RECEIVED);
        }
    }

    private void people() {
        if (exceeds(Count.SUBMITTED, Count.MATCHED)) {
            add(Rule.MATCHED_EXCEEDS_SUBMITTED, Count.MATCHED);
        } else if (exceeds(Count.SUBMITTED, Count.MATCHED, Count.AMBIGUOUS, Count.UNMATCHED) || isTooFew()) {
            add(Rule.COUNTS_DO_NOT_ADD, Count.SUBMITTED);
        }
        if (exceeds(Count.SUBMITTED, Count.ANSWERED)) {
            add(Rule.ANSWERED_EXCEEDS_SUBMITTED, Count.ANSWERED);
        }
        if (exceeds(Count.ANSWERED, Count.RETURNED)) {
            add(Rule.RETURNED_EXCEEDS_ANSWERED, Count.RETURNED);
        }
        if (exceeds(Count.MATCHED, Count.RETURNED)) {
            add(Rule.RETURNED_EXCEEDS_MATCHED, Count.RETURNED);
        } else if (exceeds(Count.SUBMITTED, Count.RETURNED)) {
            add(Rule.COUNTS_DO_NOT_ADD, Count.RETURNED);
        }
        for (Count told : List.of(Count.MATCHED, Count.ANSWERED, Count.RETURNED)) {
            if (counts.get(Count.RECEIVED) != null && counts.remaining() == 0 && isPositive(counts.get(told))) {
                add(Rule.COUNTS_DO_NOT_ADD, told);
            }
        }
        // each request that led to data returned somebody's, and nobody's data were returned otherwise
        if (WITH_DATA.stream().anyMatch(people -> exceeds(people, Count.LED_TO_DATA))
                || (counts.is(Count.LED_TO_DATA, 0) && isPositive(counts.get(Count.RETURNED)))) {
            add(Rule.COUNTS_DO_NOT_ADD, Count.LED_TO_DATA);
        }
    }

    private static boolean isPositive(@Nullable Integer count) {
        return count != null && count > 0;
    }

    /** Whether all three parts of those submitted are stated and leave somebody out. */
    private boolean isTooFew() {
        Integer all = counts.get(Count.SUBMITTED);
        return all != null
                && List.of(Count.MATCHED, Count.AMBIGUOUS, Count.UNMATCHED).stream()
                        .allMatch(counts.stated()::containsKey)
                && counts.sum(Count.MATCHED, Count.AMBIGUOUS, Count.UNMATCHED) < all;
    }

    /** Whether parts are more than the whole that is stated. */
    private boolean exceeds(Count whole, Count... parts) {
        Integer all = counts.get(whole);
        return all != null && counts.sum(parts) > all;
    }

    private void add(Rule rule, Count count) {
        broken.add(new Violation(rule, count.pointer()));
    }
}
