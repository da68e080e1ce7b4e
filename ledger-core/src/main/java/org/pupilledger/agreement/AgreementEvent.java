package org.pupilledger.agreement;

import org.jspecify.annotations.Nullable;
import org.pupilledger.request.AgreementReference;

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
}
