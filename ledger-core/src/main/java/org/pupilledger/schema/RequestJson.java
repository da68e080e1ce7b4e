package org.pupilledger.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.request.AgreementOverride;
import org.pupilledger.request.AgreementReference;
import org.pupilledger.request.Ask;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.Cause;
import org.pupilledger.request.Change;
import org.pupilledger.request.Decider;
import org.pupilledger.request.DestructionMethod;
import org.pupilledger.request.Field;
import org.pupilledger.request.Figures;
import org.pupilledger.request.Figures.DisclosureFigures;
import org.pupilledger.request.Figures.MatchFigures;
import org.pupilledger.request.Gateway;
import org.pupilledger.request.Historic;
import org.pupilledger.request.Individuals;
import org.pupilledger.request.Item;
import org.pupilledger.request.LawfulBasis;
import org.pupilledger.request.Outcome;
import org.pupilledger.request.Purpose;
import org.pupilledger.request.Reference;
import org.pupilledger.request.RefusalReason;
import org.pupilledger.request.RequestEvent.Annulled;
import org.pupilledger.request.RequestEvent.Closed;
import org.pupilledger.request.RequestEvent.Corrected;
import org.pupilledger.request.RequestEvent.Decided;
import org.pupilledger.request.RequestEvent.Destroyed;
import org.pupilledger.request.RequestEvent.Disclosed;
import org.pupilledger.request.RequestEvent.Matched;
import org.pupilledger.request.RequestEvent.OverrideRecorded;
import org.pupilledger.request.RequestEvent.Received;
import org.pupilledger.request.RequestEvent.Withdrawn;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.request.Requests;
import org.pupilledger.request.Source;
import org.pupilledger.request.SourceReference;
import org.pupilledger.request.Stage.Closure;
import org.pupilledger.request.Stage.CourtOrder;
import org.pupilledger.request.Stage.Decision;
import org.pupilledger.request.Stage.Destruction;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.request.Stage.Match;
import org.pupilledger.request.Stage.Withdrawal;
import org.pupilledger.request.Submitted;

/** Facts about matching requests as JSON. Members stand in canonical order, here and in every event ever written. */
final class RequestJson {
    private RequestJson() {}

    static void writeReceived(CanonicalWriter out, Received event) {
        writeAsk(out, event.ask());
    }

    static Received readReceived(CanonicalReader in) {
        return new Received(readAsk(in));
    }

    static void writeOverrideRecorded(CanonicalWriter out, OverrideRecorded event) {
        writeHeader(out.beginObject().name("header"), event.header());
        Values.code(
                out.name("override").beginObject().name("authoriser"),
                event.override().authoriser());
        Values.text(out.name("authority"), event.override().authority());
        out.endObject().endObject();
    }

    static OverrideRecorded readOverrideRecorded(CanonicalReader in) {
        in.beginObject();
        RequestHeader header = readHeader(in.name("header"));
        in.name("override").beginObject();
        Decider authoriser = Values.code(in.name("authoriser"), Decider.class);
        SourceReference authority = Values.sourceReference(in.name("authority"));
        in.endObject();
        in.endObject();
        return new OverrideRecorded(header, new AgreementOverride(authoriser, authority));
    }

    static void writeDecided(CanonicalWriter out, Decided event) {
        Decision decision = event.decision();
        out.beginObject().name("decision").beginObject().name("courtOrder");
        CourtOrder order = decision.courtOrder();
        if (order == null) {
            out.nothing();
        } else {
            out.beginObject()
                    .name("court")
                    .value(order.court().value())
                    .name("made")
                    .value(order.made().toString())
                    .endObject();
        }
        Values.date(out.name("on"), decision.on());
        Values.code(out.name("outcome"), decision.outcome());
        Values.code(out.name("reason"), decision.reason());
        out.endObject();
        writeHeader(out.name("header"), event.header());
        out.endObject();
    }

