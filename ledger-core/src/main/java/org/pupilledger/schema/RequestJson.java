package org.pupilledger.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.request.Ask;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.Cause;
import org.pupilledger.request.Change;
import org.pupilledger.request.Code;
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
        date(out.name("on"), decision.on());
        code(out.name("outcome"), decision.outcome());
        code(out.name("reason"), decision.reason());
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
            order = new CourtOrder(court, date(in.name("made")));
            in.endObject();
        }
        BusinessDate on = dateOrNull(in.name("on"));
        Outcome outcome = code(in.name("outcome"), Outcome.class);
        RefusalReason reason = codeOrNull(in.name("reason"), RefusalReason.class);
        in.endObject();
        RequestHeader header = readHeader(in.name("header"));
        in.endObject();
        return new Decided(header, new Decision(outcome, on, reason, order));
    }

    static void writeWithdrawn(CanonicalWriter out, Withdrawn event) {
        writeHeader(out.beginObject().name("header"), event.header());
        code(out.name("was"), event.was());
        date(out.name("withdrawal").beginObject().name("on"), event.withdrawal().on());
        out.endObject().endObject();
    }

    static Withdrawn readWithdrawn(CanonicalReader in) {
        in.beginObject();
        RequestHeader header = readHeader(in.name("header"));
        Outcome was = code(in.name("was"), Outcome.class);
        in.name("withdrawal").beginObject();
        Withdrawal withdrawal = new Withdrawal(dateOrNull(in.name("on")));
        in.endObject();
        in.endObject();
        return new Withdrawn(header, was, withdrawal);
    }

    static void writeMatched(CanonicalWriter out, Matched event) {
        writeHeader(out.beginObject().name("header"), event.header());
        Match match = event.match();
        count(out.name("match").beginObject().name("ambiguous"), match.ambiguous());
        count(out.name("matched"), match.matched());
        date(out.name("on"), match.on());
        count(out.endObject().name("submitted"), event.submitted());
        code(out.name("was"), event.was());
        out.endObject();
    }

    static Matched readMatched(CanonicalReader in) {
        in.beginObject();
        RequestHeader header = readHeader(in.name("header"));
        in.name("match").beginObject();
        Individuals ambiguous = count(in.name("ambiguous"));
        Individuals matched = count(in.name("matched"));
        BusinessDate on = dateOrNull(in.name("on"));
        in.endObject();
        Individuals submitted = count(in.name("submitted"));
        Outcome was = code(in.name("was"), Outcome.class);
        in.endObject();
        return new Matched(header, was, submitted, new Match(on, matched, ambiguous));
    }

    static void writeDisclosed(CanonicalWriter out, Disclosed event) {
        Disclosure disclosure = event.disclosure();
        count(out.beginObject().name("disclosure").beginObject().name("answered"), disclosure.answered());
        items(out.name("items"), disclosure.items());
        date(out.name("on"), disclosure.on());
        count(out.name("returned"), disclosure.returned());
        writeHeader(out.endObject().name("header"), event.header());
        out.endObject();
    }

    static Disclosed readDisclosed(CanonicalReader in) {
        in.beginObject();
        in.name("disclosure").beginObject();
        Individuals answered = count(in.name("answered"));
        List<Item> items = items(in.name("items"));
        BusinessDate on = dateOrNull(in.name("on"));
        Individuals returned = count(in.name("returned"));
        in.endObject();
        RequestHeader header = readHeader(in.name("header"));
        in.endObject();
        return new Disclosed(header, new Disclosure(on, answered, returned, items));
    }

    static void writeDestroyed(CanonicalWriter out, Destroyed event) {
        code(
                out.beginObject().name("destruction").beginObject().name("method"),
                event.destruction().method());
        date(out.name("on"), event.destruction().on());
        writeHeader(out.endObject().name("header"), event.header());
        out.endObject();
    }

    static Destroyed readDestroyed(CanonicalReader in) {
        in.beginObject();
        in.name("destruction").beginObject();
        DestructionMethod method = code(in.name("method"), DestructionMethod.class);
        BusinessDate on = dateOrNull(in.name("on"));
        in.endObject();
        RequestHeader header = readHeader(in.name("header"));
        in.endObject();
        return new Destroyed(header, new Destruction(on, method));
    }

    static void writeClosed(CanonicalWriter out, Closed event) {
        date(
                out.beginObject().name("closure").beginObject().name("on"),
                event.closure().on());
        writeHeader(out.endObject().name("header"), event.header());
        out.endObject();
    }

    static Closed readClosed(CanonicalReader in) {
        in.beginObject();
        in.name("closure").beginObject();
        Closure closure = new Closure(dateOrNull(in.name("on")));
        in.endObject();
        RequestHeader header = readHeader(in.name("header"));
        in.endObject();
        return new Closed(header, closure);
    }

    static void writeCorrected(CanonicalWriter out, Corrected event) {
        text(out.beginObject().name("authority"), event.authority());
        code(out.name("cause"), event.cause());
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
        SourceReference authority = sourceReference(in.name("authority"));
        Cause cause = code(in.name("cause"), Cause.class);
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
        text(out.beginObject().name("authority"), event.authority());
        code(out.name("cause"), event.cause());
        writeFigures(out.name("was"), event.was());
        out.endObject();
    }

    static Annulled readAnnulled(CanonicalReader in) {
        in.beginObject();
        SourceReference authority = sourceReference(in.name("authority"));
        Cause cause = code(in.name("cause"), Cause.class);
        Figures was = readFigures(in.name("was"));
        in.endObject();
        return new Annulled(was, cause, authority);
    }

    private static void writeAsk(CanonicalWriter out, Ask ask) {
        out.beginObject().name("agreement").value(ask.agreement());
        code(out.name("gateway"), ask.gateway());
        out.name("historic");
        Historic historic = ask.historic();
        if (historic == null) {
            out.nothing();
        } else {
            date(out.beginObject().name("published"), historic.published());
            text(out.name("reference"), historic.reference());
            code(out.name("source"), historic.source());
            out.endObject();
        }
        code(out.name("lawfulBasis"), ask.lawfulBasis());
        out.name("organisation").value(ask.organisation().value());
        code(out.name("purpose"), ask.purpose());
        date(out.name("received"), ask.received());
        out.name("references").list(ask.references(), (in, reference) -> in.value(reference.value()));
        items(out.name("requestedItems"), ask.requestedItems());
        Submitted submitted = ask.submitted();
        count(out.name("submitted").beginObject().name("duplicates"), submitted.duplicates());
        count(out.name("individuals"), submitted.individuals());
        count(out.name("invalid"), submitted.invalid());
        items(out.name("items"), submitted.items());
        count(out.name("rowsReceived"), submitted.rowsReceived());
        out.endObject().endObject();
    }

    private static Ask readAsk(CanonicalReader in) {
        in.beginObject();
        String agreement = in.name("agreement").textOrNull();
        Gateway gateway = code(in.name("gateway"), Gateway.class);
        Historic historic = null;
        if (!in.name("historic").isNull()) {
            in.beginObject();
            BusinessDate published = dateOrNull(in.name("published"));
            SourceReference reference = sourceReference(in.name("reference"));
            historic = new Historic(code(in.name("source"), Source.class), reference, published);
            in.endObject();
        }
        LawfulBasis lawfulBasis = codeOrNull(in.name("lawfulBasis"), LawfulBasis.class);
        OrganisationCode organisation =
                new OrganisationCode(in.name("organisation").text());
        Purpose purpose = code(in.name("purpose"), Purpose.class);
        BusinessDate received = date(in.name("received"));
        List<Reference> references = in.name("references").list(text -> new Reference(text.text()));
        List<Item> requestedItems = items(in.name("requestedItems"));
        in.name("submitted").beginObject();
        Individuals duplicates = count(in.name("duplicates"));
        Individuals individuals = count(in.name("individuals"));
        Individuals invalid = count(in.name("invalid"));
        List<Item> items = items(in.name("items"));
        Individuals rowsReceived = count(in.name("rowsReceived"));
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
        BusinessDate received = date(in.name("received"));
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
            count(out.beginObject().name("answered"), disclosure.answered());
            items(out.name("items"), disclosure.items());
            count(out.name("returned"), disclosure.returned());
            out.endObject();
        }
        writeHeader(out.name("header"), figures.header());
        out.name("match");
        MatchFigures match = figures.match();
        if (match == null) {
            out.nothing();
        } else {
            count(out.beginObject().name("ambiguous"), match.ambiguous());
            count(out.name("matched"), match.matched());
            out.endObject();
        }
        code(out.name("outcome"), figures.outcome());
        count(out.name("submitted"), figures.submitted());
        out.endObject();
    }

    private static Figures readFigures(CanonicalReader in) {
        in.beginObject();
        DisclosureFigures disclosure = null;
        if (!in.name("disclosure").isNull()) {
            in.beginObject();
            Individuals answered = count(in.name("answered"));
            List<Item> items = items(in.name("items"));
            disclosure = new DisclosureFigures(answered, count(in.name("returned")), items);
            in.endObject();
        }
        RequestHeader header = readHeader(in.name("header"));
        MatchFigures match = null;
        if (!in.name("match").isNull()) {
            in.beginObject();
            Individuals ambiguous = count(in.name("ambiguous"));
            match = new MatchFigures(count(in.name("matched")), ambiguous);
            in.endObject();
        }
        Outcome outcome = code(in.name("outcome"), Outcome.class);
        Individuals submitted = count(in.name("submitted"));
        in.endObject();
        return new Figures(header, outcome, submitted, match, disclosure);
    }

    private static void count(CanonicalWriter out, Individuals individuals) {
        Integer count = individuals.orNull();
        if (count == null) {
            out.nothing();
        } else {
            out.value(count);
        }
    }

    private static Individuals count(CanonicalReader in) {
        return in.isNull() ? Individuals.notStated() : Individuals.of(in.count());
    }

    private static void date(CanonicalWriter out, @Nullable BusinessDate date) {
        text(out, date);
    }

    private static BusinessDate date(CanonicalReader in) {
        return BusinessDate.parse(in.text()).orElseThrow(() -> new UnreadableEvent("not a date"));
    }

    private static @Nullable BusinessDate dateOrNull(CanonicalReader in) {
        return in.isNull() ? null : date(in);
    }

    private static @Nullable SourceReference sourceReference(CanonicalReader in) {
        return in.isNull() ? null : new SourceReference(in.text());
    }

    private static void code(CanonicalWriter out, @Nullable Code code) {
        out.value(code == null ? null : code.code());
    }

    private static <E extends Enum<E> & Code> E code(CanonicalReader in, Class<E> list) {
        return Code.parse(list, in.text()).orElseThrow(() -> new UnreadableEvent("an unknown code"));
    }

    private static <E extends Enum<E> & Code> @Nullable E codeOrNull(CanonicalReader in, Class<E> list) {
        return in.isNull() ? null : code(in, list);
    }

    private static void items(CanonicalWriter out, @Nullable List<Item> items) {
        out.list(items, (in, item) -> in.value(item.code()));
    }

    private static @Nullable List<Item> items(CanonicalReader in) {
        return in.listOrNull(text -> code(text, Item.class));
    }

    private static void text(CanonicalWriter out, @Nullable Object text) {
        out.value(text == null ? null : text.toString());
    }
}
