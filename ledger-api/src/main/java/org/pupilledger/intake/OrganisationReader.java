package org.pupilledger.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.intake.Holds.Text;
import org.pupilledger.intake.InvalidInput.Flaw;
import org.pupilledger.intake.RequestInput.OrganisationInput;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.Organisations;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.request.Refused;
import org.pupilledger.request.Rule;
import org.pupilledger.request.Violation;

/** Turns what was typed about an organisation into a command. */
public final class OrganisationReader {
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}0-9][\\p{L}\\p{M}0-9 '’&(),./-]{0," + (OrganisationProfile.MAX_NAME - 1) + "}");

    private OrganisationReader() {}

    /**
     * The command, whatever the version.
     *
     * @throws PersonalDataFound  what was typed must not be kept
     * @throws InvalidInput       the form is wrong or something is missing
     * @throws Refused.RuleBroken a code is not known, or the parent is the organisation itself or below it
     */
    public static PutOrganisation read(String code, OrganisationInput input, Organisations organisations) {
        InputGuard.check("code", code, Text.CODE);
        InputGuard.check(input);
        List<Flaw> flaws = new ArrayList<>();
        OrganisationCode own = OrganisationCode.parse(code).orElse(null);
        if (own == null) {
            flaws.add(new Flaw(
                    "code",
                    "malformed",
                    "A code is 2 to 40 upper-case letters, digits and underscores, a letter first."));
        }
        String name = input.name();
        if (name == null) {
            flaws.add(new Flaw("/name", "required", "This is required."));
        } else if (!NAME.matcher(name).matches()) {
            flaws.add(new Flaw(
                    "/name",
                    "malformed",
                    "A name is 1 to " + OrganisationProfile.MAX_NAME
                            + " letters, digits, spaces and plain punctuation."));
        }
        if (input.category() == null) {
            flaws.add(new Flaw("/category", "required", "This is required."));
        }
        if (!flaws.isEmpty() || own == null || name == null) {
            throw new InvalidInput(flaws);
        }
        List<Violation> violations = new ArrayList<>();
        Category category = category(input.category());
        if (category == null) {
            violations.add(new Violation(Rule.UNKNOWN_CODE, "/category"));
        }
        OrganisationCode parent = null;
        if (input.parent() != null) {
            parent = OrganisationCode.parse(input.parent()).orElse(null);
            if (parent == null || !isAbove(parent, own, organisations)) {
                violations.add(new Violation(Rule.UNKNOWN_CODE, "/parent"));
            }
        }
        if (category == null || !violations.isEmpty()) {
            throw new Refused.RuleBroken(violations);
        }
        return new PutOrganisation(own, new OrganisationProfile(name, category, parent), null);
    }

    private static @Nullable Category category(@Nullable String text) {
        for (Category category : Category.values()) {
            if (category.name().equals(text)) {
                return category;
            }
        }
        return null;
    }

    /** True where it exists and the way up from it does not come by {@code below}. */
    private static boolean isAbove(OrganisationCode parent, OrganisationCode below, Organisations organisations) {
        OrganisationCode next = parent;
        while (next != null) {
            OrganisationProfile profile = organisations.find(next).orElse(null);
            if (profile == null || next.equals(below)) {
                return false;
            }
            next = profile.parent();
        }
        return true;
    }
}
