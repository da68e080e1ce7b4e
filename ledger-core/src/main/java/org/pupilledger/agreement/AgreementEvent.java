package org.pupilledger.agreement;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.SourceReference;

/** Facts about one agreement. Names and fields are stored for ever; see {@code EventTypes}. */
public sealed interface AgreementEvent {
    AgreementReference reference();

    /**
     * @param umbrella the agreement under which it stands; only of a process-level one
     * @param terms    of its first version
     */
    record Registered(
            AgreementReference reference,
            AgreementLevel level,
            @Nullable AgreementReference umbrella,
            Terms terms) implements AgreementEvent {}

    /** A new version takes the place of the one before from its day on. */
    record Amended(AgreementReference reference, Terms terms) implements AgreementEvent {}

    record Suspended(AgreementReference reference, Suspension suspension) implements AgreementEvent {}

    record Resumed(AgreementReference reference, Resumption resumption) implements AgreementEvent {}

    record Ended(AgreementReference reference, Ending ending) implements AgreementEvent {}

    /** A published list shows it as live; whether it is, is another matter. */
    record Listed(AgreementReference reference, Notice notice) implements AgreementEvent {}

    /** A published list shows it as live no longer. */
    record Unlisted(AgreementReference reference, Notice notice) implements AgreementEvent {}

    /** @param now null where there never was such a thing */
    record Change<T>(T was, @Nullable T now) {}

    /**
     * Something was recorded wrongly. Readers take it as if the right value had been recorded in its place; both stay
     * provable. Exactly one of {@code terms}, {@code suspension} and {@code end} is there.
     *
     * @param terms      of a version, which can only become another
     * @param suspension that never was is over too
     */
    record Corrected(
            AgreementReference reference,
            @Nullable Change<Terms> terms,
            @Nullable Change<Suspension> suspension,
            @Nullable Change<Ending> end,
            Cause cause,
            @Nullable SourceReference authority)
            implements AgreementEvent {
        public Corrected {
            boolean isWithout = terms != null && terms.now() == null;
            if (isWithout
                    || Stream.of(terms != null, suspension != null, end != null)
                                    .filter(is -> is)
                                    .count()
                            != 1) {
                throw new IllegalArgumentException("not one thing is corrected");
            }
        }
    }

    /** It was recorded by mistake. Its reference may be registered anew. */
    record Annulled(
            AgreementReference reference,
            Cause cause,
            @Nullable SourceReference authority) implements AgreementEvent {}
}
