package org.pupilledger.figures;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.NilReason;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.figures.Life.Step;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.request.Stage;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Found;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;

/** Random requests that break no rule: live and historic, of several organisations and months, corrected and annulled. */
public final class Lives {
    private static final List<String> ORGANISATIONS = List.of("DWP", "HOME_OFFICE", "POLICE");
    private static final int MOST_PEOPLE = 9;

    private static final List<List<Step>> LIVE = List.of(
            List.of(),
            List.of(Step.APPROVAL),
            List.of(Step.REFUSAL),
            List.of(Step.REFUSAL, Step.DESTRUCTION, Step.CLOSURE),
            List.of(Step.WITHDRAWAL),
            List.of(Step.WITHDRAWAL, Step.CLOSURE),
            List.of(Step.APPROVAL, Step.WITHDRAWAL),
            List.of(Step.APPROVAL, Step.MATCH),
            List.of(Step.APPROVAL, Step.MATCH, Step.WITHDRAWAL),
            List.of(Step.APPROVAL, Step.MATCH, Step.DISCLOSURE),
            List.of(Step.APPROVAL, Step.MATCH, Step.DISCLOSURE, Step.DESTRUCTION),
            List.of(Step.APPROVAL, Step.MATCH, Step.DISCLOSURE, Step.DESTRUCTION, Step.CLOSURE));

    /** Of these the decision may be unknown, and destruction does not matter. */
    private static final List<List<Step>> HISTORIC = List.of(
            List.of(Step.MATCH),
            List.of(Step.WITHDRAWAL),
            List.of(Step.MATCH, Step.DISCLOSURE),
            List.of(Step.MATCH, Step.DISCLOSURE, Step.CLOSURE),
            List.of(Step.APPROVAL, Step.MATCH, Step.DISCLOSURE, Step.CLOSURE));

    private final Random random;

    private Lives(Random random) {
        this.random = random;
    }

    public static List<Life> random(Random random) {
        Lives lives = new Lives(random);
        return IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(i -> lives.life())
                .toList();
    }

    private Life life() {
        boolean isHistoric = random.nextBoolean();
        List<Step> any = oneOf(isHistoric && random.nextBoolean() ? HISTORIC : LIVE);
        // of a source such a request is corrected
        List<Step> told =
                isHistoric && any.containsAll(List.of(Step.MATCH, Step.WITHDRAWAL)) ? List.of(Step.MATCH) : any;
        int most = isHistoric ? toldAtOnce(told) : 0;
        List<Content> contents = IntStream.range(0, oneOf(List.of(1, 1, 2, 3)))
                .mapToObj(i -> content(isHistoric))
                .toList();
        boolean isWhole = isHistoric
                || contents.size() > 1
                || contents.getFirst().disclosed().references() != null;
        Reference late =
                isWhole || random.nextBoolean() ? null : new Reference("2024-9" + (100_000 + random.nextInt(900_000)));
        List<Reference> references = new ArrayList<>(contents.getFirst().references());
        if (late != null) {
            references.add(late);
        }
        return new Life(
                new UUID(random.nextLong(), random.nextLong()),
                isHistoric,
                contents,
                told,
                !told.isEmpty() && told.getLast() == Step.DISCLOSURE && contents.size() == 1
                        ? further(contents.getFirst())
                        : null,
                late,
                isWhole || references.size() == 1 || random.nextBoolean() ? null : oneOf(references),
                random.nextInt(most + 1),
                random.nextInt(5) == 0);
    }

    /** A withdrawal is recorded at once only with what a withdrawn request can have. */
    private static int toldAtOnce(List<Step> told) {
        List<Step> never = told.contains(Step.MATCH)
                ? List.of(Step.WITHDRAWAL, Step.DESTRUCTION, Step.CLOSURE)
                : List.of(Step.DESTRUCTION, Step.CLOSURE);
        int count = 0;
        while (count < told.size() && !never.contains(told.get(count))) {
            count++;
        }
        return count;
    }

