package org.pupilledger.intake;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.intake.RequestInput.OrganisationInput;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.Organisations;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.reading.Form;
import org.pupilledger.reading.Holds.Text;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.refusal.Refused;

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
        Form form = new Form();
        OrganisationCode own = form.parsed(
                code,
                OrganisationCode::parse,
                "code",
                "A code is 2 to 40 upper-case letters, digits and underscores, a letter first.");
        String name = form.required(
                input.name(),
                text -> Optional.of(text).filter(NAME.asMatchPredicate()),
                "",
                "/name",
                "A name is 1 to " + OrganisationProfile.MAX_NAME + " letters, digits, spaces and plain punctuation.");
        form.require(input.category(), "/category");
        form.failOnFlaws();
        Category category = form.known(input.category(), text -> Code.parse(Category.class, text), "/category");
        OrganisationCode parent = form.known(
                input.parent(),
                text -> OrganisationCode.parse(text).filter(above -> isAbove(above, own, organisations)),
                "/parent");
        form.failOnViolations();
        return new PutOrganisation(
                Objects.requireNonNull(own),
                new OrganisationProfile(name, Objects.requireNonNull(category), parent),
                null);
    }

    /** True where it exists and the way up from it does not come by {@code below}. */
    private static boolean isAbove(
            OrganisationCode parent, @Nullable OrganisationCode below, Organisations organisations) {
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
