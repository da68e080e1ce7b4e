package org.pupilledger.statement;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.request.Individuals;
import org.pupilledger.request.SourceReference;

/** Facts about one statement. Names and fields are stored for ever; see {@code EventTypes}. */
public sealed interface StatementEvent {
    /** Largest number that can be told, of requests as of people. */
    int MAX_VALUE = Individuals.MAX;

    /**
     * A number was told to someone outside.
     *
     * @param body  the public body that was told; null where the reference alone says who was
     * @param value 0 to {@value #MAX_VALUE}, in the unit of the measure
     */
    record Made(Telling telling, @Nullable OrganisationCode body, Figure figure, int value, Backing backing)
            implements StatementEvent {
        public Made {
            checkRange(value);
        }
    }

    /** The number was told to be another; the old one stays readable. */
    record Corrected(int was, int now, Telling telling, Cause cause) implements StatementEvent {
        public Corrected {
            checkRange(was);
            checkRange(now);
        }
    }

    /** Those who had been given the number were told anew. */
    record RecipientsTold(Telling telling, int value) implements StatementEvent {
        public RecipientsTold {
            checkRange(value);
        }
    }

    /** It was recorded by mistake: it was never told like this. It stays readable and counts nowhere. */
    record Annulled(Cause cause, @Nullable SourceReference authority) implements StatementEvent {}

    private static void checkRange(int value) {
        if (value < 0 || value > MAX_VALUE) {
            throw new IllegalArgumentException("a number out of range");
        }
    }
}
