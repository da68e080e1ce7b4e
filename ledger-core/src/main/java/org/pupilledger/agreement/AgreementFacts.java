package org.pupilledger.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

/** What happened to an agreement as it is known by now: a correction is as if the right value had been told at once. */
final class AgreementFacts {
    private AgreementFacts() {}

    static List<AgreementEvent> corrected(List<AgreementEvent> facts, Corrected correction) {
        List<AgreementEvent> now = new ArrayList<>();
        boolean isNeverSuspended = false;
        for (AgreementEvent fact : facts) {
            AgreementEvent right = isNeverSuspended && fact instanceof Resumed ? null : corrected(fact, correction);
            isNeverSuspended = right == null && fact instanceof Suspended;
            if (right != null) {
                now.add(right);
            }
        }
        return now;
    }

    /** Null where it never was. */
    private static @Nullable AgreementEvent corrected(AgreementEvent fact, Corrected correction) {
        return switch (fact) {
            case Registered(var reference, var level, var umbrella, var terms) ->
                new Registered(reference, level, umbrella, version(correction, terms));
            case Amended(var reference, var terms) -> new Amended(reference, version(correction, terms));
            case Suspended(var reference, var suspension) -> {
                Suspension now = now(correction.suspension(), suspension);
                yield now == null ? null : new Suspended(reference, now);
            }
            case Ended(var reference, var ending) -> {
                Ending now = now(correction.end(), ending);
                yield now == null ? null : new Ended(reference, now);
            }
            case Resumed resumed -> resumed;
            case Listed listed -> listed;
            case Unlisted unlisted -> unlisted;
            case Corrected corrected -> corrected;
            case Annulled annulled -> annulled;
        };
    }

    private static Terms version(Corrected correction, Terms terms) {
        return Objects.requireNonNull(now(correction.terms(), terms));
    }

    private static <T> @Nullable T now(@Nullable Change<T> change, T value) {
        return change != null && change.was().equals(value) ? change.now() : value;
    }
}
