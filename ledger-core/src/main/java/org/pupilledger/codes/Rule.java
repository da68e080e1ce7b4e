package org.pupilledger.codes;

import java.util.Locale;

/** Rules whose breach refuses a command. The codes are part of the contract. */
public enum Rule {
    MATCHED_EXCEEDS_SUBMITTED("More people matched than were submitted."),
    RETURNED_EXCEEDS_MATCHED("Data returned about more people than were matched."),
    RETURNED_EXCEEDS_ANSWERED("Data returned about more people than were answered."),
    ANSWERED_EXCEEDS_SUBMITTED("More people answered than were submitted."),
    COUNTS_DO_NOT_ADD("The counts and items contradict each other."),
    NOT_APPROVED("The request has no approval in force."),
    NOT_MATCHED("Nothing can be disclosed before a match is recorded."),
    SAME_OFFICER("Whoever recorded it, or corrected it last, may not also take this step."),
    ITEMS_NOT_REQUESTED("Items returned that were not requested."),
    ITEMS_NOT_PERMITTED("Items that the agreement does not permit."),
    AGREEMENT_NOT_IN_FORCE("The agreement is not in force on that date."),
    NOT_A_PARTY("Neither the organisation nor one above it is a party to the agreement, or a recipient."),
    OVERRIDE_NOT_NEEDED("Only an approval under an agreement that is not in force is overridden."),
    DATES_OUT_OF_ORDER("A step is dated before one that it follows."),
    DATE_IN_FUTURE("The date is in the future."),
    NOTHING_TO_CORRECT("Nothing would change, or there is no such part."),
    UNKNOWN_CODE("The code is not known."),
    SOURCE_REQUIRED("Only a historic request, which names its source, may leave this out or carry this."),
    NOT_HISTORIC("Only a request received before the ledger's first day can be historic."),
    NOT_LIVE_THEN("Of months before the ledger's first day, a source must say that the record is complete."),
    NOT_DESTROYED("The submitted file must be destroyed before the request is closed."),
    NOT_DUE("It is too early: a quarter must be over, and a release has come to the date that was announced."),
    COVERED_BY_TOTAL("A month is counted by a total of a longer period or by single requests, never by both."),
    UNIT_DOES_NOT_FIT("The measure counts something else: requests and individuals are never told as each other."),
    CONTRADICTS_LEDGER("The ledger did not say so at that position."),
    AGREES_WITH_LEDGER("The ledger said the same at that position: nothing was told wrongly."),
    NO_LEDGER_FIGURE("No figure of the ledger stands behind this measure: it has a source.");

    private final String detail;

    Rule(String detail) {
        this.detail = detail;
    }

    /** As the contract writes it, such as {@code matched-exceeds-submitted}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One sentence for a person; repeats no input. */
    public String detail() {
        return detail;
    }
}
