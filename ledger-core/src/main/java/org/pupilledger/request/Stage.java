package org.pupilledger.request;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.NilReason;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;

/** One step in the life of a request. Its business date is null only where a source does not state it. */
public sealed interface Stage extends RequestState.Part {
    @Nullable
    BusinessDate on();

    /** Whether another says the same, in whichever order its lists stand. */
    default boolean saysAs(Stage other) {
        return equals(other);
    }

    /**
     * @param outcome {@code APPROVED} or {@code REFUSED}
     * @param reason  only of a refusal
     */
    record Decision(
            Outcome outcome,
            @Nullable BusinessDate on,
            @Nullable RefusalReason reason,
            @Nullable CourtOrder courtOrder) implements Stage {
        public Decision {
            if (outcome != Outcome.APPROVED && outcome != Outcome.REFUSED) {
                throw new IllegalArgumentException("not a decision");
            }
        }
    }

    /** The order that takes the place of the department's own approval. */
    record CourtOrder(OrganisationCode court, BusinessDate made) {}

    record Withdrawal(@Nullable BusinessDate on) implements Stage {}

    /**
     * Who of the submitted was found.
     *
     * @param matched   clear matches
     * @param ambiguous several or partial candidates
     * @param unmatched nobody found; not stated also where it only follows from the others
     */
    record Match(@Nullable BusinessDate on, Individuals matched, Individuals ambiguous, Individuals unmatched)
            implements Stage {
        /** One that does not tell the unmatched. */
        public Match(@Nullable BusinessDate on, Individuals matched, Individuals ambiguous) {
            this(on, matched, ambiguous, Individuals.notStated());
        }
    }

    /** People about whom the same items were released. */
    record Return(Individuals individuals, List<Item> items) {
        public Return {
            items = List.copyOf(items);
        }

        public ReturnLevel level() {
            return ReturnLevel.of(items);
        }
    }

    /** What became of one reference of several; its members are those of a {@link Disclosure}. */
    record OfReference(
            Reference reference,
            Individuals answered,
            Individuals returned,
            @Nullable List<Item> items) {
        public OfReference {
            items = items == null ? null : List.copyOf(items);
        }

        public @Nullable ReturnLevel level() {
            return Disclosure.levelOf(returned, items);
        }
    }

    /**
     * @param answered   people about whom anything at all was replied
     * @param returned   people about whom more than the match indicator was released
     * @param items      items released, null where not stated
     * @param returns    the same people by what was released about them, null where not told apart
     * @param references the same by reference, each of the request once; null where not told apart
     * @param nil        why nothing was returned, null where something was or it is not stated
     */
    record Disclosure(
            @Nullable BusinessDate on,
            Individuals answered,
            Individuals returned,
            @Nullable List<Item> items,
            @Nullable List<Return> returns,
            @Nullable List<OfReference> references,
            @Nullable NilReason nil)
            implements Stage {
        public Disclosure {
            items = items == null ? null : List.copyOf(items);
            returns = returns == null ? null : List.copyOf(returns);
            references = references == null ? null : List.copyOf(references);
        }

        /** One that is told as a whole. */
        public Disclosure(
                @Nullable BusinessDate on, Individuals answered, Individuals returned, @Nullable List<Item> items) {
            this(on, answered, returned, items, null, null, null);
        }

        @Override
        public boolean saysAs(Stage other) {
            return other instanceof Disclosure told
                    && Objects.equals(on, told.on)
                    && answered.equals(told.answered)
                    && returned.equals(told.returned)
                    && Field.same(items, told.items)
                    && Field.same(returns, told.returns)
                    && Field.same(references, told.references)
                    && Objects.equals(nil, told.nil);
        }

        /** The highest at which anybody was returned; null where it is not stated. */
        public @Nullable ReturnLevel level() {
            return levelOf(returned, items, returns);
        }

        /** Items told of different people are not told of one. */
        static @Nullable ReturnLevel levelOf(
                Individuals returned, @Nullable List<Item> items, @Nullable List<Return> returns) {
            return returns == null || returns.isEmpty()
                    ? levelOf(returned, items)
                    : returns.stream()
                            .map(Return::level)
                            .max(Comparator.naturalOrder())
                            .orElseThrow();
        }

        static @Nullable ReturnLevel levelOf(Individuals returned, @Nullable List<Item> items) {
            if (items != null) {
                return ReturnLevel.of(items);
            }
            return returned.is(0) ? ReturnLevel.NOTHING : null;
        }
    }

    record Destruction(@Nullable BusinessDate on, DestructionMethod method) implements Stage {}

    record Closure(@Nullable BusinessDate on) implements Stage {}
}
