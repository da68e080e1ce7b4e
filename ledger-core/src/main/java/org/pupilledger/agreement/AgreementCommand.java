package org.pupilledger.agreement;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementEvent.Amended;
import org.pupilledger.agreement.AgreementEvent.Annulled;
import org.pupilledger.agreement.AgreementEvent.Change;
import org.pupilledger.agreement.AgreementEvent.Corrected;
import org.pupilledger.agreement.AgreementEvent.Ended;
import org.pupilledger.agreement.AgreementEvent.Listed;
import org.pupilledger.agreement.AgreementEvent.Registered;
import org.pupilledger.agreement.AgreementEvent.Resumed;
import org.pupilledger.agreement.AgreementEvent.Suspended;
import org.pupilledger.agreement.AgreementEvent.Unlisted;
import org.pupilledger.codes.Cause;
import org.pupilledger.request.Occasion;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.SourceReference;

/** Orders to one agreement; each may be {@link org.pupilledger.refusal.Refused}. */
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

    /**
     * @param part       what is corrected
     * @param was        the number of the version, or the day or month of the suspension or the end
     * @param terms      what a version says; only of a version
     * @param suspension null where there was none; only of a suspension
     * @param ending     null where it has not ended; only of the end
     */
    record CorrectAgreement(
            AgreementReference reference,
            AgreementPart part,
            String was,
            @Nullable Terms terms,
            @Nullable Suspension suspension,
            @Nullable Ending ending,
            Cause cause,
            @Nullable SourceReference authority,
            Occasion occasion)
            implements AgreementCommand {
        /** Whether a fact is the one that is corrected. */
        boolean isAbout(AgreementEvent fact) {
            return switch (fact) {
                case Registered registered -> isVersion(registered.terms());
                case Amended amended -> isVersion(amended.terms());
                case Suspended suspended ->
                    part == AgreementPart.SUSPENSION
                            && suspended.suspension().on().toString().equals(was);
                case Ended ended ->
                    part == AgreementPart.END && ended.ending().on().toString().equals(was);
                case Resumed resumed -> false;
                case Listed listed -> false;
                case Unlisted unlisted -> false;
                case Corrected corrected -> false;
                case Annulled annulled -> false;
            };
        }

        private boolean isVersion(Terms version) {
            return part == AgreementPart.VERSION && version.number().value().equals(was);
        }

        /** The correction of a fact that {@link #isAbout} tells. */
        Corrected correcting(AgreementEvent wrong) {
            Change<Terms> version = switch (wrong) {
                case Registered registered -> new Change<>(registered.terms(), terms);
                case Amended amended -> new Change<>(amended.terms(), terms);
                default -> null;
            };
            return new Corrected(
                    reference,
                    version,
                    wrong instanceof Suspended suspended ? new Change<>(suspended.suspension(), suspension) : null,
                    wrong instanceof Ended ended ? new Change<>(ended.ending(), ending) : null,
                    cause,
                    authority);
        }
    }

    record AnnulAgreement(
            AgreementReference reference,
            Cause cause,
            @Nullable SourceReference authority,
            Occasion occasion) implements AgreementCommand {}
}
