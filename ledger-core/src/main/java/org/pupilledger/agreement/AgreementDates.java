package org.pupilledger.agreement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementEvent.Amended;
import org.pupilledger.agreement.AgreementEvent.Annulled;
import org.pupilledger.agreement.AgreementEvent.Corrected;
import org.pupilledger.agreement.AgreementEvent.Ended;
import org.pupilledger.agreement.AgreementEvent.Listed;
import org.pupilledger.agreement.AgreementEvent.Registered;
import org.pupilledger.agreement.AgreementEvent.Resumed;
import org.pupilledger.agreement.AgreementEvent.Suspended;
import org.pupilledger.agreement.AgreementEvent.Unlisted;
import org.pupilledger.agreement.AgreementState.Pause;
import org.pupilledger.agreement.AgreementState.Shown;
import org.pupilledger.codes.Rule;
import org.pupilledger.refusal.Violation;
import org.pupilledger.values.BusinessDate;

/** When what happens to an agreement may be. A month breaks a rule only where none of its days could keep it. */
final class AgreementDates {
    private final LocalDate today;
    private final List<Violation> broken = new ArrayList<>();

    private AgreementDates(LocalDate today) {
        this.today = today;
    }

    /**
     * The rules that one more fact breaks; each with a pointer into the body of the command that tells it.
     *
     * @param before null before the first
     */
    static List<Violation> broken(@Nullable AgreementState before, AgreementEvent fact, LocalDate today) {
        AgreementDates dates = new AgreementDates(today);
        dates.look(before, fact);
        return dates.broken;
    }

    /** The rules that a history breaks, as if it were told now. */
    static List<Violation> broken(List<AgreementEvent> facts, LocalDate today) {
        List<Violation> all = new ArrayList<>();
        AgreementState state = null;
        for (AgreementEvent fact : facts) {
            all.addAll(broken(state, fact, today));
            state = AgreementState.after(state, fact, 0);
        }
        return all;
    }

    private void look(@Nullable AgreementState before, AgreementEvent fact) {
        if (fact instanceof Registered registered) {
            terms(registered.terms(), "/version");
            return;
        }
        AgreementState now = Objects.requireNonNull(before, "not registered");
        switch (fact) {
            case Registered again -> terms(again.terms(), "/version");
            case Amended amended -> amended(now, amended.terms());
            case Suspended suspended -> on(suspended.suspension().on(), now.suspendableFrom());
            case Resumed resumed -> {
                Pause pause = now.openPause();
                on(resumed.resumption().on(), pause == null ? LocalDate.MAX : pause.from());
            }
            case Ended ended -> on(ended.ending().on(), now.endableFrom(today));
            case Listed listed -> shown(now, listed.notice());
            case Unlisted unlisted -> shown(now, unlisted.notice());
            case Corrected corrected -> {
                // has no day of its own
            }
            case Annulled annulled -> {
                // has no day of its own
            }
        }
    }

    /** When it takes the place of the version before must be known. */
    private void amended(AgreementState now, Terms terms) {
        terms(terms, "");
        LocalDate last = now.lastEffect();
        BusinessDate start = terms.start();
        if (terms.isEffective() && last != null && (start == null || !last.isBefore(start.latest()))) {
            broken.add(new Violation(Rule.DATES_OUT_OF_ORDER, "/from"));
        }
    }

    private void terms(Terms terms, String at) {
        Details details = terms.details();
        boolean isOpen = details.source() != null || details.status() == VersionStatus.DRAFTED;
        if (!isOpen && terms.from() == null && details.status() != VersionStatus.SIGNED) {
            broken.add(new Violation(Rule.SOURCE_REQUIRED, at + "/from"));
        }
        if (!isOpen && terms.gateway() == null) {
            broken.add(new Violation(Rule.SOURCE_REQUIRED, at + "/gateway"));
        }
        notInFuture(details.signed(), at + "/signed");
        notInFuture(details.approval() == null ? null : details.approval().on(), at + "/approval/on");
        if (terms.from() != null && details.expiry() != null && terms.from().isCertainlyAfter(details.expiry())) {
            broken.add(new Violation(Rule.DATES_OUT_OF_ORDER, at + "/expiry"));
        }
    }

    private void shown(AgreementState now, Notice notice) {
        List<Shown> notices = now.notices();
        on(notice.on(), notices.isEmpty() ? LocalDate.EPOCH : notices.getLast().effect());
    }

    private void on(BusinessDate on, LocalDate notBefore) {
        notInFuture(on, "/on");
        if (on.latest().isBefore(notBefore)) {
            broken.add(new Violation(Rule.DATES_OUT_OF_ORDER, "/on"));
        }
    }

    private void notInFuture(@Nullable BusinessDate date, String at) {
        if (date != null && date.earliest().isAfter(today)) {
            broken.add(new Violation(Rule.DATE_IN_FUTURE, at));
        }
    }
}