    private Content content(boolean isHistoric) {
        Individuals submitted = people(isHistoric, MOST_PEOPLE);
        Individuals matched = people(isHistoric, or(submitted, MOST_PEOPLE));
        Individuals ambiguous = people(isHistoric, or(submitted, MOST_PEOPLE) - or(matched, 0));
        Individuals unmatched = unmatched(submitted, matched, ambiguous);
        Found found = Found.of(submitted, matched, ambiguous, unmatched);
        List<Reference> references = references(isHistoric);
        return new Content(
                references,
                new OrganisationCode(oneOf(ORGANISATIONS)),
                received(isHistoric),
                purposes(isHistoric),
                isHistoric && random.nextInt(3) == 0 ? null : oneOf(List.of(Gateway.values())),
                isHistoric && random.nextInt(3) == 0 ? null : oneOf(List.of(LawfulBasis.values())),
                submitted,
                matched,
                ambiguous,
                unmatched,
                disclosed(isHistoric, references, found));
    }

    /** Told or left out; where one of the others is not stated, any number that leaves room for it. */
    private Individuals unmatched(Individuals submitted, Individuals matched, Individuals ambiguous) {
        if (random.nextBoolean()) {
            return Individuals.notStated();
        }
        int left = or(submitted, MOST_PEOPLE) - or(matched, 0) - or(ambiguous, 0);
        boolean isFixed = submitted.isStated() && matched.isStated() && ambiguous.isStated();
        return Individuals.of(isFixed ? left : random.nextInt(Math.max(0, left) + 1));
    }

    private Stage.Disclosure disclosed(boolean isHistoric, List<Reference> references, Found found) {
        int submitted = or(found.submitted(), MOST_PEOPLE);
        Individuals answered = people(isHistoric, submitted);
        Individuals returned = people(
                isHistoric, Math.min(submitted, Math.min(or(answered, MOST_PEOPLE), or(found.matched(), MOST_PEOPLE))));
        List<Item> items = items(isHistoric, found.matched(), answered, returned);
        return new Stage.Disclosure(
                null,
                answered,
                returned,
                items,
                random.nextBoolean() ? returns(isHistoric, returned, items) : null,
                random.nextBoolean() ? ofReferences(references, answered, returned, items) : null,
                returned.is(0) && (items == null || items.isEmpty()) && random.nextBoolean()
                        ? oneOf(
                                found.matched().isPositive()
                                        ? List.of(NilReason.NOT_HELD)
                                        : List.of(NilReason.values()))
                        : null);
    }

    /** About people of whom nothing was told before; null where nobody can say how many these are. */
    private Stage.@Nullable Disclosure further(Content content) {
        Found found = Found.of(content.submitted(), content.matched(), content.ambiguous(), content.unmatched());
        Stage.Disclosure was = content.disclosed();
        if (!(found.submitted() instanceof Individuals.Stated(int submitted))
                || !(found.matched() instanceof Individuals.Stated(int matched))
                || !(was.answered() instanceof Individuals.Stated(int answered))
                || !(was.returned() instanceof Individuals.Stated(int returned))) {
            return null;
        }
        int moreAnswered = random.nextInt(submitted - answered + 1);
        int moreReturned = random.nextInt(Math.min(matched, answered + moreAnswered) - returned + 1);
        List<Item> items =
                moreReturned == 0 ? List.of() : List.of(oneOf(List.of(Item.SCHOOL, Item.ADDRESS, Item.RECORD_HELD)));
        return new Stage.Disclosure(null, Individuals.of(moreAnswered), Individuals.of(moreReturned), items);
    }

    /** Some have all items, the others some of them. */
    private @Nullable List<Stage.Return> returns(boolean isHistoric, Individuals returned, @Nullable List<Item> items) {
        if (!(returned instanceof Individuals.Stated(int people)) || people < 2 || items == null) {
            return null;
        }
        int most = 1 + random.nextInt(people - 1);
        List<Item> beyond = beyond(items);
        Individuals others =
                isHistoric && random.nextInt(4) == 0 ? Individuals.notStated() : Individuals.of(people - most);
        return List.of(
                new Stage.Return(Individuals.of(most), beyond), new Stage.Return(others, List.of(oneOf(beyond))));
    }

