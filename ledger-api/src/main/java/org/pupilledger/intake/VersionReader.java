package org.pupilledger.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AccessRoute;
import org.pupilledger.agreement.Approval;
import org.pupilledger.agreement.ApprovalPanel;
import org.pupilledger.agreement.Details;
import org.pupilledger.agreement.Licence;
import org.pupilledger.agreement.Party;
import org.pupilledger.agreement.PartyRole;
import org.pupilledger.agreement.PublicText;
import org.pupilledger.agreement.Route;
import org.pupilledger.agreement.RouteReason;
import org.pupilledger.agreement.Terms;
import org.pupilledger.agreement.VersionNumber;
import org.pupilledger.agreement.VersionStatus;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.intake.AgreementInput.ApprovalInput;
import org.pupilledger.intake.AgreementInput.LicenceInput;
import org.pupilledger.intake.AgreementInput.PartyInput;
import org.pupilledger.intake.AgreementInput.RouteInput;
import org.pupilledger.intake.AgreementInput.VersionInput;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.privacy.Guard;
import org.pupilledger.reading.Form;
import org.pupilledger.request.Occasion;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Individuals;

/** Reads what one version of an agreement says. What is wrong with it is noted in the form. */
final class VersionReader {
    private static final VersionNumber NO_NUMBER = new VersionNumber("0");
    private static final Party NOBODY = new Party(new OrganisationCode("NOT_KNOWN"), PartyRole.PARTY);

    private final Form form;
    private final Occasion occasion;

    VersionReader(Form form, Occasion occasion) {
        this.form = form;
        this.occasion = occasion;
    }

    Terms terms(VersionInput input, String at) {
        VersionNumber number = form.required(
                input.number(),
                VersionNumber::parse,
                NO_NUMBER,
                at + "/number",
                "The number of a version is one to three numbers of at most 3 digits, with points between them.");
        BusinessDate from = form.date(input.from(), at + "/from");
        List<Party> parties = parties(input.parties(), at + "/parties");
        LawfulBasis lawfulBasis = form.optional(LawfulBasis.class, input.lawfulBasis(), at + "/lawfulBasis");
        Gateway gateway = form.optional(Gateway.class, input.gateway(), at + "/gateway");
        Route route = route(input.route(), at + "/route");
        Details details = details(input, at);
        List<Item> itemsIn = items(input.itemsIn(), at + "/itemsIn");
        List<Item> itemsOut = items(input.itemsOut(), at + "/itemsOut");
        Integer ceiling = input.monthlyCeiling();
        if (ceiling != null && (ceiling < 1 || ceiling > Individuals.MAX)) {
            form.flaw(
                    at + "/monthlyCeiling", "out-of-range", "A ceiling is a number from 1 to " + Individuals.MAX + ".");
            ceiling = null;
        }
        return new Terms(number, from, parties, lawfulBasis, gateway, route, details, itemsIn, itemsOut, ceiling);
    }

    private Details details(VersionInput input, String at) {
        return new Details(
                form.sourceReference(input.dpia(), at + "/dpia"),
                Objects.requireNonNullElse(
                        form.optional(VersionStatus.class, input.status(), at + "/status"), VersionStatus.IN_FORCE),
                form.date(input.signed(), at + "/signed"),
                form.date(input.expiry(), at + "/expiry"),
                form.date(input.review(), at + "/review"),
                text(input.title(), at + "/title"),
                text(input.permittedUse(), at + "/permittedUse"),
                licence(input.licence(), at + "/licence"),
                approval(input.approval(), at + "/approval"),
                form.sourceReference(input.source(), at + "/source"));
    }

    private @Nullable PublicText text(@Nullable String text, String at) {
        return form.parsed(
                text,
                PublicText::parse,
                at,
                "The words of a register are 1 to " + Guard.MAX_TEXT_LENGTH + " signs on one line.");
    }

    private @Nullable Licence licence(@Nullable LicenceInput input, String at) {
        return input == null
                ? null
                : new Licence(form.date(input.end(), at + "/end"), text(input.description(), at + "/description"));
    }

    private @Nullable Approval approval(@Nullable ApprovalInput input, String at) {
        if (input == null) {
            return null;
        }
        ApprovalPanel panel = form.required(ApprovalPanel.class, input.panel(), ApprovalPanel.DSAP, at + "/panel");
        BusinessDate on = form.date(input.on(), at + "/on");
        if (panel == ApprovalPanel.NONE && on != null) {
            form.flaw(at + "/on", Form.MALFORMED, "What came through no panel has no date of it.");
            return null;
        }
        return new Approval(panel, on);
    }

    private List<Party> parties(@Nullable List<PartyInput> inputs, String at) {
        if (inputs == null || inputs.isEmpty()) {
            form.require(null, at);
            return List.of(NOBODY);
        }
        if (inputs.size() > Terms.MAX_PARTIES) {
            form.flaw(at, "too-many", "At most " + Terms.MAX_PARTIES + " parties belong to an agreement.");
            return List.of(NOBODY);
        }
        List<Party> parties = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            parties.add(party(inputs.get(i), at + "/" + i));
        }
        boolean isWithoutParty = parties.stream().noneMatch(party -> party.role() == PartyRole.PARTY);
        if (isWithoutParty) {
            form.flaw(at, Form.REQUIRED, "At least one organisation is in the role PARTY.");
        } else if (new HashSet<>(parties).size() < parties.size()
                && form.flaws().isEmpty()) {
            form.flaw(at, "repeated", "Each organisation stands here once for each of its roles.");
        }
        return isWithoutParty || !form.flaws().isEmpty() ? List.of(NOBODY) : distinct(parties);
    }

    private static <T> List<T> distinct(List<T> elements) {
        return elements.stream().distinct().toList();
    }

    private Party party(PartyInput input, String at) {
        OrganisationCode organisation = form.organisation(input.organisation(), at + "/organisation");
        boolean isWritten = input.organisation() != null
                && OrganisationCode.parse(input.organisation()).isPresent();
        if (isWritten && occasion.organisations().find(organisation).isEmpty()) {
            form.unknown(at + "/organisation");
        }
        return new Party(organisation, form.required(PartyRole.class, input.role(), PartyRole.PARTY, at + "/role"));
    }

    private Route route(@Nullable RouteInput input, String at) {
        Route otherwise = new Route(AccessRoute.SECURE_RESEARCH_SERVICE, null);
        if (input == null) {
            form.require(null, at);
            return otherwise;
        }
        AccessRoute access =
                form.required(AccessRoute.class, input.access(), AccessRoute.SECURE_RESEARCH_SERVICE, at + "/access");
        RouteReason reason = form.optional(RouteReason.class, input.reason(), at + "/reason");
        if (access == AccessRoute.DIRECT_TRANSFER && input.reason() == null) {
            form.flaw(at + "/reason", Form.REQUIRED, "A direct transfer needs a reason.");
        }
        return access == AccessRoute.DIRECT_TRANSFER && reason == null ? otherwise : new Route(access, reason);
    }

    private List<Item> items(@Nullable List<String> texts, String at) {
        form.require(texts, at);
        List<Item> items = form.items(texts, at);
        return items == null ? List.of() : items;
    }
}
