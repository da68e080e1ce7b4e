package org.pupilledger.schema;

import static org.pupilledger.canonical.Shape.member;
import static org.pupilledger.canonical.Shape.orNull;
import static org.pupilledger.schema.Values.ORGANISATION;
import static org.pupilledger.schema.Values.TEXT;
import static org.pupilledger.schema.Values.text;

import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.Shape;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationEvent.ChangeProposed;
import org.pupilledger.organisation.OrganisationEvent.Changed;
import org.pupilledger.organisation.OrganisationEvent.Registered;
import org.pupilledger.organisation.OrganisationProfile;

/** Facts about organisations as JSON. */
final class OrganisationJson {
    private static final Form<OrganisationProfile> PROFILE = Shape.of(
            OrganisationProfile::new,
            member("name", TEXT, OrganisationProfile::name),
            member("category", text(Category::valueOf), OrganisationProfile::category),
            orNull("parent", ORGANISATION, OrganisationProfile::parent));

    static final Form<Registered> REGISTERED = Shape.of(
            Registered::new,
            member("code", ORGANISATION, Registered::code),
            member("profile", PROFILE, Registered::profile));
    static final Form<Changed> CHANGED = Shape.of(
            Changed::new,
            member("code", ORGANISATION, Changed::code),
            member("was", PROFILE, Changed::was),
            member("now", PROFILE, Changed::now));
    static final Form<ChangeProposed> CHANGE_PROPOSED = Shape.of(
            ChangeProposed::new,
            member("code", ORGANISATION, ChangeProposed::code),
            member("was", PROFILE, ChangeProposed::was),
            member("now", PROFILE, ChangeProposed::now));

    private OrganisationJson() {}
}
