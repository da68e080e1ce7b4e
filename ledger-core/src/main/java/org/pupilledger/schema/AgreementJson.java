package org.pupilledger.schema;

import static org.pupilledger.canonical.Shape.member;
import static org.pupilledger.canonical.Shape.orNull;
import static org.pupilledger.schema.Values.AGREEMENT;
import static org.pupilledger.schema.Values.COUNT;
import static org.pupilledger.schema.Values.DATE;
import static org.pupilledger.schema.Values.ITEMS;
import static org.pupilledger.schema.Values.ORGANISATION;
import static org.pupilledger.schema.Values.SOURCE_REFERENCE;
import static org.pupilledger.schema.Values.code;
import static org.pupilledger.schema.Values.list;
import static org.pupilledger.schema.Values.text;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AccessRoute;
import org.pupilledger.agreement.AgreementEvent.Amended;
import org.pupilledger.agreement.AgreementEvent.Annulled;
import org.pupilledger.agreement.AgreementEvent.Change;
import org.pupilledger.agreement.AgreementEvent.Corrected;
import org.pupilledger.agreement.AgreementEvent.Ended;
import org.pupilledger.agreement.AgreementEvent.Listed;
import org.pupilledger.agreement.AgreementEvent.Registered;
import org.pupilledger.agreement.AgreementEvent.Resumed;
import org.pupilledger.agreement.AgreementEvent.Suspended;
import org.pupilledger.agreement.AgreementEvent.Unlisted;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.agreement.Approval;
import org.pupilledger.agreement.ApprovalPanel;
import org.pupilledger.agreement.Details;
import org.pupilledger.agreement.EndEvidence;
import org.pupilledger.agreement.Ending;
import org.pupilledger.agreement.Licence;
import org.pupilledger.agreement.Notice;
import org.pupilledger.agreement.Party;
import org.pupilledger.agreement.PartyRole;
import org.pupilledger.agreement.PublicText;
import org.pupilledger.agreement.Resumption;
import org.pupilledger.agreement.Route;
import org.pupilledger.agreement.RouteReason;
import org.pupilledger.agreement.Suspension;
import org.pupilledger.agreement.SuspensionReason;
import org.pupilledger.agreement.Terms;
import org.pupilledger.agreement.VersionNumber;
import org.pupilledger.agreement.VersionStatus;
import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.Shape;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.schema.EventTypes.Upcaster;
import org.pupilledger.values.BusinessDate;

/** Facts about agreements as JSON. */
final class AgreementJson {
    private static final Form<Party> PARTY = Shape.of(
            Party::new,
            member("organisation", ORGANISATION, Party::organisation),
            member("role", code(PartyRole.class), Party::role));
    private static final Form<Route> ROUTE = Shape.of(
            Route::new,
            member("access", code(AccessRoute.class), Route::access),
            orNull("reason", code(RouteReason.class), Route::reason));
    private static final Form<PublicText> PUBLIC_TEXT = text(PublicText::new);
    private static final Form<Licence> LICENCE = Shape.of(
            Licence::new, orNull("end", DATE, Licence::end), orNull("description", PUBLIC_TEXT, Licence::description));
    private static final Form<Approval> APPROVAL = Shape.of(
            Approval::new,
            member("panel", code(ApprovalPanel.class), Approval::panel),
            orNull("on", DATE, Approval::on));
    private static final Form<Details> DETAILS = Shape.of(
            Details::new,
            orNull("dpia", SOURCE_REFERENCE, Details::dpia),
            member("status", code(VersionStatus.class), Details::status),
            orNull("signed", DATE, Details::signed),
            orNull("expiry", DATE, Details::expiry),
            orNull("review", DATE, Details::review),
            orNull("title", PUBLIC_TEXT, Details::title),
            orNull("permittedUse", PUBLIC_TEXT, Details::permittedUse),
            orNull("licence", LICENCE, Details::licence),
            orNull("approval", APPROVAL, Details::approval),
            orNull("source", SOURCE_REFERENCE, Details::source));
    private static final Form<Terms> TERMS = Shape.of(
            AgreementJson::terms,
            member("number", text(VersionNumber::new), Terms::number),
            orNull("from", DATE, Terms::from),
            member("parties", list(PARTY), Terms::parties),
            orNull("lawfulBasis", code(LawfulBasis.class), Terms::lawfulBasis),
            orNull("gateway", code(Gateway.class), Terms::gateway),
            member("route", ROUTE, Terms::route),
            member("details", DETAILS, Terms::details),
            member("itemsIn", ITEMS, Terms::itemsIn),
            member("itemsOut", ITEMS, Terms::itemsOut),
            orNull("monthlyCeiling", COUNT, Terms::monthlyCeiling));
    private static final Form<Suspension> SUSPENSION = Shape.of(
            Suspension::new,
            member("on", DATE, Suspension::on),
            orNull("reason", code(SuspensionReason.class), Suspension::reason),
            orNull("authority", SOURCE_REFERENCE, Suspension::authority));
    private static final Form<Resumption> RESUMPTION = Shape.of(
            Resumption::new,
            member("on", DATE, Resumption::on),
            orNull("authority", SOURCE_REFERENCE, Resumption::authority));
    private static final Form<Ending> ENDING = Shape.of(
            Ending::new,
            member("on", DATE, Ending::on),
            member("evidence", list(code(EndEvidence.class)), Ending::evidence),
            orNull("authority", SOURCE_REFERENCE, Ending::authority));
    private static final Form<Notice> NOTICE =
            Shape.of(Notice::new, member("on", DATE, Notice::on), member("source", SOURCE_REFERENCE, Notice::source));

