package org.pupilledger.schema;

import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;

/** Facts about organisations as JSON. */
final class OrganisationJson {
    private OrganisationJson() {}

    static void writeRegistered(CanonicalWriter out, OrganisationEvent.Registered event) {
        out.beginObject().name("code").value(event.code().value()).name("profile");
        writeProfile(out, event.profile());
        out.endObject();
    }

    static OrganisationEvent.Registered readRegistered(CanonicalReader in) {
        in.beginObject();
        OrganisationCode code = new OrganisationCode(in.name("code").text());
        OrganisationProfile profile = readProfile(in.name("profile"));
        in.endObject();
        return new OrganisationEvent.Registered(code, profile);
    }

    static void writeChanged(CanonicalWriter out, OrganisationEvent.Changed event) {
        writeChange(out, event.code(), event.was(), event.now());
    }

    static void writeChangeProposed(CanonicalWriter out, OrganisationEvent.ChangeProposed event) {
        writeChange(out, event.code(), event.was(), event.now());
    }

    private static void writeChange(
            CanonicalWriter out, OrganisationCode code, OrganisationProfile was, OrganisationProfile now) {
        out.beginObject().name("code").value(code.value()).name("now");
        writeProfile(out, now);
        out.name("was");
        writeProfile(out, was);
        out.endObject();
    }

    static OrganisationEvent.ChangeProposed readChangeProposed(CanonicalReader in) {
        OrganisationEvent.Changed change = readChanged(in);
        return new OrganisationEvent.ChangeProposed(change.code(), change.was(), change.now());
    }

    static OrganisationEvent.Changed readChanged(CanonicalReader in) {
        in.beginObject();
        OrganisationCode code = new OrganisationCode(in.name("code").text());
        OrganisationProfile now = readProfile(in.name("now"));
        OrganisationProfile was = readProfile(in.name("was"));
        in.endObject();
        return new OrganisationEvent.Changed(code, was, now);
    }

    private static void writeProfile(CanonicalWriter out, OrganisationProfile profile) {
        OrganisationCode parent = profile.parent();
        out.beginObject()
                .name("category")
                .value(profile.category().name())
                .name("name")
                .value(profile.name())
                .name("parent")
                .value(parent == null ? null : parent.value())
                .endObject();
    }

    private static OrganisationProfile readProfile(CanonicalReader in) {
        in.beginObject();
        Category category = Category.valueOf(in.name("category").text());
        String name = in.name("name").text();
        @Nullable String parent = in.name("parent").textOrNull();
        in.endObject();
        return new OrganisationProfile(name, category, parent == null ? null : new OrganisationCode(parent));
    }
}
