package org.pupilledger.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.Organisations;
import org.pupilledger.statement.LedgerFigures.LedgerFigure;
import org.pupilledger.statement.StatementEvent.Annulled;
import org.pupilledger.statement.StatementEvent.Corrected;
import org.pupilledger.statement.StatementEvent.Made;
import org.pupilledger.statement.StatementEvent.RecipientsTold;
import org.pupilledger.statement.Statements.Known;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/** What holds of statements whatever is told, corrected and told anew, compared with models that know no cleverness. */
class StatementsPropertyTest {
    private static final int TRIES = 200;
    private static final int MAX_VALUE = 4;
    private static final LocalDate FIRST = LocalDate.of(2016, 1, 1);
    private static final int DAYS = 400;
    private static final OrganisationCode BELOW = new OrganisationCode("BELOW");
    private static final Organisations ORGANISATIONS = code -> Optional.of(
            new OrganisationProfile("An organisation", Category.OTHER, code.equals(BELOW) ? Told.HOME_OFFICE : null));
    private static final LedgerFigures LEDGER = figure -> new LedgerFigure(2L, null, List.of());

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void asToldOnADateIsWhatADiaryOfThatDateSays(@ForAll Random random) {
        List<StatementEvent> events = events(random);
        StatementState state = Told.state(events);
        NavigableMap<LocalDate, Amount> diary = diary(events);
        for (int day = -40; day < DAYS; day++) {
            LocalDate date = FIRST.plusDays(day);
            var entry = diary.floorEntry(date);

            assertThat(state.valueToldBy(date)).as("%s", date).isEqualTo(entry == null ? null : entry.getValue());
        }
        assertThat(state.valueToldBy(LocalDate.of(2100, 1, 1))).isEqualTo(state.value());
    }

