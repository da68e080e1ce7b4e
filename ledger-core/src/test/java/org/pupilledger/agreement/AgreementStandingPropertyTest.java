package org.pupilledger.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;

/** How agreements stand and count on any day, beside a model that goes through the days one by one. */
class AgreementStandingPropertyTest {
    private static final LocalDate FIRST = LocalDate.of(2018, 1, 1);
    private static final int DAYS = 150;

    private static final OrganisationCode HOME_OFFICE = new OrganisationCode("HOME_OFFICE");
    private static final OrganisationCode BORDER = new OrganisationCode("T_BORDER");
    private static final OrganisationCode DWP = new OrganisationCode("DWP");
    private static final Map<OrganisationCode, OrganisationProfile> ORGANISATIONS = Map.of(
            HOME_OFFICE, new OrganisationProfile("Home Office", Category.HOME_OFFICE, null),
            BORDER, new OrganisationProfile("Border", Category.HOME_OFFICE, HOME_OFFICE),
            DWP, new OrganisationProfile("Work and Pensions", Category.OTHER_GOVERNMENT, null));

    private enum Kind {
        AMENDED,
        PAUSED_OR_RESUMED,
        ENDED
    }

    /** @param gap days after the step before */
    record Step(Kind kind, int gap) {}

    /**
     * @param parties   an agreement names those whose place has a bit
     * @param funders   which of these, the first aside, only pay for it
     * @param isOfShare whether it has the reference of its umbrella, where it has one
     */
    record History(int start, int parties, int funders, boolean isUnderFirst, boolean isOfShare, List<Step> steps) {}

