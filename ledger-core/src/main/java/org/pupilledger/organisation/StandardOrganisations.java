package org.pupilledger.organisation;

import java.util.LinkedHashMap;
import java.util.Map;

/** The organisations that exist from the first start of a ledger. */
public final class StandardOrganisations {
    private StandardOrganisations() {}

    /** In the order in which they are registered. */
    public static Map<OrganisationCode, OrganisationProfile> profiles() {
        Map<OrganisationCode, OrganisationProfile> profiles = new LinkedHashMap<>();
        put(profiles, "HOME_OFFICE", "Home Office", Category.HOME_OFFICE);
        put(profiles, "DWP", "Department for Work and Pensions", Category.OTHER_GOVERNMENT);
        put(profiles, "POLICE", "Police forces", Category.POLICE);
        put(profiles, "MOJ", "Ministry of Justice", Category.OTHER_GOVERNMENT);
        put(profiles, "HMRC", "HM Revenue and Customs", Category.OTHER_GOVERNMENT);
        put(profiles, "CABINET_OFFICE", "Cabinet Office", Category.OTHER_GOVERNMENT);
        put(profiles, "WELSH_GOVERNMENT", "Welsh Government", Category.OTHER_GOVERNMENT);
        put(profiles, "FAMILY_COURT", "Family Court", Category.COURT);
        return profiles;
    }

    private static void put(
            Map<OrganisationCode, OrganisationProfile> profiles, String code, String name, Category category) {
        profiles.put(new OrganisationCode(code), new OrganisationProfile(name, category, null));
    }
}