    static Decided readDecided(CanonicalReader in) {
        in.beginObject();
        in.name("decision").beginObject();
        CourtOrder order = null;
        if (!in.name("courtOrder").isNull()) {
            in.beginObject();
            OrganisationCode court = new OrganisationCode(in.name("court").text());
            order = new CourtOrder(court, Values.date(in.name("made")));
            in.endObject();
        }
        BusinessDate on = Values.dateOrNull(in.name("on"));
        Outcome outcome = Values.code(in.name("outcome"), Outcome.class);
        RefusalReason reason = Values.codeOrNull(in.name("reason"), RefusalReason.class);
        in.endObject();
        RequestHeader header = readHeader(in.name("header"));
        in.endObject();
        return new Decided(header, new Decision(outcome, on, reason, order));
    }

    static void writeWithdrawn(CanonicalWriter out, Withdrawn event) {
        writeHeader(out.beginObject().name("header"), event.header());
        Values.code(out.name("was"), event.was());
        Values.date(
                out.name("withdrawal").beginObject().name("on"),
                event.withdrawal().on());
        out.endObject().endObject();
    }

    static Withdrawn readWithdrawn(CanonicalReader in) {
        in.beginObject();
        RequestHeader header = readHeader(in.name("header"));
        Outcome was = Values.code(in.name("was"), Outcome.class);
        in.name("withdrawal").beginObject();
        Withdrawal withdrawal = new Withdrawal(Values.dateOrNull(in.name("on")));
        in.endObject();
        in.endObject();
        return new Withdrawn(header, was, withdrawal);
    }

    static void writeMatched(CanonicalWriter out, Matched event) {
        writeHeader(out.beginObject().name("header"), event.header());
        Match match = event.match();
        Values.count(out.name("match").beginObject().name("ambiguous"), match.ambiguous());
        Values.count(out.name("matched"), match.matched());
        Values.date(out.name("on"), match.on());
        Values.count(out.endObject().name("submitted"), event.submitted());
        Values.code(out.name("was"), event.was());
        out.endObject();
    }

    static Matched readMatched(CanonicalReader in) {
        in.beginObject();
        RequestHeader header = readHeader(in.name("header"));
        in.name("match").beginObject();
        Individuals ambiguous = Values.count(in.name("ambiguous"));
        Individuals matched = Values.count(in.name("matched"));
        BusinessDate on = Values.dateOrNull(in.name("on"));
        in.endObject();
        Individuals submitted = Values.count(in.name("submitted"));
        Outcome was = Values.code(in.name("was"), Outcome.class);
        in.endObject();
        return new Matched(header, was, submitted, new Match(on, matched, ambiguous));
    }

    static void writeDisclosed(CanonicalWriter out, Disclosed event) {
        Disclosure disclosure = event.disclosure();
        Values.count(out.beginObject().name("disclosure").beginObject().name("answered"), disclosure.answered());
        Values.items(out.name("items"), disclosure.items());
        Values.date(out.name("on"), disclosure.on());
        Values.count(out.name("returned"), disclosure.returned());
        writeHeader(out.endObject().name("header"), event.header());
        out.endObject();
    }

    static Disclosed readDisclosed(CanonicalReader in) {
        in.beginObject();
        in.name("disclosure").beginObject();
        Individuals answered = Values.count(in.name("answered"));
        List<Item> items = Values.items(in.name("items"));
        BusinessDate on = Values.dateOrNull(in.name("on"));
        Individuals returned = Values.count(in.name("returned"));
        in.endObject();
        RequestHeader header = readHeader(in.name("header"));
        in.endObject();
        return new Disclosed(header, new Disclosure(on, answered, returned, items));
    }

    static void writeDestroyed(CanonicalWriter out, Destroyed event) {
        Values.code(
                out.beginObject().name("destruction").beginObject().name("method"),
                event.destruction().method());
        Values.date(out.name("on"), event.destruction().on());
        writeHeader(out.endObject().name("header"), event.header());
        out.endObject();
    }

    static Destroyed readDestroyed(CanonicalReader in) {
        in.beginObject();
        in.name("destruction").beginObject();
        DestructionMethod method = Values.code(in.name("method"), DestructionMethod.class);
        BusinessDate on = Values.dateOrNull(in.name("on"));
        in.endObject();
        RequestHeader header = readHeader(in.name("header"));
        in.endObject();
        return new Destroyed(header, new Destruction(on, method));
    }

    static void writeClosed(CanonicalWriter out, Closed event) {
        Values.date(
                out.beginObject().name("closure").beginObject().name("on"),
                event.closure().on());
        writeHeader(out.endObject().name("header"), event.header());
        out.endObject();
    }