    @Provide
    Arbitrary<List<History>> histories() {
        Arbitrary<Step> steps = Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(4, Kind.AMENDED),
                                Tuple.of(5, Kind.PAUSED_OR_RESUMED),
                                Tuple.of(1, Kind.ENDED)),
                        Arbitraries.integers().between(0, 30))
                .as(Step::new);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(1, 7),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        steps.list().ofMaxSize(7))
                .as(History::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    /** One agreement, folded from its events and, beside it, day by day. */
    private static final class Model {
        final AgreementReference reference;
        final List<OrganisationCode> parties = new ArrayList<>();
        final List<OrganisationCode> funders = new ArrayList<>();
        final Standing[] own = new Standing[DAYS];
        final @Nullable String[] version = new String[DAYS];
        final @Nullable Model umbrella;
        AgreementState state;

        Model(int number, History history, @Nullable Model umbrella) {
            this.reference = new AgreementReference(
                    umbrella != null && history.isOfShare() ? umbrella.reference + ".P" + number : "DS-" + number);
            this.umbrella = umbrella;
            List<OrganisationCode> all = List.of(HOME_OFFICE, BORDER, DWP);
            for (int i = 0; i < all.size(); i++) {
                if ((history.parties() >> i) % 2 == 1) {
                    boolean isFunder = !parties.isEmpty() && (history.funders() >> i) % 2 == 1;
                    (isFunder ? funders : parties).add(all.get(i));
                }
            }
            Arrays.fill(own, Standing.NOT_STARTED);
            mark(history.start(), Standing.IN_FORCE);
            Arrays.fill(version, history.start(), DAYS, "1.0");
            AgreementLevel level = umbrella == null ? AgreementLevel.UMBRELLA : AgreementLevel.PROCESS;
            state = AgreementState.after(
                    null,
                    new AgreementEvent.Registered(
                            reference,
                            level,
                            umbrella == null ? null : umbrella.reference,
                            terms("1.0", history.start())),
                    0);
            live(history);
        }

        private void live(History history) {
            int day = history.start();
            boolean isPaused = false;
            int versions = 1;
            for (Step step : history.steps()) {
                day += step.kind() == Kind.AMENDED ? step.gap() + 1 : step.gap();
                if (day >= DAYS) {
                    return;
                }
                BusinessDate on = date(day);
                switch (step.kind()) {
                    case AMENDED -> {
                        versions++;
                        Arrays.fill(version, day, DAYS, versions + ".0");
                        apply(new AgreementEvent.Amended(reference, terms(versions + ".0", day)));
                    }
                    case PAUSED_OR_RESUMED -> {
                        isPaused = !isPaused;
                        mark(day, isPaused ? Standing.SUSPENDED : Standing.IN_FORCE);
                        apply(
                                isPaused
                                        ? new AgreementEvent.Suspended(reference, new Suspension(on, null, null))
                                        : new AgreementEvent.Resumed(reference, new Resumption(on, null)));
                    }
                    case ENDED -> {
                        mark(day, Standing.ENDED);
                        apply(new AgreementEvent.Ended(
                                reference, new Ending(on, List.of(EndEvidence.NO_DATA_SHARED), null)));
                        return;
                    }
                }
            }
        }

        private void apply(AgreementEvent event) {
            state = AgreementState.after(state, event, 1);
        }

        private void mark(int from, Standing standing) {
            Arrays.fill(own, from, DAYS, standing);
        }

        private Terms terms(String number, int from) {
            return new Terms(
                    new VersionNumber(number),
                    date(from),
                    Stream.concat(
                                    parties.stream().map(party -> new Party(party, PartyRole.PARTY)),
                                    funders.stream().map(funder -> new Party(funder, PartyRole.FUNDER)))
                            .toList(),
                    null,
                    Gateway.OTHER,
                    new Route(AccessRoute.SECURE_RESEARCH_SERVICE, null),
                    Details.of(null),
                    List.of(Item.NAME),
                    List.of(),
                    null);
        }

        Standing standing(int day) {
            boolean isCovered = umbrella == null || umbrella.own[day] == Standing.IN_FORCE;
            return own[day] == Standing.IN_FORCE && !isCovered ? Standing.UMBRELLA_NOT_IN_FORCE : own[day];
        }
    }

    private static List<Model> models(List<History> histories) {
        List<Model> models = new ArrayList<>();
        for (int i = 0; i < histories.size(); i++) {
            boolean isUnder = i > 0 && histories.get(i).isUnderFirst();
            models.add(new Model(i, histories.get(i), isUnder ? models.getFirst() : null));
        }
        return models;
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anAgreementStandsOnEveryDayAsItDoesDayByDay(@ForAll("histories") List<History> histories) {
        for (Model model : models(histories)) {
            AgreementState umbrella = model.umbrella == null ? null : model.umbrella.state;
            for (int day = 0; day < DAYS; day++) {
                LocalDate date = FIRST.plusDays(day);
                assertThat(model.state.standing(date, umbrella)).isEqualTo(model.standing(day));
                assertThat(model.state
                                .versionOn(date)
                                .map(version -> version.terms().number().value())
                                .orElse(null))
                        .isEqualTo(model.version[day]);
                assertThat(new AgreementPermission(model.state, umbrella).isInForce(date(day)))
                        .isEqualTo(model.standing(day) == Standing.IN_FORCE);
            }
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aMonthIsInForceWhereOneOfItsDaysIs(@ForAll("histories") List<History> histories) {
        for (Model model : models(histories)) {
            AgreementState umbrella = model.umbrella == null ? null : model.umbrella.state;
            boolean isAny = false;
            for (int day = 31; day < 31 + 28; day++) {
                isAny |= model.standing(day) == Standing.IN_FORCE;
            }
            BusinessDate february = BusinessDate.parse("2018-02").orElseThrow();

            assertThat(new AgreementPermission(model.state, umbrella).isInForce(february))
                    .isEqualTo(isAny);
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void agreementsCountOnEveryDayAsTheyDoOneByOne(@ForAll("histories") List<History> histories) {
        List<Model> models = models(histories);
        List<AgreementState> states = models.stream().map(model -> model.state).toList();
        for (int day = 0; day < DAYS; day += 7) {
            Map<OrganisationCode, List<Integer>> expected = new TreeMap<>();
            Set<AgreementReference> distinct = new HashSet<>();
            for (OrganisationCode organisation : ORGANISATIONS.keySet()) {
                Map<AgreementReference, Model> own = new HashMap<>();
                Map<AgreementReference, Model> withBelow = new HashMap<>();
                boolean isNamed = false;
                for (Model model : models) {
                    boolean isHome = organisation.equals(HOME_OFFICE);
                    boolean isOwn = model.parties.contains(organisation);
                    boolean isBelow = isHome && model.parties.contains(BORDER);
                    isNamed |= isOwn
                            || isBelow
                            || model.funders.contains(organisation)
                            || (isHome && model.funders.contains(BORDER));
                    if ((isOwn || isBelow) && model.standing(day) == Standing.IN_FORCE) {
                        AgreementReference share = model.reference.share();
                        if (isOwn) {
                            own.putIfAbsent(share, model);
                        }
                        withBelow.putIfAbsent(share, model);
                        distinct.add(share);
                    }
                }
                withBelow.putAll(own);
                int shared = (int) withBelow.values().stream()
                        .filter(model -> model.parties.size() > 1)
                        .count();
                if (isNamed) {
                    expected.put(organisation, List.of(own.size(), withBelow.size(), shared));
                }
            }

            AgreementCounts counts = AgreementCounts.on(FIRST.plusDays(day), states, ORGANISATIONS, Set.of());

            Map<OrganisationCode, List<Integer>> actual = new HashMap<>();
            counts.organisations()
                    .forEach(row -> actual.put(row.organisation(), List.of(row.own(), row.withBelow(), row.shared())));
            assertThat(actual).isEqualTo(expected);
            assertThat(counts.distinct()).isEqualTo(distinct.size());
        }
    }

    private static BusinessDate date(int day) {
        return BusinessDate.of(FIRST.plusDays(day));
    }
}
