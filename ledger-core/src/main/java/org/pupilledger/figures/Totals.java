package org.pupilledger.figures;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.coverage.Coverages;
import org.pupilledger.coverage.CoveredMonths;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.Placement;
import org.pupilledger.organisation.Placements;
import org.pupilledger.publication.EditionRules;

/** Monthly totals, where each organisation stands and what is covered, as far as they have been added up. */
public final class Totals {
    private final EditionRules rules;
    private final Map<Delta.Key, Tally> months = new TreeMap<>();
    private final Map<OrganisationCode, Placement> organisations = new TreeMap<>();
    private final Coverages coverage = new Coverages();

    public Totals() {
        this(EditionRules.NEWEST);
    }

    /** @param rules by which events are counted, and organisations stand below others or not */
    public Totals(EditionRules rules) {
        this.rules = rules;
    }

    public EditionRules rules() {
        return rules;
    }

    /** Adds what an event means. */
    public void add(Object event) {
        switch (event) {
            case OrganisationEvent.Registered registered -> put(registered.code(), Placement.of(registered.profile()));
            case OrganisationEvent.Changed changed -> put(changed.code(), Placement.of(changed.now()));
            case CoverageEvent covered -> coverage.add(covered);
            default -> Delta.of(event, rules).rows().forEach(row -> add(row.key(), row.tally()));
        }
    }

    public void add(Delta.Key key, Tally tally) {
        months.computeIfAbsent(key, absent -> new Tally()).add(tally);
    }

    public void put(OrganisationCode code, Placement placement) {
        organisations.put(
                code,
                switch (rules) {
                    case EDITION_1 -> new Placement(placement.category(), null);
                    case EDITION_2, EDITION_3 -> placement;
                });
    }

    /**
     * These totals less others.
     *
     * @param then organisations as they stood; empty for one that was not there
     */
    Totals without(Totals since, Map<OrganisationCode, Optional<Placement>> then) {
        Totals before = new Totals(rules);
        months.forEach(before::add);
        since.months.forEach((key, tally) -> before.add(key, tally.negated()));
        before.organisations.putAll(organisations);
        coverage.forEach(before.coverage::add);
        since.coverage.forEach((covered, declarations) -> before.coverage.add(covered, -declarations));
        then.forEach((code, placement) ->
                placement.ifPresentOrElse(known -> before.put(code, known), () -> before.organisations.remove(code)));
        before.months.values().removeIf(Tally::isZero);
        return before;
    }

    /**
     * The rows of which every month is wanted; of a total of which some are, that in these something is not stated. What is
     * covered stays, since it says nothing of what there is.
     */
    public Totals ofMonths(Predicate<YearMonth> isWanted) {
        Totals some = only(key -> key.period().months().allMatch(isWanted), organisation -> true);
        spans().stream()
                .filter(key -> organisations.containsKey(key.organisation())
                        && !key.period().months().allMatch(isWanted))
                .forEach(key -> key.period()
                        .months()
                        .filter(isWanted)
                        .forEach(month -> some.add(
                                new Delta.Key(month, key.organisation(), key.why()),
                                Objects.requireNonNull(months.get(key)).ofSomePart())));
        return some;
    }

    /** The organisations that are wanted, with where all of them stand. */
    public Totals ofOrganisations(Predicate<OrganisationCode> isWanted) {
        return only(key -> isWanted.test(key.organisation()), isWanted);
    }

    private Totals only(Predicate<Delta.Key> isWanted, Predicate<OrganisationCode> isCovering) {
        Totals some = new Totals(rules);
        some.organisations.putAll(organisations);
        months.forEach((key, tally) -> {
            if (organisations.containsKey(key.organisation()) && isWanted.test(key)) {
                some.add(key, tally);
            }
        });
        coverage.only(isCovering).forEach(some.coverage::add);
        return some;
    }

    /** By period, then organisation code; also rows of which nothing is left. */
    public Map<Delta.Key, Tally> months() {
        return months;
    }

    public Map<OrganisationCode, Placement> organisations() {
        return organisations;
    }

    /** As they stand whenever something is asked. */
    public Placements placements() {
        return new Placements(organisations);
    }

    /** For which months of which organisations the record was declared complete. */
    public Coverages coverage() {
        return coverage;
    }

    /** What is covered: what was declared, and for the same organisations each period of which there is a total. */
    public Coverages extents() {
        Coverages extents = coverage.only(organisation -> true);
        spans().stream()
                .filter(total -> coverage.isDeclared(total.organisation()))
                .map(total -> new CoveredMonths(
                        total.organisation(),
                        total.period().from(),
                        total.period().to()))
                .forEach(covered -> extents.add(covered, 1));
        return extents;
    }

    /** Of what totals there are, which no source tells apart further. */
    List<Delta.Key> spans() {
        return months.entrySet().stream()
                .filter(row -> row.getValue().hasRequests())
                .map(Map.Entry::getKey)
                .filter(Delta.Key::isOfTotal)
                .toList();
    }
}
