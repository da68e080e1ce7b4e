package org.pupilledger.timeline;

import java.util.ArrayList;
import java.util.List;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;

/** Events of organisations, in sentences. */
final class OrganisationSentences {
    private OrganisationSentences() {}

    static String of(OrganisationEvent event) {
        return switch (event) {
            case OrganisationEvent.Registered(var code, var profile) ->
                code + " was registered in the category " + profile.category() + ".";
            case OrganisationEvent.Changed(var code, var was, var now) ->
                code + ": " + Sentences.joined(changes(was, now)) + ".";
            case OrganisationEvent.ChangeProposed(var code, var was, var now) ->
                code + ": "
                        + (now.equals(was)
                                ? "what was proposed was withdrawn."
                                : "proposed to a second person: " + Sentences.joined(changes(was, now)) + ".");
        };
    }

    /** A name is said to have changed, and not what it was: sentences have codes and numbers only. */
    private static List<String> changes(OrganisationProfile was, OrganisationProfile now) {
        List<String> changes = new ArrayList<>();
        if (was.category() != now.category()) {
            changes.add("category changed from " + was.category() + " to " + now.category());
        }
        if (!was.name().equals(now.name())) {
            changes.add("name changed");
        }
        String parentWas = was.parent() == null ? "none" : was.parent().value();
        String parentNow = now.parent() == null ? "none" : now.parent().value();
        if (!parentWas.equals(parentNow)) {
            changes.add("parent changed from " + parentWas + " to " + parentNow);
        }
        return changes.isEmpty() ? List.of("nothing changed") : changes;
    }
}
