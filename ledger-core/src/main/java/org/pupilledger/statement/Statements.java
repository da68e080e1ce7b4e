package org.pupilledger.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.statement.Conflict.Kind;
import org.pupilledger.statement.Conflict.Said;
import org.pupilledger.statement.LedgerFigures.LedgerFigure;
import org.pupilledger.statement.Standing.Reason;
import org.pupilledger.statement.Standing.Source;

/** All statements together, since what one says may make others stale, and the figures of the ledger beside them. */
public final class Statements {
    /** In the order in which they were recorded; also those that were recorded by mistake. */
    private final List<Known> all;

    private final LedgerFigures ledger;

    /** Of each figure, the correction that was told last. */
    private final Map<Figure, Source> newest = new HashMap<>();

    /**
     * A statement in the ledger.
     *
     * @param positions of its events, by sequence; those that have none yet are left out
     */
    public record Known(String id, StatementState state, List<Long> positions) {
        public Known {
            positions = List.copyOf(positions);
        }

        /** Of an event; beyond all others while it has none. */
        public long position(long sequence) {
            return sequence < positions.size() ? positions.get((int) sequence) : Long.MAX_VALUE;
        }

        public long firstPosition() {
            return position(0);
        }

        boolean isAnnulled() {
            return state.annulment() != null;
        }
    }

    public Statements(List<Known> all, LedgerFigures ledger) {
        this.all = List.copyOf(all);
        this.ledger = ledger;
        for (Known statement : all) {
            if (statement.state().isCorrected() && !statement.isAnnulled()) {
                Source last =
                        new Source(statement, statement.state().corrections().getLast());
                newest.merge(statement.state().figure(), last, Statements::later);
            }
        }
    }

    private static Source later(Source one, Source other) {
        return ORDER.compare(one, other) < 0 ? other : one;
    }

    private static final Comparator<Source> ORDER = Comparator.comparing(Statements::toldOn)
            .thenComparingLong(
                    source -> source.statement().position(source.correction().sequence()));

    private static LocalDate toldOn(Source source) {
        return source.correction().corrected().telling().toldOn().latest();
    }

    /** The same statements, with one as it is now; it may be new. */
    public Statements with(String id, StatementState state) {
        List<Known> changed = new ArrayList<>();
        Known now = new Known(id, state, List.of());
        for (Known statement : all) {
            if (statement.id().equals(id)) {
                now = new Known(id, state, statement.positions());
            } else {
                changed.add(statement);
            }
        }
        changed.add(now);
        changed.sort(Comparator.comparingLong(Known::firstPosition));
        return new Statements(changed, ledger);
    }

    public Optional<Standing> find(String id) {
        return all.stream()
                .filter(statement -> statement.id().equals(id))
                .map(this::standing)
                .findFirst();
    }

    /** In the order in which they were recorded; looked at one after the other, as they are asked for. */
    public Stream<Standing> standings(StatementsQuery query) {
        return all.stream().map(this::standing).filter(query::admits);
    }

    /** What the ledger holds of the figure that a statement is about. */
    public LedgerFigure ledger(Known statement) {
        return ledger.of(statement.state().figure());
    }

    private Standing standing(Known statement) {
        Source correction = decisive(statement);
        if (correction != null) {
            boolean isOwn = correction.statement().id().equals(statement.id());
            return new Standing(
                    statement,
                    (long) correction.correction().corrected().now(),
                    isOwn ? Reason.CORRECTED : Reason.SAME_FIGURE_CORRECTED,
                    correction);
        }
        return switch (statement.state().made().backing()) {
            case Backing.AtPosition position -> {
                Long now = ledger(statement).value();
                yield new Standing(
                        statement, now, now == null ? Reason.LEDGER_NOT_STATED : Reason.LEDGER_CHANGED, null);
            }
            case Backing.NamedSource source ->
                new Standing(statement, (long) statement.state().value(), Reason.TOLD_OTHERWISE, null);
        };
    }

    /** Its own correction, unless another about the same figure was told later; null where there is none of either. */
    private @Nullable Source decisive(Known statement) {
        Source last = newest.get(statement.state().figure());
        if (last == null || statement.isAnnulled() || !statement.state().isCorrected()) {
            return last;
        }
        Source own = new Source(statement, statement.state().corrections().getLast());
        return toldOn(last).isAfter(toldOn(own)) ? last : own;
    }

    /** A measure of an organisation; only what shares both can be compared. */
    private record Series(
            PublishedMeasure measure, @Nullable OrganisationCode organisation) {}

    /** Statements that give different numbers for periods that overlap, as far as their measure and organisation are asked for. */
    public Stream<Conflict> conflicts(StatementsQuery query) {
        return conflicts(query.toldBy()).stream().filter(query::admits);
    }

    /** @param toldBy by when it must have been told; null for all there is, after every correction */
    List<Conflict> conflicts(@Nullable LocalDate toldBy) {
        Map<Series, Map<Period, List<Said>>> series = new LinkedHashMap<>();
        for (Known statement : all) {
            Integer value = toldBy == null
                    ? (Integer) statement.state().value()
                    : statement.state().valueToldBy(toldBy);
            if (value != null && !statement.isAnnulled()) {
                Figure figure = statement.state().figure();
                series.computeIfAbsent(
                                new Series(figure.measure(), figure.organisation()), absent -> new LinkedHashMap<>())
                        .computeIfAbsent(figure.period(), absent -> new ArrayList<>())
                        .add(new Said(statement, value));
            }
        }
        List<Conflict> conflicts = new ArrayList<>();
        series.values().forEach(periods -> addConflicts(periods, conflicts));
        conflicts.sort(null);
        return conflicts;
    }

    private static void addConflicts(Map<Period, List<Said>> said, List<Conflict> conflicts) {
        List<Period> periods = new ArrayList<>(said.keySet());
        periods.sort(Comparator.comparing(Period::from));
        for (int i = 0; i < periods.size(); i++) {
            Period one = periods.get(i);
            List<Said> ofOne = said.getOrDefault(one, List.of());
            if (differ(ofOne)) {
                conflicts.add(new Conflict(Kind.SAME_PERIOD, ofOne));
            }
            for (int j = i + 1; j < periods.size() && periods.get(j).overlaps(one); j++) {
                Period other = periods.get(j);
                List<Said> both = new ArrayList<>(ofOne);
                both.addAll(said.getOrDefault(other, List.of()));
                if (differ(both)) {
                    both.sort(Comparator.comparingLong(each -> each.statement().firstPosition()));
                    conflicts.add(
                            new Conflict(exceeds(said, one, other) ? Kind.PART_EXCEEDS_WHOLE : Kind.OVERLAP, both));
                }
            }
        }
    }

    private static boolean differ(List<Said> said) {
        return said.stream().mapToInt(Said::value).distinct().count() > 1;
    }

    private static boolean exceeds(Map<Period, List<Said>> said, Period one, Period other) {
        if (one.contains(other)) {
            return most(said.getOrDefault(other, List.of())) > least(said.getOrDefault(one, List.of()));
        }
        return other.contains(one)
                && most(said.getOrDefault(one, List.of())) > least(said.getOrDefault(other, List.of()));
    }

    private static int most(List<Said> said) {
        return said.stream().mapToInt(Said::value).max().orElse(0);
    }

    private static int least(List<Said> said) {
        return said.stream().mapToInt(Said::value).min().orElse(Integer.MAX_VALUE);
    }
}
