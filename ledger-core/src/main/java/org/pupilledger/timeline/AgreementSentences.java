package org.pupilledger.timeline;

import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.agreement.Terms;

/** Every event of an agreement in a sentence of plain English. */
final class AgreementSentences {
    private AgreementSentences() {}

    static String of(AgreementEvent event) {
        String agreement = "Agreement " + event.reference();
        return switch (event) {
            case AgreementEvent.Registered(var reference, var level, var umbrella, var terms) ->
                agreement + " was registered (" + level.label() + " level"
                        + (umbrella == null ? "" : " under " + umbrella) + ", " + version(terms) + ") with "
                        + parties(terms) + ".";
            case AgreementEvent.Amended(var reference, var terms) ->
                agreement + " was amended: " + version(terms) + " with " + parties(terms) + ".";
            case AgreementEvent.Suspended(var reference, var suspension) ->
                agreement + " was suspended from " + suspension.on() + " on"
                        + Sentences.because(
                                suspension.reason() == null
                                        ? null
                                        : suspension.reason().label(),
                                suspension.authority())
                        + ".";
            case AgreementEvent.Resumed(var reference, var resumption) ->
                agreement + " is in force again from " + resumption.on() + " on"
                        + Sentences.because(null, resumption.authority()) + ".";
            case AgreementEvent.Ended(var reference, var ending) ->
                agreement + " ended on " + ending.on() + Sentences.because(null, ending.authority()) + ".";
            case AgreementEvent.Listed(var reference, var notice) ->
                agreement + " was shown as live by a published list of " + notice.on() + " (" + notice.source() + ").";
            case AgreementEvent.Unlisted(var reference, var notice) ->
                agreement + " was shown as live no longer by a published list of " + notice.on() + " ("
                        + notice.source() + ").";
            case AgreementEvent.Corrected corrected -> agreement + ": " + corrected(corrected) + ".";
            case AgreementEvent.Annulled(var reference, var cause, var authority) ->
                agreement + " was annulled: recorded by mistake, and counted no more ("
                        + Sentences.reason(cause, authority) + ").";
        };
    }

    private static String corrected(AgreementEvent.Corrected corrected) {
        var terms = corrected.terms();
        var suspension = corrected.suspension();
        var end = corrected.end();
        String what = "the end";
        boolean isGone = end != null && end.now() == null;
        if (terms != null) {
            what = "version " + terms.was().number();
        }
        if (suspension != null) {
            what = "the suspension from " + suspension.was().on() + " on";
            isGone = suspension.now() == null;
        }
        if (end != null) {
            what = "the end on " + end.was().on();
        }
        return what + (isGone ? " never was" : " was corrected") + " ("
                + Sentences.reason(corrected.cause(), corrected.authority()) + ")";
    }

    private static String version(Terms terms) {
        return "version " + terms.number() + (terms.from() == null ? ", start not stated," : " from " + terms.from());
    }

    private static String parties(Terms terms) {
        return Sentences.joined(terms.parties().stream()
                .map(party -> party.organisation().value())
                .distinct()
                .toList());
    }
}
