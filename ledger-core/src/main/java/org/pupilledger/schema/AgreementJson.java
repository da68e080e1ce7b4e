package org.pupilledger.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AccessRoute;
import org.pupilledger.agreement.AgreementEvent;
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
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.request.AgreementReference;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.Gateway;
import org.pupilledger.request.Item;
import org.pupilledger.request.LawfulBasis;
import org.pupilledger.request.SourceReference;

/** Facts about agreements as JSON. */
final class AgreementJson {
    private AgreementJson() {}

    static void writeRegistered(CanonicalWriter out, AgreementEvent.Registered event) {
        Values.code(out.beginObject().name("level"), event.level());
        out.name("reference").value(event.reference().value());
        writeTerms(out.name("terms"), event.terms());
        Values.text(out.name("umbrella"), event.umbrella());
        out.endObject();
    }

    static AgreementEvent.Registered readRegistered(CanonicalReader in) {
        in.beginObject();
        AgreementLevel level = Values.code(in.name("level"), AgreementLevel.class);
        AgreementReference reference = reference(in.name("reference"));
        Terms terms = readTerms(in.name("terms"));
        AgreementReference umbrella = in.name("umbrella").isNull() ? null : reference(in);
        in.endObject();
        return new AgreementEvent.Registered(reference, level, umbrella, terms);
    }

    static void writeAmended(CanonicalWriter out, AgreementEvent.Amended event) {
        out.beginObject().name("reference").value(event.reference().value());
        writeTerms(out.name("terms"), event.terms());
        out.endObject();
    }

    static AgreementEvent.Amended readAmended(CanonicalReader in) {
        in.beginObject();
        AgreementReference reference = reference(in.name("reference"));
        Terms terms = readTerms(in.name("terms"));
        in.endObject();
        return new AgreementEvent.Amended(reference, terms);
    }

    static void writeSuspended(CanonicalWriter out, AgreementEvent.Suspended event) {
        Suspension suspension = event.suspension();
        out.beginObject().name("reference").value(event.reference().value());
        Values.text(out.name("suspension").beginObject().name("authority"), suspension.authority());
        Values.date(out.name("on"), suspension.on());
        Values.code(out.name("reason"), suspension.reason());
        out.endObject().endObject();
    }

    static AgreementEvent.Suspended readSuspended(CanonicalReader in) {
        in.beginObject();
        AgreementReference reference = reference(in.name("reference"));
        in.name("suspension").beginObject();
        SourceReference authority = Values.sourceReference(in.name("authority"));
        BusinessDate on = Values.date(in.name("on"));
        SuspensionReason reason = Values.codeOrNull(in.name("reason"), SuspensionReason.class);
        in.endObject();
        in.endObject();
        return new AgreementEvent.Suspended(reference, new Suspension(on, reason, authority));
    }

    static void writeResumed(CanonicalWriter out, AgreementEvent.Resumed event) {
        Resumption resumption = event.resumption();
        out.beginObject().name("reference").value(event.reference().value());
        Values.text(out.name("resumption").beginObject().name("authority"), resumption.authority());
        Values.date(out.name("on"), resumption.on());
        out.endObject().endObject();
    }

    static AgreementEvent.Resumed readResumed(CanonicalReader in) {
        in.beginObject();
        AgreementReference reference = reference(in.name("reference"));
        in.name("resumption").beginObject();
        SourceReference authority = Values.sourceReference(in.name("authority"));
        BusinessDate on = Values.date(in.name("on"));
        in.endObject();
        in.endObject();
        return new AgreementEvent.Resumed(reference, new Resumption(on, authority));
    }

    static void writeEnded(CanonicalWriter out, AgreementEvent.Ended event) {
        Ending ending = event.ending();
        Values.text(out.beginObject().name("ending").beginObject().name("authority"), ending.authority());
        out.name("evidence").list(ending.evidence(), (in, evidence) -> in.value(evidence.code()));
        Values.date(out.name("on"), ending.on());
        out.endObject().name("reference").value(event.reference().value());
        out.endObject();
    }

    static AgreementEvent.Ended readEnded(CanonicalReader in) {
        in.beginObject();
        in.name("ending").beginObject();
        SourceReference authority = Values.sourceReference(in.name("authority"));
        List<EndEvidence> evidence = in.name("evidence").list(text -> Values.code(text, EndEvidence.class));
        BusinessDate on = Values.date(in.name("on"));
        in.endObject();
        AgreementReference reference = reference(in.name("reference"));
        in.endObject();
        return new AgreementEvent.Ended(reference, new Ending(on, evidence, authority));
    }

