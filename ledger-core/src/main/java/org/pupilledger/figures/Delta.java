package org.pupilledger.figures;

import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.request.Figures;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.request.Stage;
import org.pupilledger.spans.Counts;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.values.Found;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Why;

/**
 * What one event adds to the figures. The running totals, the figures as at a position and every verifier only add
 * deltas up, so that they cannot disagree about arithmetic.
 */
public record Delta(List<Row> rows) {
    /**
     * What a row of the figures is added up for.
     *
     * @param period the month of receipt; or the range of months of a total that no source tells apart, be it of one
     * @param why    of the requests; of a total it is not stated
     */
    public record Key(Period period, OrganisationCode organisation, Why why) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::period)
                .thenComparing(Key::organisation)
                .thenComparing(Key::why);

        public Key(YearMonth month, OrganisationCode organisation, Why why) {
            this(Period.of(By.MONTH, month), organisation, why);
        }

        /** Whether it is of a period total, not of requests one by one. */
        public boolean isOfTotal() {
            return period.by() == By.TOTAL;
        }

        /**
         * What it tells of a period that it shares months with.
         *
         * @param tally of this key
         */
        public Tally in(Period asked, Tally tally) {
            return asked.contains(period) ? tally : tally.ofSomePart();
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    public record Row(Key key, Tally tally) {}

    private static final Figures.MatchFigures UNTOLD_MATCH =
            new Figures.MatchFigures(Individuals.notStated(), Individuals.notStated());
    private static final Figures.DisclosureFigures UNTOLD_DISCLOSURE =
            new Figures.DisclosureFigures(Individuals.notStated(), Individuals.notStated(), null);
    private static final Delta NOTHING = new Delta(List.of());

    public static Delta of(Object event) {
        return switch (event) {
            case RequestEvent request -> of(request);
            case AgreementEvent agreement -> NOTHING;
            case OrganisationEvent organisation -> NOTHING;
            case PeriodTotalEvent total -> of(total, true);
            case StatementEvent statement -> NOTHING;
            case LedgerEvent ledger -> NOTHING;
            case EditionEvent edition -> NOTHING;
            // what is not recorded is no number; see Totals
            case CoverageEvent coverage -> NOTHING;
            default ->
                throw new IllegalArgumentException(
                        "no event: " + event.getClass().getName());
        };
    }

    /** What it added by the rules of an edition. */
    public static Delta of(Object event, EditionRules rules) {
        return switch (rules) {
            case EDITION_1 -> FirstRules.delta(event);
            case EDITION_2 -> event instanceof PeriodTotalEvent total ? of(total, false) : of(event);
            case EDITION_3 -> of(event);
        };
    }

    private static Delta of(RequestEvent event) {
        return switch (event) {
            case RequestEvent.Received received -> new Delta(List.of(row(received.figures(), 1)));
            case RequestEvent.ReferenceAdded(var header, var reference) ->
                one(header, outcome(new Tally().add(Measure.REQUESTS_RECEIVED, 1), Outcome.OPEN, 1));
            case RequestEvent.ReferenceRefused(var header, var was, var refused) ->
                one(header, outcome(outcome(new Tally(), was, -1), Outcome.REFUSED, 1));
            case RequestEvent.OverrideRecorded override -> NOTHING;
            case RequestEvent.Decided(var header, var was, var decision) ->
                one(
                        header,
                        silent(outcome(new Tally(), header, was, decision.outcome()), header, was, decision.outcome()));
            case RequestEvent.Withdrawn(var header, var was, var withdrawal) ->
                one(
                        header,
                        silent(outcome(new Tally(), header, was, Outcome.WITHDRAWN), header, was, Outcome.WITHDRAWN));
            case RequestEvent.Matched(var header, var was, var submitted, var match) -> {
                Tally tally = outcome(new Tally(), header, was, Outcome.APPROVED);
                silentMatch(tally, header, submitted, Outcome.APPROVED, -1);
                yield one(header, matched(tally, header, submitted, Figures.MatchFigures.of(match), 1));
            }
            case RequestEvent.Disclosed(var header, var disclosure) -> {
                Tally tally = silentDisclosure(new Tally(), header, Outcome.APPROVED, -1);
                yield one(header, disclosed(tally, header, Figures.DisclosureFigures.of(disclosure), 1));
            }
            case RequestEvent.DisclosedFurther(var header, var was, var now, var disclosure) ->
                one(header, disclosed(disclosed(new Tally(), header, was, -1), header, now, 1));
            case RequestEvent.Destroyed destroyed -> NOTHING;
            case RequestEvent.Closed closed -> NOTHING;
            case RequestEvent.Corrected corrected ->
                new Delta(List.of(row(corrected.was(), -1), row(corrected.now(), 1)));
            case RequestEvent.Annulled annulled -> new Delta(List.of(row(annulled.was(), -1)));
        };
    }

    /** @param isApart whether a total of one month, or of no requests, is told from what is recorded one by one */
    private static Delta of(PeriodTotalEvent event, boolean isApart) {
        Period months = event.header().period();
        Period period = isApart ? Period.range(months.from(), months.to()) : months;
        Key key = new Key(period, event.header().organisation(), Why.UNSTATED);
        return switch (event) {
            case PeriodTotalEvent.Recorded recorded ->
                new Delta(List.of(new Row(key, SpanTally.of(recorded.counts(), 1, isApart))));
            case PeriodTotalEvent.Corrected corrected ->
                new Delta(List.of(
                        new Row(key, SpanTally.of(corrected.was(), -1, isApart)),
                        new Row(key, SpanTally.of(corrected.now(), 1, isApart))));
            case PeriodTotalEvent.Annulled annulled ->
                new Delta(List.of(new Row(key, SpanTally.of(annulled.was(), -1, isApart))));
        };
    }

    /** What a total of a longer period adds as it stands. */
    public static Tally contribution(Counts counts) {
        return SpanTally.of(counts, 1, true);
    }

    /** What one request adds as it stands. */
    public static Tally contribution(Figures figures) {
        return contribution(figures, 1);
    }

    private static Row row(Figures figures, int sign) {
        return new Row(key(figures.header()), contribution(figures, sign));
    }

    private static Delta one(RequestHeader header, Tally tally) {
        return new Delta(List.of(new Row(key(header), tally)));
    }

    private static Key key(RequestHeader header) {
        return new Key(header.received(), header.organisation(), header.why());
    }

    private static Tally contribution(Figures figures, int sign) {
        RequestHeader header = figures.header();
        long requests = (long) sign * header.requests().count();
        long refused = (long) sign * figures.refused();
        Tally tally = new Tally().add(Measure.REQUESTS_RECEIVED, requests + refused);
        outcome(tally, figures.outcome(), requests);
        outcome(tally, Outcome.REFUSED, refused);
        people(tally, figures.submitted(), Measure.INDIVIDUALS_SUBMITTED, Measure.NOT_STATED_SUBMITTED, requests, sign);
        if (figures.match() == null) {
            silentMatch(tally, header, figures.submitted(), figures.outcome(), sign);
        } else {
            matched(tally, header, figures.submitted(), figures.match(), sign);
        }
        if (figures.disclosure() == null) {
            silentDisclosure(tally, header, figures.outcome(), sign);
        } else {
            disclosed(tally, header, figures.disclosure(), sign);
        }
        return tally;
    }

    /**
     * Whether a stage of which nothing is told may have been: of a live request it has not, and of one that was refused or
     * withdrawn neither; of another one the source is silent.
     */
    private static boolean isSilent(RequestHeader header, Outcome outcome) {
        return header.isHistoric()
                && switch (outcome) {
                    case APPROVED, NOT_STATED -> true;
                    case OPEN, REFUSED, WITHDRAWN -> false;
                };
    }

    private static Tally silentMatch(
            Tally tally, RequestHeader header, Individuals submitted, Outcome outcome, int sign) {
        return isSilent(header, outcome) ? matched(tally, header, submitted, UNTOLD_MATCH, sign) : tally;
    }

    private static Tally silentDisclosure(Tally tally, RequestHeader header, Outcome outcome, int sign) {
        return isSilent(header, outcome) ? disclosed(tally, header, UNTOLD_DISCLOSURE, sign) : tally;
    }

    /**
     * Of a change of outcome, before which nothing was told of a match or a disclosure: a historic request that was matched is
     * not withdrawn but corrected.
     */
    private static Tally silent(Tally tally, RequestHeader header, Outcome was, Outcome now) {
        Individuals unknown = Individuals.notStated();
        silentDisclosure(silentMatch(tally, header, unknown, was, -1), header, was, -1);
        return silentDisclosure(silentMatch(tally, header, unknown, now, 1), header, now, 1);
    }

    private static Tally outcome(Tally tally, RequestHeader header, Outcome was, Outcome now) {
        long requests = header.requests().count();
        outcome(tally, was, -requests);
        return outcome(tally, now, requests);
    }

    private static Tally outcome(Tally tally, Outcome outcome, long requests) {
        return switch (outcome) {
            case OPEN -> tally.add(Measure.REQUESTS_OPEN, requests);
            case APPROVED -> tally.add(Measure.REQUESTS_APPROVED, requests);
            case REFUSED -> tally.add(Measure.REQUESTS_REFUSED, requests);
            case WITHDRAWN -> tally.add(Measure.REQUESTS_WITHDRAWN, requests);
            case NOT_STATED ->
                tally.add(Measure.NOT_STATED_OPEN, requests)
                        .add(Measure.NOT_STATED_APPROVED, requests)
                        .add(Measure.NOT_STATED_REFUSED, requests)
                        .add(Measure.NOT_STATED_WITHDRAWN, requests);
        };
    }

    private static Tally matched(
            Tally tally, RequestHeader header, Individuals submitted, Figures.MatchFigures match, int sign) {
        long requests = (long) sign * header.requests().count();
        Found found = Found.of(submitted, match.matched(), match.ambiguous(), match.unmatched());
        if (!submitted.isStated() && found.submitted() instanceof Individuals.Stated(int all)) {
            // it was counted as not stated when the request was received
            tally.add(Measure.NOT_STATED_SUBMITTED, -requests).add(Measure.INDIVIDUALS_SUBMITTED, (long) sign * all);
        }
        tally.add(Measure.REQUESTS_MATCHED, requests);
        people(tally, found.matched(), Measure.INDIVIDUALS_MATCHED, Measure.NOT_STATED_MATCHED, requests, sign);
        people(tally, found.ambiguous(), Measure.INDIVIDUALS_AMBIGUOUS, Measure.NOT_STATED_AMBIGUOUS, requests, sign);
        people(tally, found.unmatched(), Measure.INDIVIDUALS_UNMATCHED, Measure.NOT_STATED_UNMATCHED, requests, sign);
        return tally;
    }

    private static Tally disclosed(Tally tally, RequestHeader header, Figures.DisclosureFigures disclosure, int sign) {
        long requests = (long) sign * header.requests().count();
        Individuals answered = disclosure.answered();
        Individuals returned = disclosure.returned();
        tally.add(Measure.REQUESTS_DISCLOSED, requests);
        people(tally, answered, Measure.INDIVIDUALS_ANSWERED, Measure.NOT_STATED_ANSWERED, requests, sign);
        people(tally, returned, Measure.INDIVIDUALS_RETURNED, Measure.NOT_STATED_RETURNED, requests, sign);
        List<Stage.OfReference> references = disclosure.references();
        if (references == null) {
            led(tally, header.requests().count() == 1, answered, returned, disclosure.level(), requests);
        } else {
            references.forEach(one -> led(tally, true, one.answered(), one.returned(), one.level(), sign));
        }
        List<Stage.Return> returns = disclosure.returns();
        if (returns != null) {
            returns.forEach(one -> told(tally, one.level(), one.items(), answered, one.individuals(), requests, sign));
        } else if (references != null
                && references.stream().anyMatch(one -> one.returned() instanceof Individuals.Stated)) {
            references.forEach(
                    one -> told(tally, one.level(), one.items(), one.answered(), one.returned(), sign, sign));
        } else {
            told(tally, disclosure.level(), disclosure.items(), answered, returned, requests, sign);
        }
        return tally;
    }

    private static void told(
            Tally tally,
            @Nullable ReturnLevel level,
            @Nullable List<Item> items,
            Individuals answered,
            Individuals returned,
            long requests,
            int sign) {
        Phrase phrase = Phrase.of(level, items);
        if (phrase != null) {
            people(tally, phrase.toldAbout(answered, returned), phrase.people(), phrase.notStated(), requests, sign);
        }
    }

    /**
     * Which requests were answered, and led to what. That somebody of several requests was answered does not say in how many
     * of them; that nobody was holds for each.
     */
    static void led(
            Tally tally,
            boolean isOne,
            Individuals answered,
            Individuals returned,
            @Nullable ReturnLevel level,
            long requests) {
        boolean isData = returned.isPositive() || (level != null && level.compareTo(ReturnLevel.MATCH_INDICATOR) > 0);
        // items tell that somebody was answered even where the source does not state how many
        boolean isAnswered = isData || answered.isPositive() || level == ReturnLevel.MATCH_INDICATOR;
        if (isOne && isData) {
            tally.add(Measure.REQUESTS_LED_TO_DATA, requests);
        } else if (isData || (level == null && !returned.is(0))) {
            tally.add(Measure.NOT_STATED_LED_TO_DATA, requests);
        }
        if (isOne && isAnswered) {
            tally.add(Measure.REQUESTS_ANSWERED, requests);
        } else if (isAnswered || !answered.is(0)) {
            tally.add(Measure.NOT_STATED_REQUESTS_ANSWERED, requests);
        }
        tally.add(isOne || level == ReturnLevel.NOTHING ? Measure.level(level) : Measure.LEVEL_NOT_STATED, requests);
    }

    private static void people(
            Tally tally, Individuals individuals, Measure stated, Measure notStated, long requests, int sign) {
        switch (individuals) {
            case Individuals.Stated(int count) -> tally.add(stated, (long) sign * count);
            case Individuals.NotStated nobody -> tally.add(notStated, requests);
        }
    }
}
