package org.pupilledger.statement;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.SourceReference;

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
    record Made(Telling telling, @Nullable OrganisationCode body, Figure figure, Amount value, Backing backing)
            implements StatementEvent {
        /** The number was told exactly. */
        public Made(Telling telling, @Nullable OrganisationCode body, Figure figure, int value, Backing backing) {
            this(telling, body, figure, Amount.exactly(value), backing);
        }

        public Made {
            checkRange(value);
        }
    }

    /** The number was told to be another; the old one stays readable. */
    record Corrected(Amount was, Amount now, Telling telling, Cause cause) implements StatementEvent {
        /** Both numbers were told exactly. */
        public Corrected(int was, int now, Telling telling, Cause cause) {
            this(Amount.exactly(was), Amount.exactly(now), telling, cause);
        }

        public Corrected {
            checkRange(was);
            checkRange(now);
        }
    }

    /** Those who had been given the number were told anew. */
    record RecipientsTold(Telling telling, Amount value) implements StatementEvent {
        /** The number was told exactly. */
        public RecipientsTold(Telling telling, int value) {
            this(telling, Amount.exactly(value));
        }

        public RecipientsTold {
            checkRange(value);
        }
    }

    /** It was recorded by mistake: it was never told like this. It stays readable and counts nowhere. */
    record Annulled(Cause cause, @Nullable SourceReference authority) implements StatementEvent {}

    private static void checkRange(Amount value) {
        if (value.least() > MAX_VALUE || (value.most() != null && value.most() > MAX_VALUE)) {
            throw new IllegalArgumentException("a number out of range");
        }
    }
}
