package org.pupilledger.agreement;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.values.BusinessDate;

/** How an agreement stands on a day, as one sentence for a person. */
final class StandingReason {
    private static final String UNKNOWN = "on a day that is not stated";

    private StandingReason() {}

    static String of(AgreementState agreement, LocalDate date, @Nullable AgreementState itsUmbrella) {
        Terms terms = agreement.termsOn(date);
        Details details = terms.details();
        return switch (agreement.standing(date, itsUmbrella)) {
            case IN_FORCE ->
                "In force, version " + terms.number()
                        + (terms.from() == null ? ", start not stated" : " from " + terms.from()) + ".";
            case NOT_STARTED -> "Not in force before " + terms.start() + ".";
            case DRAFTED -> "Drafted, not signed.";
            case SIGNED ->
                "Signed " + on(details.signed()) + ", not in force "
                        + (terms.from() == null ? "yet, start not stated." : "before " + terms.from() + ".");
            case SUSPENDED ->
                "Suspended from "
                        + agreement.pauses().stream()
                                .filter(pause -> pause.covers(date))
                                .map(pause -> pause.suspension().on().toString())
                                .findFirst()
                                .orElse("an unknown day")
                        + ".";
            case ENDED ->
                "Ended "
                        + on(
                                agreement.end() == null
                                        ? null
                                        : agreement.end().ending().on()) + ".";
            case EXPIRED ->
                details.expiry() != null || details.licence() == null
                        ? "Expired after " + details.expiry() + "."
                        : "Its licence ended with " + details.licence().end() + ".";
            case UMBRELLA_NOT_IN_FORCE -> "Its umbrella " + agreement.umbrella() + " is not in force.";
            case ANNULLED -> "Recorded by mistake.";
        };
    }

    private static String on(@Nullable BusinessDate date) {
        return date == null ? UNKNOWN : "on " + date;
    }
}