    static final Form<Registered> REGISTERED = Shape.of(
            Registered::new,
            member("reference", AGREEMENT, Registered::reference),
            member("level", code(AgreementLevel.class), Registered::level),
            orNull("umbrella", AGREEMENT, Registered::umbrella),
            member("terms", TERMS, Registered::terms));
    static final Form<Amended> AMENDED = Shape.of(
            Amended::new, member("reference", AGREEMENT, Amended::reference), member("terms", TERMS, Amended::terms));
    static final Form<Suspended> SUSPENDED = Shape.of(
            Suspended::new,
            member("reference", AGREEMENT, Suspended::reference),
            member("suspension", SUSPENSION, Suspended::suspension));
    static final Form<Resumed> RESUMED = Shape.of(
            Resumed::new,
            member("reference", AGREEMENT, Resumed::reference),
            member("resumption", RESUMPTION, Resumed::resumption));
    static final Form<Ended> ENDED = Shape.of(
            Ended::new, member("reference", AGREEMENT, Ended::reference), member("ending", ENDING, Ended::ending));
    static final Form<Listed> LISTED = Shape.of(
            Listed::new, member("reference", AGREEMENT, Listed::reference), member("notice", NOTICE, Listed::notice));
    static final Form<Unlisted> UNLISTED = Shape.of(
            Unlisted::new,
            member("reference", AGREEMENT, Unlisted::reference),
            member("notice", NOTICE, Unlisted::notice));

    static final Form<Corrected> CORRECTED = Shape.of(
            Corrected::new,
            member("reference", AGREEMENT, Corrected::reference),
            orNull("terms", change(TERMS), Corrected::terms),
            orNull("suspension", change(SUSPENSION), Corrected::suspension),
            orNull("end", change(ENDING), Corrected::end),
            member("cause", code(Cause.class), Corrected::cause),
            orNull("authority", SOURCE_REFERENCE, Corrected::authority));
    static final Form<Annulled> ANNULLED = Shape.of(
            Annulled::new,
            member("reference", AGREEMENT, Annulled::reference),
            member("cause", code(Cause.class), Annulled::cause),
            orNull("authority", SOURCE_REFERENCE, Annulled::authority));

    /** Before it was told what a register says of a version, there was only the impact assessment. */
    static final List<Upcaster> UPCASTERS = List.of(
            new Upcaster("agreement.registered", 1, AgreementJson::withDetails),
            new Upcaster("agreement.amended", 1, AgreementJson::withDetails));

    private AgreementJson() {}

    private static <T> Form<Change<T>> change(Form<T> form) {
        return Shape.of(Change<T>::new, member("was", form, Change<T>::was), orNull("now", form, Change<T>::now));
    }

    @SuppressWarnings("unchecked") // members of an object are a map
    private static Map<String, @Nullable Object> withDetails(Map<String, @Nullable Object> event) {
        Map<String, @Nullable Object> terms =
                new TreeMap<>((Map<String, @Nullable Object>) Objects.requireNonNull(event.get("terms")));
        Map<String, @Nullable Object> details = new TreeMap<>();
        for (String member :
                List.of("signed", "expiry", "review", "title", "permittedUse", "licence", "approval", "source")) {
            details.put(member, null);
        }
        details.put("dpia", terms.remove("dpia"));
        details.put("status", VersionStatus.IN_FORCE.code());
        Upcaster.add(terms, "details", details);
        Map<String, @Nullable Object> now = new TreeMap<>(event);
        now.put("terms", terms);
        return now;
    }

    private static Terms terms(
            VersionNumber number,
            @Nullable BusinessDate from,
            List<Party> parties,
            @Nullable LawfulBasis lawfulBasis,
            @Nullable Gateway gateway,
            Route route,
            Details details,
            List<Item> itemsIn,
            List<Item> itemsOut,
            @Nullable Integer ceiling) {
        Terms terms =
                new Terms(number, from, parties, lawfulBasis, gateway, route, details, itemsIn, itemsOut, ceiling);
        boolean isInOrder = terms.parties().equals(parties)
                && terms.itemsIn().equals(itemsIn)
                && terms.itemsOut().equals(itemsOut);
        if (!isInOrder) {
            throw new UnreadableEvent("lists of an agreement that are not in their order");
        }
        return terms;
    }
}