    static void writeListed(CanonicalWriter out, AgreementEvent.Listed event) {
        writeNotice(out, event.reference(), event.notice());
    }

    static AgreementEvent.Listed readListed(CanonicalReader in) {
        in.beginObject();
        Notice notice = readNotice(in.name("notice"));
        AgreementReference reference = reference(in.name("reference"));
        in.endObject();
        return new AgreementEvent.Listed(reference, notice);
    }

    static void writeUnlisted(CanonicalWriter out, AgreementEvent.Unlisted event) {
        writeNotice(out, event.reference(), event.notice());
    }

    static AgreementEvent.Unlisted readUnlisted(CanonicalReader in) {
        in.beginObject();
        Notice notice = readNotice(in.name("notice"));
        AgreementReference reference = reference(in.name("reference"));
        in.endObject();
        return new AgreementEvent.Unlisted(reference, notice);
    }

    private static void writeNotice(CanonicalWriter out, AgreementReference reference, Notice notice) {
        Values.date(out.beginObject().name("notice").beginObject().name("on"), notice.on());
        Values.text(out.name("source"), notice.source());
        out.endObject().name("reference").value(reference.value());
        out.endObject();
    }

    private static Notice readNotice(CanonicalReader in) {
        in.beginObject();
        BusinessDate on = Values.date(in.name("on"));
        SourceReference source = new SourceReference(in.name("source").text());
        in.endObject();
        return new Notice(on, source);
    }

    private static void writeTerms(CanonicalWriter out, Terms terms) {
        Values.text(out.beginObject().name("dpia"), terms.dpia());
        Values.date(out.name("from"), terms.from());
        Values.code(out.name("gateway"), terms.gateway());
        Values.items(out.name("itemsIn"), terms.itemsIn());
        Values.items(out.name("itemsOut"), terms.itemsOut());
        Values.code(out.name("lawfulBasis"), terms.lawfulBasis());
        out.name("monthlyCeiling");
        Integer ceiling = terms.monthlyCeiling();
        if (ceiling == null) {
            out.nothing();
        } else {
            out.value(ceiling);
        }
        out.name("number").value(terms.number().value());
        out.name("parties").list(terms.parties(), (in, party) -> {
            in.beginObject().name("organisation").value(party.organisation().value());
            Values.code(in.name("role"), party.role());
            in.endObject();
        });
        Values.code(
                out.name("route").beginObject().name("access"), terms.route().access());
        Values.code(out.name("reason"), terms.route().reason());
        out.endObject().endObject();
    }

    private static Terms readTerms(CanonicalReader in) {
        in.beginObject();
        SourceReference dpia = Values.sourceReference(in.name("dpia"));
        BusinessDate from = Values.date(in.name("from"));
        Gateway gateway = Values.code(in.name("gateway"), Gateway.class);
        List<Item> itemsIn = in.name("itemsIn").list(text -> Values.code(text, Item.class));
        List<Item> itemsOut = in.name("itemsOut").list(text -> Values.code(text, Item.class));
        LawfulBasis lawfulBasis = Values.codeOrNull(in.name("lawfulBasis"), LawfulBasis.class);
        @Nullable Integer ceiling = in.name("monthlyCeiling").isNull() ? null : in.count();
        VersionNumber number = new VersionNumber(in.name("number").text());
        List<Party> parties = in.name("parties").list(AgreementJson::readParty);
        in.name("route").beginObject();
        AccessRoute access = Values.code(in.name("access"), AccessRoute.class);
        Route route = new Route(access, Values.codeOrNull(in.name("reason"), RouteReason.class));
        in.endObject();
        in.endObject();
        Terms terms = new Terms(number, from, parties, lawfulBasis, gateway, route, dpia, itemsIn, itemsOut, ceiling);
        boolean isInOrder = terms.parties().equals(parties)
                && terms.itemsIn().equals(itemsIn)
                && terms.itemsOut().equals(itemsOut);
        if (!isInOrder) {
            throw new UnreadableEvent("lists of an agreement that are not in their order");
        }
        return terms;
    }

    private static Party readParty(CanonicalReader in) {
        in.beginObject();
        OrganisationCode organisation =
                new OrganisationCode(in.name("organisation").text());
        PartyRole role = Values.code(in.name("role"), PartyRole.class);
        in.endObject();
        return new Party(organisation, role);
    }

    private static AgreementReference reference(CanonicalReader in) {
        return new AgreementReference(in.text());
    }
}