    static Closed readClosed(CanonicalReader in) {
        in.beginObject();
        in.name("closure").beginObject();
        Closure closure = new Closure(Values.dateOrNull(in.name("on")));
        in.endObject();
        RequestHeader header = readHeader(in.name("header"));
        in.endObject();
        return new Closed(header, closure);
    }

    static void writeCorrected(CanonicalWriter out, Corrected event) {
        Values.text(out.beginObject().name("authority"), event.authority());
        Values.code(out.name("cause"), event.cause());
        out.name("changes")
                .list(
                        event.changes(),
                        (in, change) -> in.beginObject()
                                .name("field")
                                .value(change.field().path())
                                .name("now")
                                .canonical(CanonicalWriter.bytesOf(change.now()))
                                .name("was")
                                .canonical(CanonicalWriter.bytesOf(change.was()))
                                .endObject());
        writeFigures(out.name("now"), event.now());
        writeFigures(out.name("was"), event.was());
        out.endObject();
    }

    static Corrected readCorrected(CanonicalReader in) {
        in.beginObject();
        SourceReference authority = Values.sourceReference(in.name("authority"));
        Cause cause = Values.code(in.name("cause"), Cause.class);
        List<Change> changes = in.name("changes").list(RequestJson::readChange);
        Figures now = readFigures(in.name("now"));
        Figures was = readFigures(in.name("was"));
        in.endObject();
        return new Corrected(was, now, changes, cause, authority);
    }

    private static Change readChange(CanonicalReader in) {
        in.beginObject();
        Field field = Field.parse(in.name("field").text()).orElseThrow(() -> new UnreadableEvent("an unknown field"));
        Object now = fieldValue(in.name("now"), field);
        Object was = fieldValue(in.name("was"), field);
        in.endObject();
        return new Change(field, was, now);
    }

    private static @Nullable Object fieldValue(CanonicalReader in, Field field) {
        Object value = in.tree();
        if (value != null && field.misfit(value).isPresent()) {
            throw new UnreadableEvent("a value that does not fit its field");
        }
        return value;
    }

    static void writeAnnulled(CanonicalWriter out, Annulled event) {
        Values.text(out.beginObject().name("authority"), event.authority());
        Values.code(out.name("cause"), event.cause());
        writeFigures(out.name("was"), event.was());
        out.endObject();
    }

    static Annulled readAnnulled(CanonicalReader in) {
        in.beginObject();
        SourceReference authority = Values.sourceReference(in.name("authority"));
        Cause cause = Values.code(in.name("cause"), Cause.class);
        Figures was = readFigures(in.name("was"));
        in.endObject();
        return new Annulled(was, cause, authority);
    }

    private static void writeAsk(CanonicalWriter out, Ask ask) {
        Values.text(out.beginObject().name("agreement"), ask.agreement());
        Values.code(out.name("gateway"), ask.gateway());
        out.name("historic");
        Historic historic = ask.historic();
        if (historic == null) {
            out.nothing();
        } else {
            Values.date(out.beginObject().name("published"), historic.published());
            Values.text(out.name("reference"), historic.reference());
            Values.code(out.name("source"), historic.source());
            out.endObject();
        }
        Values.code(out.name("lawfulBasis"), ask.lawfulBasis());
        out.name("organisation").value(ask.organisation().value());
        Values.code(out.name("purpose"), ask.purpose());
        Values.date(out.name("received"), ask.received());
        out.name("references").list(ask.references(), (in, reference) -> in.value(reference.value()));
        Values.items(out.name("requestedItems"), ask.requestedItems());
        Submitted submitted = ask.submitted();
        Values.count(out.name("submitted").beginObject().name("duplicates"), submitted.duplicates());
        Values.count(out.name("individuals"), submitted.individuals());
        Values.count(out.name("invalid"), submitted.invalid());
        Values.items(out.name("items"), submitted.items());
        Values.count(out.name("rowsReceived"), submitted.rowsReceived());
        out.endObject().endObject();
    }

