package org.pupilledger.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.organisation.OrganisationCode;

/** One step in the life of a request. Its business date is null only where a source does not state it. */
public sealed interface Stage extends RequestState.Part {
    @Nullable
    BusinessDate on();

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

    /** Who of the submitted was found: clear matches, and several or partial candidates. */
    record Match(@Nullable BusinessDate on, Individuals matched, Individuals ambiguous) implements Stage {}

    /**
     * @param answered people about whom anything at all was replied
     * @param returned people about whom more than the match indicator was released
     * @param items    items released, null where not stated
     */
    record Disclosure(
            @Nullable BusinessDate on,
            Individuals answered,
            Individuals returned,
            @Nullable List<Item> items) implements Stage {
        public Disclosure {
            items = items == null ? null : List.copyOf(items);
        }

        /** Null where the items are not stated and something may have been returned. */
        public @Nullable ReturnLevel level() {
            return levelOf(returned, items);
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
