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
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AccessRoute;
import org.pupilledger.agreement.AgreementEvent.Amended;
import org.pupilledger.agreement.AgreementEvent.Ended;
import org.pupilledger.agreement.AgreementEvent.Listed;
import org.pupilledger.agreement.AgreementEvent.Registered;
import org.pupilledger.agreement.AgreementEvent.Resumed;
import org.pupilledger.agreement.AgreementEvent.Suspended;
import org.pupilledger.agreement.AgreementEvent.Unlisted;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.agreement.EndEvidence;
import org.pupilledger.agreement.Ending;
import org.pupilledger.agreement.Notice;
import org.pupilledger.agreement.Party;
import org.pupilledger.agreement.PartyRole;
import org.pupilledger.agreement.Resumption;
import org.pupilledger.agreement.Route;
import org.pupilledger.agreement.RouteReason;
import org.pupilledger.agreement.Suspension;
import org.pupilledger.agreement.SuspensionReason;
import org.pupilledger.agreement.Terms;
import org.pupilledger.agreement.VersionNumber;
import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.Shape;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.SourceReference;

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
    private static final Form<Terms> TERMS = Shape.of(
            AgreementJson::terms,
            member("number", text(VersionNumber::new), Terms::number),
            member("from", DATE, Terms::from),
            member("parties", list(PARTY), Terms::parties),
            orNull("lawfulBasis", code(LawfulBasis.class), Terms::lawfulBasis),
            member("gateway", code(Gateway.class), Terms::gateway),
            member("route", ROUTE, Terms::route),
            orNull("dpia", SOURCE_REFERENCE, Terms::dpia),
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

    private AgreementJson() {}

    private static Terms terms(
            VersionNumber number,
            BusinessDate from,
            List<Party> parties,
            @Nullable LawfulBasis lawfulBasis,
            Gateway gateway,
            Route route,
            @Nullable SourceReference dpia,
            List<Item> itemsIn,
            List<Item> itemsOut,
            @Nullable Integer ceiling) {
        Terms terms = new Terms(number, from, parties, lawfulBasis, gateway, route, dpia, itemsIn, itemsOut, ceiling);
        boolean isInOrder = terms.parties().equals(parties)
                && terms.itemsIn().equals(itemsIn)
                && terms.itemsOut().equals(itemsOut);
        if (!isInOrder) {
            throw new UnreadableEvent("lists of an agreement that are not in their order");
        }
        return terms;
    }
}