    private static Ask readAsk(CanonicalReader in) {
        in.beginObject();
        AgreementReference agreement = in.name("agreement").isNull() ? null : new AgreementReference(in.text());
        Gateway gateway = Values.code(in.name("gateway"), Gateway.class);
        Historic historic = null;
        if (!in.name("historic").isNull()) {
            in.beginObject();
            BusinessDate published = Values.dateOrNull(in.name("published"));
            SourceReference reference = Values.sourceReference(in.name("reference"));
            historic = new Historic(Values.code(in.name("source"), Source.class), reference, published);
            in.endObject();
        }
        LawfulBasis lawfulBasis = Values.codeOrNull(in.name("lawfulBasis"), LawfulBasis.class);
        OrganisationCode organisation =
                new OrganisationCode(in.name("organisation").text());
        Purpose purpose = Values.code(in.name("purpose"), Purpose.class);
        BusinessDate received = Values.date(in.name("received"));
        List<Reference> references = in.name("references").list(text -> new Reference(text.text()));
        List<Item> requestedItems = Values.items(in.name("requestedItems"));
        in.name("submitted").beginObject();
        Individuals duplicates = Values.count(in.name("duplicates"));
        Individuals individuals = Values.count(in.name("individuals"));
        Individuals invalid = Values.count(in.name("invalid"));
        List<Item> items = Values.items(in.name("items"));
        Individuals rowsReceived = Values.count(in.name("rowsReceived"));
        in.endObject();
        in.endObject();
        return new Ask(
                references,
                organisation,
                received,
                purpose,
                gateway,
                lawfulBasis,
                agreement,
                new Submitted(individuals, items, rowsReceived, duplicates, invalid),
                requestedItems,
                historic);
    }

    private static void writeHeader(CanonicalWriter out, RequestHeader header) {
        out.beginObject()
                .name("organisation")
                .value(header.organisation().value())
                .name("received")
                .value(header.received().toString())
                .name("requests")
                .value(header.requests().count())
                .endObject();
    }

    private static RequestHeader readHeader(CanonicalReader in) {
        in.beginObject();
        OrganisationCode organisation =
                new OrganisationCode(in.name("organisation").text());
        BusinessDate received = Values.date(in.name("received"));
        Requests requests = new Requests(in.name("requests").count());
        in.endObject();
        if (received.day() != null) {
            throw new UnreadableEvent("a day where a month belongs");
        }
        return new RequestHeader(organisation, received.month(), requests);
    }

    private static void writeFigures(CanonicalWriter out, Figures figures) {
        out.beginObject().name("disclosure");
        DisclosureFigures disclosure = figures.disclosure();
        if (disclosure == null) {
            out.nothing();
        } else {
            Values.count(out.beginObject().name("answered"), disclosure.answered());
            Values.items(out.name("items"), disclosure.items());
            Values.count(out.name("returned"), disclosure.returned());
            out.endObject();
        }
        writeHeader(out.name("header"), figures.header());
        out.name("match");
        MatchFigures match = figures.match();
        if (match == null) {
            out.nothing();
        } else {
            Values.count(out.beginObject().name("ambiguous"), match.ambiguous());
            Values.count(out.name("matched"), match.matched());
            out.endObject();
        }
        Values.code(out.name("outcome"), figures.outcome());
        Values.count(out.name("submitted"), figures.submitted());
        out.endObject();
    }

    private static Figures readFigures(CanonicalReader in) {
        in.beginObject();
        DisclosureFigures disclosure = null;
        if (!in.name("disclosure").isNull()) {
            in.beginObject();
            Individuals answered = Values.count(in.name("answered"));
            List<Item> items = Values.items(in.name("items"));
            disclosure = new DisclosureFigures(answered, Values.count(in.name("returned")), items);
            in.endObject();
        }
        RequestHeader header = readHeader(in.name("header"));
        MatchFigures match = null;
        if (!in.name("match").isNull()) {
            in.beginObject();
            Individuals ambiguous = Values.count(in.name("ambiguous"));
            match = new MatchFigures(Values.count(in.name("matched")), ambiguous);
            in.endObject();
        }
        Outcome outcome = Values.code(in.name("outcome"), Outcome.class);
        Individuals submitted = Values.count(in.name("submitted"));
        in.endObject();
        return new Figures(header, outcome, submitted, match, disclosure);
    }
}
