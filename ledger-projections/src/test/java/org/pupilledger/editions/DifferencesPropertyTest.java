package org.pupilledger.editions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.pupilledger.TestLedger;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.comparison.ExplainingEvent;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Histories;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.tables.Column;
import org.pupilledger.totals.FiguresReader;

/**
 * What holds of differences whatever is recorded, corrected, annulled and moved to another category. One ledger for all
 * tries, which each make longer.
 */
@SuppressWarnings("NullAway.Init") // jqwik calls start first
class DifferencesPropertyTest {
    private static final int TRIES = 12;
    private static final int FARTHEST = 60;
    private static final List<String> ORGANISATIONS = List.of("DWP", "HOME_OFFICE", "POLICE");
    private static final List<Category> CATEGORIES = List.of(Category.values());
    private static final EventTypes TYPES = EventTypes.current();

    private static TestLedger ledger;
    private static FiguresReader figures;
    private static Differences differences;

    @BeforeContainer
    static void start() {
        ledger = TestLedger.started();
        figures = ledger.registers().figures();
        differences = ledger.publications().differences();
        put("POLICE", Category.POLICE, null);
    }

    @AfterContainer
    static void close() {
        ledger.close();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theCellsThatDifferAndTheEventsThatExplainThemAreThoseOfTwoReplays(@ForAll Random random) {
        record(random);
        long head = ledger.entries().head();
        long one = random.nextLong(-1, head + 1);
        long other = random.nextLong(Math.max(-1, one - FARTHEST), Math.min(head, one + FARTHEST) + 1);
        YearMonth last = YearMonth.of(2019 + random.nextInt(3), 12);
        YearMonth withheld = YearMonth.of(2019, 1 + 3 * random.nextInt(4));

        Comparison difference = differences.between(
                one,
                other,
                last,
                month -> false,
                month -> !month.isBefore(withheld) && month.isBefore(withheld.plusMonths(3)));

        Replays replays = new Replays(Math.min(one, other), Math.max(one, other), last, withheld);
        Map<String, String> expected = replays.changed(one > other);
        Map<String, String> told = new TreeMap<>();
        Map<String, Set<Long>> explained = new TreeMap<>();
        difference.cells().forEach(cell -> {
            told.put(id(cell), cell.was() + " > " + cell.now());
            explained.put(id(cell), new TreeSet<>(cell.events()));
        });
        assertThat(told).hasSameSizeAs(difference.cells()).isEqualTo(expected);
        assertThat(explained).isEqualTo(replays.explained(expected.keySet()));
        assertThat(explained.values()).noneMatch(Set::isEmpty);
        Set<Long> all = new TreeSet<>();
        explained.values().forEach(all::addAll);
        assertThat(difference.events().stream().map(ExplainingEvent::position).toList())
                .containsExactlyElementsOf(all);
    }

    private static String id(Comparison.Cell cell) {
        return cell.table() + " " + cell.period() + " " + cell.row() + " " + cell.column();
    }

    /** Interleaves the lives of some requests, and reorganises the government now and then. */
    private static void record(Random random) {
        List<Life> lives = new ArrayList<>();
        Histories.random(random)
                .forEach(events -> lives.add(new Life(UUID.randomUUID().toString(), events)));
        int[] told = new int[lives.size()];
        int left = lives.stream().mapToInt(life -> life.events().size()).sum();
        while (left > 0) {
            int next = random.nextInt(lives.size());
            Life life = lives.get(next);
            if (told[next] < life.events().size()) {
                append(life.id(), told[next], life.events().get(told[next]));
                told[next]++;
                left--;
            }
            if (random.nextInt(10) == 0) {
                put(
                        ORGANISATIONS.get(random.nextInt(ORGANISATIONS.size())),
                        CATEGORIES.get(random.nextInt(CATEGORIES.size())),
                        random);
            }
        }
        ledger.awaitFolded();
    }

    private record Life(String id, List<RequestEvent> events) {}

    private static void append(String id, long sequence, RequestEvent event) {
        String type = Objects.requireNonNull(TYPES.typeOf(event.getClass())).name();
        ledger.append(MatchingRequest.TYPE, id, sequence, "2026-06-01T09:00:00Z", type, TYPES.encode(event));
    }

    /** @param random whether and whom it belongs to, one that comes after it; null for nobody */
    private static void put(String code, Category category, @Nullable Random random) {
        OrganisationCode organisation = new OrganisationCode(code);
        int parent = ORGANISATIONS.indexOf(code) + 1 + (random == null ? 0 : random.nextInt(3));
        boolean isBelow = random != null && parent < ORGANISATIONS.size();
        ledger.putByTwo(new PutOrganisation(
                organisation,
                new OrganisationProfile(
                        code.replace('_', ' '),
                        category,
                        isBelow ? new OrganisationCode(ORGANISATIONS.get(parent)) : null),
                null));
    }

    /** The same by brute force: all tables, after each event. */
    private static final class Replays {
        private final long earlier;
        private final YearMonth last;
        private final YearMonth withheld;
        private final List<Object> events = new ArrayList<>();
        private final Totals before;
        private final Totals after;

        Replays(long earlier, long later, YearMonth last, YearMonth withheld) {
            this.earlier = earlier;
            this.last = last;
            this.withheld = withheld;
            this.before = figures.fold(earlier);
            this.after = figures.fold(later);
            ledger.entries()
                    .read(earlier + 1, later, entry -> events.add(entry.leaf().event(TYPES)));
        }

        Map<String, String> changed(boolean isTurned) {
            Map<String, @Nullable Long> then = shown(before);
            Map<String, @Nullable Long> later = shown(after);
            Set<String> ids = new TreeSet<>(then.keySet());
            ids.addAll(later.keySet());
            Map<String, String> changed = new TreeMap<>();
            for (String id : ids) {
                Long was = then.containsKey(id) ? then.get(id) : Long.valueOf(0);
                Long now = later.containsKey(id) ? later.get(id) : Long.valueOf(0);
                // a row that is not there is not recorded; what is none beside it is no difference
                Long told = then.containsKey(id) ? was : null;
                Long tells = later.containsKey(id) ? now : null;
                if (!Objects.equals(was, now) && !Objects.equals(told, tells)) {
                    changed.put(id, isTurned ? tells + " > " + told : told + " > " + tells);
                }
            }
            return changed;
        }

        Map<String, Set<Long>> explained(Set<String> cells) {
            Map<String, Set<Long>> explained = new TreeMap<>();
            cells.forEach(cell -> explained.put(cell, new TreeSet<>()));
            Totals moment = figures.fold(earlier);
            for (int i = 0; i < events.size(); i++) {
                Map<String, List<Long>> asItWas = amounts(moment);
                Map<String, List<Long>> asItEnds = amounts(withCategories(moment, after));
                moment.add(events.get(i));
                Map<String, List<Long>> asItIs = amounts(moment);
                Map<String, List<Long>> asItWillEnd = amounts(withCategories(moment, after));
                for (String cell : cells) {
                    boolean isChanged = isChanged(cell, asItWas, asItIs) || isChanged(cell, asItEnds, asItWillEnd);
                    if (isChanged) {
                        Objects.requireNonNull(explained.get(cell)).add(earlier + 1 + i);
                    }
                }
            }
            return explained;
        }

        private static boolean isChanged(String cell, Map<String, List<Long>> was, Map<String, List<Long>> now) {
            List<Long> one = was.getOrDefault(cell, List.of());
            List<Long> other = now.getOrDefault(cell, List.of());
            return !(one.isEmpty() ? zeros(other) : one).equals(other.isEmpty() ? zeros(one) : other);
        }

        private static List<Long> zeros(List<Long> amounts) {
            return amounts.stream().map(any -> 0L).toList();
        }

        private static Totals withCategories(Totals months, Totals categories) {
            Totals both = new Totals();
            months.months().forEach(both::add);
            categories.organisations().forEach(both::put);
            return both;
        }

        private Map<String, @Nullable Long> shown(Totals totals) {
            Map<String, @Nullable Long> shown = new LinkedHashMap<>();
            amounts(totals).forEach((cell, amounts) -> {
                String column = cell.substring(cell.lastIndexOf(' ') + 1);
                List<Measure> behind = Measure.behind(column, EditionRules.NEWEST);
                long known = 0;
                boolean isStated = true;
                for (int i = 0; i < behind.size(); i++) {
                    boolean isSilent = behind.get(i).name().matches("(TOLD_)?NOT_STATED_.*")
                            // it may be more of any other level
                            || (!column.endsWith("level_not_stated")
                                    && behind.get(i).name().matches("LEVEL_NOT_STATED|TOLD_ITEMS_NOT_STATED"));
                    isStated &= !isSilent || amounts.get(i) == 0;
                    known += isSilent ? 0 : amounts.get(i);
                }
                shown.put(cell, isStated ? Long.valueOf(known) : null);
            });
            return shown;
        }

        /** Of each cell of a number all that it is made of: what is counted, and how many requests do not state it. */
        private Map<String, List<Long>> amounts(Totals totals) {
            Map<String, List<Long>> amounts = new LinkedHashMap<>();
            for (FigureSheet sheet : FigureSheet.values()) {
                FiguresTable table = sheet.figures(
                        totals, last, month -> !month.isBefore(withheld) && month.isBefore(withheld.plusMonths(3)));
                for (FiguresTable.Row row : table.rows()) {
                    for (String column : columns(sheet, table)) {
                        amounts.put(
                                sheet.table() + " " + row.period() + " " + row.organisation() + " " + column,
                                Measure.behind(column, EditionRules.NEWEST).stream()
                                        .map(row.tally()::get)
                                        .toList());
                    }
                }
            }
            return amounts;
        }

        private static List<String> columns(FigureSheet sheet, FiguresTable table) {
            return sheet.table(table, Set.of(), EditionRules.NEWEST).columns().stream()
                    .filter(column -> column.kind().isNumber())
                    .map(Column::name)
                    .toList();
        }
    }
}
