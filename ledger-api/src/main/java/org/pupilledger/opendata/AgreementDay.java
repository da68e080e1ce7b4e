package org.pupilledger.opendata;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Standing;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.web.Dates;
import org.pupilledger.web.Row;

/**
 * Whether an agreement was in force on a day, as far as a released register tells, which says how it stood on another.
 *
 * @param isInForce null where that register does not tell
 * @param why       a sentence
 */
record AgreementDay(@Nullable Boolean isInForce, String why) {
    /**
     * Judges by the version that the register has, its dates and how it stood.
     *
     * @param row     of the table of agreements
     * @param on      the day that is asked about
     * @param stoodOn the day of the register
     */
    static AgreementDay of(Row row, LocalDate on, LocalDate stoodOn) {
        String standing = row.text("standing");
        String stood = standing + " on " + Dates.day(stoodOn);
        boolean wasInForce = standing.equals(Standing.IN_FORCE.label());
        Optional<BusinessDate> from = BusinessDate.parse(row.text("version_from"));
        Optional<BusinessDate> expiry = BusinessDate.parse(row.text("expiry"));
        if (on.equals(stoodOn)) {
            return new AgreementDay(wasInForce, sentence(stood));
        }
        if (expiry.filter(last -> last.latest().isBefore(on)).isPresent()) {
            return new AgreementDay(
                    false, "Its last day was " + expiry.map(Dates::day).orElse("") + ".");
        }
        if (standing.equals(Standing.DRAFTED.label())) {
            return new AgreementDay(false, "It was a draft, which takes no effect.");
        }
        if (on.isAfter(stoodOn)) {
            return new AgreementDay(null, sentence(stood + ", the newest day of which it is published"));
        }
        if (from.isEmpty()) {
            return new AgreementDay(null, sentence(stood + "; since when is not stated"));
        }
        if (from.get().latest().isAfter(on)) {
            return new AgreementDay(
                    null,
                    "Version " + row.text("version") + " begins " + Dates.day(from.get())
                            + "; what was before it this register does not tell.");
        }
        return wasInForce
                ? new AgreementDay(
                        true,
                        "Version " + row.text("version") + " is from " + Dates.day(from.get()) + ", and " + stood + ".")
                : new AgreementDay(null, sentence(stood + "; since when this register does not tell"));
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.UK) + words.substring(1) + ".";
    }

    /** As a page has it. */
    String word() {
        return isInForce == null ? "not told" : isInForce ? "in force" : "not in force";
    }
}