    /** Everybody is of one of the references. */
    private @Nullable List<Stage.OfReference> ofReferences(
            List<Reference> references, Individuals answered, Individuals returned, @Nullable List<Item> items) {
        if (references.isEmpty()
                || !(answered instanceof Individuals.Stated(int told))
                || !(returned instanceof Individuals.Stated(int people))) {
            return null;
        }
        int[] returnedOf = new int[references.size()];
        int[] answeredOf = new int[references.size()];
        for (int i = 0; i < told; i++) {
            int reference = random.nextInt(references.size());
            answeredOf[reference]++;
            returnedOf[reference] += i < people ? 1 : 0;
        }
        return IntStream.range(0, references.size())
                .mapToObj(i -> new Stage.OfReference(
                        references.get(i),
                        Individuals.of(answeredOf[i]),
                        Individuals.of(returnedOf[i]),
                        itemsOf(answeredOf[i], returnedOf[i], items)))
                .toList();
    }

    private @Nullable List<Item> itemsOf(int answered, int returned, @Nullable List<Item> items) {
        if (items == null) {
            return null;
        }
        if (returned > 0) {
            return List.of(oneOf(beyond(items)));
        }
        return answered > 0 && items.contains(Item.MATCH_INDICATOR) ? List.of(Item.MATCH_INDICATOR) : List.of();
    }

    private static List<Item> beyond(List<Item> items) {
        return items.stream().filter(item -> item != Item.MATCH_INDICATOR).toList();
    }

    private List<Reference> references(boolean isHistoric) {
        int count = isHistoric ? random.nextInt(4) : 1 + random.nextInt(3);
        return IntStream.range(0, count)
                .mapToObj(i -> new Reference("2024-" + (1_000_000 * (i + 1) + random.nextInt(1_000_000))))
                .toList();
    }

    private List<Purpose> purposes(boolean isHistoric) {
        List<Purpose> purposes = new ArrayList<>(List.of(Purpose.values()));
        Collections.shuffle(purposes, random);
        return purposes.subList(0, isHistoric ? random.nextInt(4) : 1 + random.nextInt(2));
    }

    private BusinessDate received(boolean isHistoric) {
        LocalDate first = isHistoric ? Life.INCEPTION.minusMonths(15) : Life.INCEPTION.minusMonths(3);
        LocalDate day = first.plusDays(random.nextInt(400));
        BusinessDate exact = BusinessDate.of(day);
        return random.nextBoolean() ? exact : new BusinessDate(exact.month(), null);
    }

    private Individuals people(boolean isHistoric, int most) {
        return isHistoric && random.nextInt(4) == 0
                ? Individuals.notStated()
                : Individuals.of(random.nextInt(most + 1));
    }

    private static int or(Individuals individuals, int otherwise) {
        Integer count = individuals.orNull();
        return count == null ? otherwise : count;
    }

    private @Nullable List<Item> items(
            boolean isHistoric, Individuals matched, Individuals answered, Individuals returned) {
        if (isHistoric && random.nextInt(4) == 0) {
            return null;
        }
        if (returned.is(0) || matched.is(0) || answered.is(0)) {
            return answered.is(0) || random.nextBoolean() ? List.of() : List.of(Item.MATCH_INDICATOR);
        }
        List<Item> items = new ArrayList<>(List.of(Item.values()));
        items.removeIf(item -> random.nextInt(3) > 0);
        if (ReturnLevel.of(items).compareTo(ReturnLevel.MATCH_INDICATOR) <= 0) {
            items.add(oneOf(List.of(Item.SCHOOL, Item.ADDRESS_HISTORY, Item.RECORD_HELD)));
        }
        return items;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