    /** Written in the order in which it was recorded; a day keeps what was written last, and so do the days after it. */
    private static NavigableMap<LocalDate, Amount> diary(List<StatementEvent> events) {
        NavigableMap<LocalDate, Amount> diary = new TreeMap<>();
        for (StatementEvent event : events) {
            switch (event) {
                case Made made -> diary.put(made.telling().toldOn().latest(), made.value());
                case Corrected corrected -> {
                    LocalDate day = corrected.telling().toldOn().latest();
                    if (!day.isBefore(diary.firstKey())) {
                        diary.tailMap(day, true).replaceAll((later, value) -> corrected.now());
                        diary.put(day, corrected.now());
                    } else {
                        diary.replaceAll((later, value) -> corrected.now());
                    }
                }
                case RecipientsTold told -> {
                    // changes nothing that was said to the public
                }
                case Annulled annulled -> diary.clear();
            }
        }
        return diary;
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void staleIsWhoeverBelievesAnotherThanTheRightValue(@ForAll Random random) {
        List<Known> known = known(random);
        Statements statements = new Statements(known, LEDGER, ORGANISATIONS);
        for (Known statement : known) {
            Standing standing = statements.find(statement.id()).orElseThrow();
            Amount right = Amount.exactly(rightValue(statement, known));
            boolean isToldRight = statement.state().toldValue().equals(right);

            assertThat(standing.rightValue()).isEqualTo(right);
            assertThat(standing.isStale()).isEqualTo(!isToldRight && !isToldAnew(statement, right, known));
        }
    }

    /** All are told to Parliament, or to nobody who could have been told by another. */
    private static boolean isToldAnew(Known statement, Amount right, List<Known> known) {
        if (statement.state().made().telling().channel() != Channel.PARLIAMENT) {
            return false;
        }
        LocalDate told = statement.state().recipientsTold().isEmpty()
                ? statement.state().made().telling().toldOn().latest()
                : statement
                        .state()
                        .recipientsTold()
                        .getLast()
                        .told()
                        .telling()
                        .toldOn()
                        .latest();
        return known.stream()
                .filter(other -> other.state().figure().equals(statement.state().figure()))
                .filter(other -> other.state().made().telling().channel() == Channel.PARLIAMENT)
                .filter(other -> other.state().made().value().equals(right))
                .anyMatch(other -> {
                    LocalDate anew = other.state().made().telling().toldOn().latest();
                    return anew.isAfter(told)
                            || (anew.isEqual(told) && other.firstPosition() > statement.firstPosition());
                });
    }

    private static long rightValue(Known statement, List<Known> known) {
        LocalDate newest = LocalDate.MIN;
        for (Known other : known) {
            if (other.state().figure().equals(statement.state().figure())
                    && other.state().isCorrected()
                    && last(other).isAfter(newest)) {
                newest = last(other);
            }
        }
        if (statement.state().isCorrected() && last(statement).equals(newest)) {
            return statement.state().value().least();
        }
        long right = -1;
        for (Known other : known) {
            if (other.state().figure().equals(statement.state().figure())
                    && other.state().isCorrected()
                    && last(other).equals(newest)) {
                right = other.state().value().least();
            }
        }
        if (right >= 0) {
            return right;
        }
        boolean isOfLedger = statement.state().made().backing() instanceof Backing.AtPosition;
        return isOfLedger ? 2 : statement.state().made().value().least();
    }

    private static LocalDate last(Known statement) {
        return statement
                .state()
                .corrections()
                .getLast()
                .corrected()
                .telling()
                .toldOn()
                .latest();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void tellingTheRightValueClearsAndNothingElseChanges(@ForAll Random random) {
        List<Known> known = known(random);
        Statements before = new Statements(known, LEDGER, ORGANISATIONS);
        Known told = known.get(random.nextInt(known.size()));
        Amount right =
                Objects.requireNonNull(before.find(told.id()).orElseThrow().rightValue());
        StatementState retold = StatementState.after(
                told.state(), new RecipientsTold(Told.parliament("2018-01-01", "HCWS1"), right), 9);
        Statements after = before.with(told.id(), retold);

        assertThat(after.find(told.id()).orElseThrow().isStale()).isFalse();
        for (Known other : known) {
            if (!other.id().equals(told.id())) {
                Standing standing = after.find(other.id()).orElseThrow();
                assertThat(standing.rightValue())
                        .isEqualTo(before.find(other.id()).orElseThrow().rightValue());
                assertThat(standing.isStale())
                        .isEqualTo(before.find(other.id()).orElseThrow().isStale());
            }
        }
    }

    /** A conflict is named by the two ids at least, whose numbers cannot both be right. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void twoNumbersOfOneFigureAndAPartThatIsLargerThanItsWholeAreInAConflictAndNothingElse(@ForAll Random random) {
        List<Known> known = known(random);
        LocalDate toldBy = random.nextBoolean() ? null : FIRST.plusDays(random.nextInt(DAYS));
        Set<Set<String>> expected = new HashSet<>();
        for (Known one : known) {
            for (Known other : known) {
                Amount left = told(one, toldBy);
                Amount right = told(other, toldBy);
                if (left != null && right != null && cannotBoth(one, left, other, right)) {
                    expected.add(Set.of(one.id(), other.id()));
                }
            }
        }
        Set<Set<String>> found = new HashSet<>();
        for (Conflict conflict : new Statements(known, LEDGER, ORGANISATIONS).conflicts(toldBy)) {
            boolean isExplained = false;
            for (Conflict.Said one : conflict.statements()) {
                for (Conflict.Said other : conflict.statements()) {
                    if (cannotBoth(one.statement(), one.value(), other.statement(), other.value())) {
                        found.add(Set.of(one.statement().id(), other.statement().id()));
                        isExplained = true;
                    }
                }
            }
            assertThat(isExplained).isTrue();
        }

        assertThat(found).isEqualTo(expected);
    }

    private static @Nullable Amount told(Known statement, @Nullable LocalDate toldBy) {
        return toldBy == null ? statement.state().value() : statement.state().valueToldBy(toldBy);
    }

    /** The second is the same as the first, or a part of it. */
    private static boolean cannotBoth(Known whole, Amount left, Known part, Amount right) {
        Figure a = whole.state().figure();
        Figure b = part.state().figure();
        String below = String.valueOf(b.organisation());
        boolean isWithin = a.organisation() == null
                || String.valueOf(a.organisation()).equals(below)
                || (a.organisation().equals(Told.HOME_OFFICE) && below.equals(BELOW.value()));
        return a.measure() == b.measure()
                && isWithin
                && a.period().contains(b.period())
                && (a.equals(b) ? !left.equals(right) : right.least() > left.least());
    }

    private static List<Known> known(Random random) {
        List<Known> known = new ArrayList<>();
        long position = 0;
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            List<StatementEvent> events = events(random);
            List<Long> positions =
                    LongStream.range(position, position + events.size()).boxed().toList();
            position += events.size();
            known.add(new Known("statement-" + i, Told.state(events), positions));
        }
        return known;
    }

    /** As the rules allow: each telling may have been on or after those before it. */
    private static List<StatementEvent> events(Random random) {
        LocalDate day = FIRST.plusDays(random.nextInt(60));
        int value = random.nextInt(MAX_VALUE);
        Backing backing = random.nextBoolean() ? Told.SOURCE : new Backing.AtPosition(7);
        List<StatementEvent> events = new ArrayList<>();
        Channel channel = random.nextInt(3) == 0 ? Channel.FOI : Channel.PARLIAMENT;
        events.add(new Made(telling(day, channel, random), null, figure(random), value, backing));
        int more = random.nextInt(4);
        for (int i = 0; i < more; i++) {
            day = day.plusDays(random.nextInt(50));
            if (random.nextInt(3) == 0) {
                events.add(new RecipientsTold(telling(day, channel, random), random.nextInt(MAX_VALUE)));
            } else {
                int now = (value + 1 + random.nextInt(MAX_VALUE - 1)) % MAX_VALUE;
                events.add(new Corrected(value, now, telling(day, channel, random), Cause.RECOUNT));
                value = now;
            }
        }
        return events;
    }

    private static Telling telling(LocalDate day, Channel channel, Random random) {
        BusinessDate date = BusinessDate.of(day);
        return new Telling(
                random.nextInt(3) == 0 ? new BusinessDate(date.month(), null) : date,
                channel,
                new SourceReference("HCWS" + random.nextInt(100)));
    }

    private static Figure figure(Random random) {
        int from = 1 + random.nextInt(3);
        return new Figure(
                random.nextInt(4) == 0 ? PublishedMeasure.REQUESTS_RECEIVED : PublishedMeasure.INDIVIDUALS_MATCHED,
                random.nextInt(4) == 0 ? null : random.nextInt(3) == 0 ? BELOW : Told.HOME_OFFICE,
                Told.period("2015-0" + from, "2015-0" + (from + random.nextInt(3))));
    }
}
