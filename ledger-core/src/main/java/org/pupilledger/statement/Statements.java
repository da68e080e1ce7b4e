package org.pupilledger.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Organisations;
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

    private final Organisations organisations;

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

        /** Who was told, as far as that can be the same as somebody else's: a body, or Parliament; null for others. */
        @Nullable
        String audience() {
            StatementEvent.Made made = state.made();
            return made.body() != null
                    ? made.body().value()
                    : made.telling().channel() == Channel.PARLIAMENT ? Channel.PARLIAMENT.name() : null;
        }
    }

    /** By figure, those that count. */
    private final Map<Figure, List<Known>> about = new LinkedHashMap<>();

    /** @param organisations says below which others each is */
    public Statements(List<Known> all, LedgerFigures ledger, Organisations organisations) {
        this.all = List.copyOf(all);
        this.ledger = ledger;
        this.organisations = organisations;
        for (Known statement : all) {
            if (!statement.isAnnulled()) {
                about.computeIfAbsent(statement.state().figure(), absent -> new ArrayList<>())
                        .add(statement);
            }
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
        return new Statements(changed, ledger, organisations);
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

    /** What the ledger holds of the figure that a statement is about; null where it counts no such thing. */
    public @Nullable LedgerFigure ledger(Known statement) {
        return ledger.holds(statement.state().figure());
    }

    private Standing standing(Known statement) {
        Standing standing = byItself(statement);
        return standing.isStale() ? standing.toldAnew(toldAnewBy(standing)) : standing;
    }

    /** A later statement by which the same body was told what is right; null where there is none. */
    private @Nullable Known toldAnewBy(Standing standing) {
        Known statement = standing.statement();
        String audience = statement.audience();
        if (audience == null) {
            return null;
        }
        LocalDate told = statement.state().lastToldOn();
        for (Known other : about.getOrDefault(statement.state().figure(), List.of())) {
            LocalDate toldAnew = other.state().made().telling().toldOn().latest();
            boolean isLater = toldAnew.isAfter(told)
                    || (toldAnew.isEqual(told) && other.firstPosition() > statement.firstPosition());
            if (isLater
                    && audience.equals(other.audience())
                    && standing.isRight(other.state().made().value())) {
                return other;
            }
        }
        return null;
    }

    private Standing byItself(Known statement) {
        Source correction = decisive(statement);
        if (correction != null) {
            boolean isOwn = correction.statement().id().equals(statement.id());
            return new Standing(
                    statement,
                    correction.correction().corrected().now(),
                    isOwn ? Reason.CORRECTED : Reason.SAME_FIGURE_CORRECTED,
                    correction,
                    null);
        }
        return switch (statement.state().made().backing()) {
            case Backing.AtPosition position -> {
                LedgerFigure held = ledger(statement);
                Amount told = statement.state().toldValue();
                if (held != null && held.value() == null && held.agreesWith(told)) {
                    // "at least" was all that could be told, and still is
                    yield new Standing(statement, told, Reason.TOLD_OTHERWISE, null, null);
                }
                Amount now = held == null || held.value() == null ? null : Amount.exactly(held.value());
                Reason changed = position.isWrongTelling() ? Reason.TOLD_WRONGLY : Reason.LEDGER_CHANGED;
                yield new Standing(statement, now, now == null ? Reason.LEDGER_NOT_STATED : changed, null, null);
            }
            case Backing.NamedSource source ->
                new Standing(statement, statement.state().value(), Reason.TOLD_OTHERWISE, null, null);
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

    /**
     * Statements that cannot all be right, as far as their measure and organisation are asked for: different numbers for the
     * same figure, and more in a part than in the whole of it. A part is of fewer days, or of an organisation below.
     */
    public Stream<Conflict> conflicts(StatementsQuery query) {
        return conflicts(query.toldBy()).stream().filter(query::admits);
    }

    /** @param toldBy by when it must have been told; null for all there is, after every correction */
    List<Conflict> conflicts(@Nullable LocalDate toldBy) {
        Map<Series, Map<Figure, List<Said>>> series = new LinkedHashMap<>();
        about.forEach((figure, statements) -> {
            List<Said> said = statements.stream()
                    .flatMap(statement -> Said.of(statement, toldBy).stream())
                    .toList();
            if (!said.isEmpty()) {
                series.computeIfAbsent(new Series(figure.measure(), figure.subject()), absent -> new LinkedHashMap<>())
                        .put(figure, said);
            }
        });
        List<Conflict> conflicts = new ArrayList<>();
        series.values().forEach(figures -> addConflicts(figures, conflicts));
        conflicts.sort(null);
        return conflicts;
    }

    /** What is counted; only of one and the same can numbers be compared. */
    private record Series(
            PublishedMeasure measure, @Nullable Subject subject) {}

    private void addConflicts(Map<Figure, List<Said>> said, List<Conflict> conflicts) {
        Map<OrganisationCode, Set<OrganisationCode>> above = new HashMap<>();
        said.forEach((figure, ofFigure) -> {
            if (most(ofFigure) > least(ofFigure)) {
                conflicts.add(new Conflict(Kind.SAME_PERIOD, figure, ofFigure));
            }
            if (!figure.measure().isFigure()) {
                return;
            }
            said.forEach((part, ofPart) -> {
                if (!part.equals(figure)
                        && figure.spans(part)
                        && isWithin(part.organisation(), figure.organisation(), above)
                        && most(ofPart) > least(ofFigure)) {
                    conflicts.add(new Conflict(Kind.PART_EXCEEDS_WHOLE, figure, exceeding(ofFigure, ofPart)));
                }
            });
        });
    }

    /** Whether the requests of one are among those of the other; null is all organisations together. */
    private boolean isWithin(
            @Nullable OrganisationCode one,
            @Nullable OrganisationCode other,
            Map<OrganisationCode, Set<OrganisationCode>> above) {
        return other == null
                || (one != null
                        && above.computeIfAbsent(one, organisations::chain).contains(other));
    }

    /** Each of the whole that some of the part exceeds, and each of the part that exceeds some of the whole, in order. */
    private static List<Said> exceeding(List<Said> whole, List<Said> part) {
        return Stream.concat(
                        whole.stream().filter(each -> each.value().high() < most(part)),
                        part.stream().filter(each -> each.value().low() > least(whole)))
                .sorted(Comparator.comparingLong(each -> each.statement().firstPosition()))
                .toList();
    }

    /** The largest number that at least one of them must mean. */
    private static long most(List<Said> said) {
        return said.stream().mapToLong(each -> each.value().low()).max().orElse(0);
    }

    /** The largest number that none of them exceeds. */
    private static long least(List<Said> said) {
        return said.stream().mapToLong(each -> each.value().high()).min().orElse(Long.MAX_VALUE);
    }
}
