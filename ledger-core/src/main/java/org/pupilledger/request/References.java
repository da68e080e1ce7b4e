package org.pupilledger.request;

import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Status;
import org.pupilledger.privacy.Guard;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Refused.Conflict;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.Requests;

/** When a reference may be added to a request, and when one of several may be refused alone. What a source tells stays whole. */
final class References {
    /** Of the day of a refusal, as rules point to it. */
    static final String REFUSED_ON = "/refused/on";

    private References() {}

    static void checkAdded(RequestState now, Reference reference) {
        Conflict.unlessInTurn(!now.isHistoric() && now.status() == Status.RECEIVED);
        if (isRefused(now, reference)) {
            throw new Conflict(Conflict.Reason.TOLD_DIFFERENTLY);
        }
        if (now.ask().references().size() + now.refused().size() >= Requests.MAX) {
            throw new Conflict(Conflict.Reason.FULL);
        }
        Refused.PersonalData.ifAny(Guard.inReference(reference.value()));
    }

    static void checkRefused(RequestState now, RefusedReference refused) {
        boolean isBefore = now.status() == Status.RECEIVED || now.status() == Status.APPROVED;
        Conflict.unlessInTurn(!now.isHistoric() && isBefore);
        if (isRefused(now, refused.reference())) {
            throw new Conflict(Conflict.Reason.TOLD_DIFFERENTLY);
        }
        if (!now.ask().references().contains(refused.reference())) {
            throw new Refused.RuleBroken(Rule.UNKNOWN_CODE, "/reference");
        }
        // the last one is refused with the request
        Conflict.unlessInTurn(now.ask().references().size() > 1);
    }

    private static boolean isRefused(RequestState now, Reference reference) {
        return now.refused().stream().anyMatch(one -> one.reference().equals(reference));
    }

    /** Where it is in the body of a refusal. */
    static String pointer(String pointer) {
        return pointer.equals(REFUSED_ON) ? "/on" : "";
    }
}
