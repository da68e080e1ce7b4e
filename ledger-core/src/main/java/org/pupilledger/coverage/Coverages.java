package org.pupilledger.coverage;

import java.time.YearMonth;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Label;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;

/** What is covered, added up from events in whatever order: of each months, how many declarations stand. */
public final class Coverages {
    private final NavigableMap<CoveredMonths, Long> declared = new TreeMap<>();

    /** How far a period of an organisation is covered. */
    public enum Extent implements Code {
        /** All of its months: what is not there did not happen. */
        COMPLETE,
        /** Some of its months, so that no sum is known. */
        @Label("recorded in part")
        PART,
        /** None of its months, though others of the organisation are. */
        @Label("not recorded")
        NONE,
        /** Nobody has said anything about the organisation. */
        NOT_DECLARED;

        /** Whether numbers of the period are told as they are. */
        public boolean isKnown() {
            return this == COMPLETE || this == NOT_DECLARED;
        }
    }

    /** Adds what an event means. */
    public void add(CoverageEvent event) {
        switch (event) {
            case CoverageEvent.Declared(var declaration) -> add(declaration.months(), 1);
            case CoverageEvent.Withdrawn(var declaration, var cause, var authority) -> add(declaration.months(), -1);
            case CoverageEvent.Proposed proposed -> {
                // nothing is covered yet
            }
            case CoverageEvent.WithdrawalProposed proposed -> {
                // it is still covered
            }
            case CoverageEvent.ProposalDropped dropped -> {
                // as before
            }
        }
    }

    /** @param declarations may be less than 0 where something is taken away that was added elsewhere */
    public void add(CoveredMonths months, long declarations) {
        if (declarations != 0) {
            declared.merge(months, declarations, (one, other) -> one + other == 0 ? null : one + other);
        }
    }

    public void forEach(BiConsumer<CoveredMonths, Long> action) {
        declared.forEach(action);
    }

    public boolean isEmpty() {
        return declared.isEmpty();
    }

    /** All that is declared of organisations. */
    public Coverages only(Predicate<OrganisationCode> isWanted) {
        Coverages some = new Coverages();
        declared.forEach((months, count) -> {
            if (isWanted.test(months.organisation())) {
                some.add(months, count);
            }
        });
        return some;
    }

    public Stream<OrganisationCode> organisations() {
        return declared.keySet().stream().map(CoveredMonths::organisation).distinct();
    }

    public Extent of(OrganisationCode organisation, Period period) {
        return of(organisation, period, month -> true);
    }

    /** @param isKnown whether of a month anything can be known, so that it may be covered */
    public Extent of(OrganisationCode organisation, Period period, Predicate<YearMonth> isKnown) {
        if (!isDeclared(organisation)) {
            return Extent.NOT_DECLARED;
        }
        long months = period.months().count();
        long covered = period.months()
                .filter(isKnown)
                .filter(month -> isCovered(organisation, month))
                .count();
        return covered == 0 ? Extent.NONE : covered == months ? Extent.COMPLETE : Extent.PART;
    }

    /** Whether anybody said anything of an organisation. */
    public boolean isDeclared(OrganisationCode organisation) {
        return declared.keySet().stream()
                .anyMatch(months -> months.organisation().equals(organisation));
    }

    private boolean isCovered(OrganisationCode organisation, YearMonth month) {
        return declared.keySet().stream()
                .anyMatch(months -> months.organisation().equals(organisation) && months.contains(month));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coverages coverages && declared.equals(coverages.declared);
    }

    @Override
    public int hashCode() {
        return declared.hashCode();
    }

    @Override
    public String toString() {
        return declared.toString();
    }
}
