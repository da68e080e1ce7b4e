package org.pupilledger.agreement;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.request.AgreementReference;
import org.pupilledger.request.Occasion;

/** Orders to one agreement; each may be {@link org.pupilledger.request.Refused}. */
public sealed interface AgreementCommand {
    AgreementReference reference();

    Occasion occasion();

    @TargetAggregateIdentifier
    default String id() {
        return Agreement.idOf(reference());
    }

    record RegisterAgreement(
            AgreementReference reference,
            AgreementLevel level,
            @Nullable AgreementReference umbrella,
            Terms terms,
            Occasion occasion)
            implements AgreementCommand {}

    record AmendAgreement(AgreementReference reference, Terms terms, Occasion occasion) implements AgreementCommand {}

    record SuspendAgreement(AgreementReference reference, Suspension suspension, Occasion occasion)
            implements AgreementCommand {}

    record ResumeAgreement(AgreementReference reference, Resumption resumption, Occasion occasion)
            implements AgreementCommand {}

    record EndAgreement(AgreementReference reference, Ending ending, Occasion occasion) implements AgreementCommand {}

    record ListAgreement(AgreementReference reference, Notice notice, Occasion occasion) implements AgreementCommand {}

    record UnlistAgreement(AgreementReference reference, Notice notice, Occasion occasion)
            implements AgreementCommand {}
}
