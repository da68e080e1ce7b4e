package org.pupilledger.schema;

import static org.pupilledger.canonical.Shape.member;
import static org.pupilledger.canonical.Shape.orNull;
import static org.pupilledger.schema.Values.AGREEMENT;
import static org.pupilledger.schema.Values.COUNT;
import static org.pupilledger.schema.Values.DATE;
import static org.pupilledger.schema.Values.INDIVIDUALS;
import static org.pupilledger.schema.Values.ITEMS;
import static org.pupilledger.schema.Values.ORGANISATION;
import static org.pupilledger.schema.Values.SOURCE_REFERENCE;
import static org.pupilledger.schema.Values.TRUTH;
import static org.pupilledger.schema.Values.code;
import static org.pupilledger.schema.Values.list;
import static org.pupilledger.schema.Values.month;
import static org.pupilledger.schema.Values.text;

import java.time.YearMonth;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.Shape;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.NilReason;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.request.AgreementOverride;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.Figures;
import org.pupilledger.request.Figures.DisclosureFigures;
import org.pupilledger.request.Figures.MatchFigures;
import org.pupilledger.request.RequestEvent.Annulled;
import org.pupilledger.request.RequestEvent.Closed;
import org.pupilledger.request.RequestEvent.Corrected;
import org.pupilledger.request.RequestEvent.Decided;
import org.pupilledger.request.RequestEvent.Destroyed;
import org.pupilledger.request.RequestEvent.Disclosed;
import org.pupilledger.request.RequestEvent.DisclosedFurther;
import org.pupilledger.request.RequestEvent.Matched;
import org.pupilledger.request.RequestEvent.OverrideRecorded;
import org.pupilledger.request.RequestEvent.Received;
import org.pupilledger.request.RequestEvent.ReferenceAdded;
import org.pupilledger.request.RequestEvent.ReferenceRefused;
import org.pupilledger.request.RequestEvent.Withdrawn;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.request.Stage.Closure;
import org.pupilledger.request.Stage.CourtOrder;
import org.pupilledger.request.Stage.Decision;
import org.pupilledger.request.Stage.Destruction;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.request.Stage.Match;
import org.pupilledger.request.Stage.OfReference;
import org.pupilledger.request.Stage.Return;
import org.pupilledger.request.Stage.Withdrawal;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.Requests;
import org.pupilledger.values.Submitted;
import org.pupilledger.values.Why;

/** Facts about matching requests as JSON. */
final class RequestJson {
    private static final Form<Outcome> OUTCOME = code(Outcome.class);
    private static final Form<Cause> CAUSE = code(Cause.class);

    private static final Form<Why> WHY = Shape.of(
            Why::new,
            member("purpose", code(Why.PURPOSES), Why::purpose),
            member("gateway", code(Why.GATEWAYS), Why::gateway),
            member("lawfulBasis", code(Why.LAWFUL_BASES), Why::lawfulBasis));
    private static final Form<RequestHeader> HEADER = Shape.of(
            RequestJson::header,
            member("organisation", ORGANISATION, RequestHeader::organisation),
            member("received", month("a day where a month belongs"), RequestHeader::received),
            member("requests", COUNT.as(Requests::new, Requests::count), RequestHeader::requests),
            orNull("why", WHY, header -> orNullWhereUntold(header.why())),
            member("historic", TRUTH, RequestHeader::isHistoric));
    private static final Form<Submitted> SUBMITTED = Shape.of(
            Submitted::new,
            member("individuals", INDIVIDUALS, Submitted::individuals),
            orNull("items", ITEMS, Submitted::items),
            member("rowsReceived", INDIVIDUALS, Submitted::rowsReceived),
            member("duplicates", INDIVIDUALS, Submitted::duplicates),
            member("invalid", INDIVIDUALS, Submitted::invalid));
    private static final Form<Historic> HISTORIC = Shape.of(
            Historic::new,
            member("source", code(Source.class), Historic::source),
            orNull("reference", SOURCE_REFERENCE, Historic::reference),
            orNull("published", DATE, Historic::published),
            orNull("outcome", OUTCOME, Historic::outcome));
    private static final Shape<Ask> ASK = Shape.of(
            Ask::new,
            member("references", list(text(Reference::new)), Ask::references),
            member("organisation", ORGANISATION, Ask::organisation),
            orNull("unit", ORGANISATION, Ask::unit),
            member("received", DATE, Ask::received),
            member("purposes", list(code(Purpose.class)), Ask::purposes),
            orNull("gateway", code(Gateway.class), Ask::gateway),
            orNull("lawfulBasis", code(LawfulBasis.class), Ask::lawfulBasis),
            orNull("agreement", AGREEMENT, Ask::agreement),
            orNull("recipient", ORGANISATION, Ask::recipient),
            member("submitted", SUBMITTED, Ask::submitted),
            orNull("requestedItems", ITEMS, Ask::requestedItems),
            orNull("historic", HISTORIC, Ask::historic));
    private static final Form<AgreementOverride> OVERRIDE = Shape.of(
            AgreementOverride::new,
            member("authoriser", code(Decider.class), AgreementOverride::authoriser),
            orNull("authority", SOURCE_REFERENCE, AgreementOverride::authority));

    private static final Form<CourtOrder> COURT_ORDER = Shape.of(
            CourtOrder::new, member("court", ORGANISATION, CourtOrder::court), member("made", DATE, CourtOrder::made));
    private static final Form<Decision> DECISION = Shape.of(
            Decision::new,
            member("outcome", OUTCOME, Decision::outcome),
            orNull("on", DATE, Decision::on),
            orNull("reason", code(RefusalReason.class), Decision::reason),
            orNull("courtOrder", COURT_ORDER, Decision::courtOrder));
    private static final Form<Withdrawal> WITHDRAWAL = Shape.of(Withdrawal::new, orNull("on", DATE, Withdrawal::on));
    private static final Form<Match> MATCH = Shape.of(
            Match::new,
            orNull("on", DATE, Match::on),
            member("matched", INDIVIDUALS, Match::matched),
            member("ambiguous", INDIVIDUALS, Match::ambiguous),
            member("unmatched", INDIVIDUALS, Match::unmatched));
    private static final Form<Return> RETURN = Shape.of(
            Return::new,
            member("individuals", INDIVIDUALS, Return::individuals),
            member("items", ITEMS, Return::items));
    private static final Form<OfReference> OF_REFERENCE = Shape.of(
            OfReference::new,
            member("reference", text(Reference::new), OfReference::reference),
            member("answered", INDIVIDUALS, OfReference::answered),
            member("returned", INDIVIDUALS, OfReference::returned),
            orNull("items", ITEMS, OfReference::items));
    private static final Form<Disclosure> DISCLOSURE = Shape.of(
            Disclosure::new,
            orNull("on", DATE, Disclosure::on),
            member("answered", INDIVIDUALS, Disclosure::answered),
            member("returned", INDIVIDUALS, Disclosure::returned),
            orNull("items", ITEMS, Disclosure::items),
            orNull("returns", list(RETURN), Disclosure::returns),
            orNull("references", list(OF_REFERENCE), Disclosure::references),
            orNull("nil", code(NilReason.class), Disclosure::nil));
    private static final Form<Destruction> DESTRUCTION = Shape.of(
            Destruction::new,
            orNull("on", DATE, Destruction::on),
            member("method", code(DestructionMethod.class), Destruction::method));
    private static final Form<Closure> CLOSURE = Shape.of(Closure::new, orNull("on", DATE, Closure::on));

    private static final Form<Field> FIELD = Form.of(
            (out, field) -> out.value(field.path()),
            in -> Field.parse(in.text()).orElseThrow(() -> new UnreadableEvent("an unknown field")));
    private static final Form<Object> TREE = Form.of(CanonicalWriter::tree, in -> Objects.requireNonNull(in.tree()));
    private static final Form<Change> CHANGE = Shape.of(
            RequestJson::change,
            member("field", FIELD, Change::field),
            orNull("was", TREE, Change::was),
            orNull("now", TREE, Change::now));
    private static final Form<MatchFigures> MATCH_FIGURES = Shape.of(
            MatchFigures::new,
            member("matched", INDIVIDUALS, MatchFigures::matched),
            member("ambiguous", INDIVIDUALS, MatchFigures::ambiguous),
            member("unmatched", INDIVIDUALS, MatchFigures::unmatched));
    private static final Form<DisclosureFigures> DISCLOSURE_FIGURES = Shape.of(
            DisclosureFigures::new,
            member("answered", INDIVIDUALS, DisclosureFigures::answered),
            member("returned", INDIVIDUALS, DisclosureFigures::returned),
            orNull("items", ITEMS, DisclosureFigures::items),
            orNull("returns", list(RETURN), DisclosureFigures::returns),
            orNull("references", list(OF_REFERENCE), DisclosureFigures::references));
    private static final Form<Figures> FIGURES = Shape.of(
            Figures::new,
            member("header", HEADER, Figures::header),
            member("outcome", OUTCOME, Figures::outcome),
            member("submitted", INDIVIDUALS, Figures::submitted),
            orNull("match", MATCH_FIGURES, Figures::match),
            orNull("disclosure", DISCLOSURE_FIGURES, Figures::disclosure),
            member("refused", COUNT, Figures::refused));
    private static final Form<RefusedReference> REFUSED_REFERENCE = Shape.of(
            RefusedReference::new,
            member("reference", text(Reference::new), RefusedReference::reference),
            member("on", DATE, RefusedReference::on),
            orNull("reason", code(RefusalReason.class), RefusedReference::reason));

    static final Form<Received> RECEIVED = ASK.with(
            RequestJson::received, Received::ask, orNull("why", WHY, received -> orNullWhereUntold(received.why())));
    static final Form<ReferenceAdded> REFERENCE_ADDED = Shape.of(
            ReferenceAdded::new,
            member("header", HEADER, ReferenceAdded::header),
            member("reference", text(Reference::new), ReferenceAdded::reference));
    static final Form<ReferenceRefused> REFERENCE_REFUSED = Shape.of(
            ReferenceRefused::new,
            member("header", HEADER, ReferenceRefused::header),
            member("was", OUTCOME, ReferenceRefused::was),
            member("refused", REFUSED_REFERENCE, ReferenceRefused::refused));
    static final Form<OverrideRecorded> OVERRIDE_RECORDED = Shape.of(
            OverrideRecorded::new,
            member("header", HEADER, OverrideRecorded::header),
            member("override", OVERRIDE, OverrideRecorded::override));
    static final Form<Decided> DECIDED = Shape.of(
            Decided::new,
            member("header", HEADER, Decided::header),
            member("was", OUTCOME, Decided::was),
            member("decision", DECISION, Decided::decision));
    static final Form<Withdrawn> WITHDRAWN = Shape.of(
            Withdrawn::new,
            member("header", HEADER, Withdrawn::header),
            member("was", OUTCOME, Withdrawn::was),
            member("withdrawal", WITHDRAWAL, Withdrawn::withdrawal));
    static final Form<Matched> MATCHED = Shape.of(
            Matched::new,
            member("header", HEADER, Matched::header),
            member("was", OUTCOME, Matched::was),
            member("submitted", INDIVIDUALS, Matched::submitted),
            member("match", MATCH, Matched::match));
    static final Form<Disclosed> DISCLOSED = Shape.of(
            Disclosed::new,
            member("header", HEADER, Disclosed::header),
            member("disclosure", DISCLOSURE, Disclosed::disclosure));
    static final Form<DisclosedFurther> DISCLOSED_FURTHER = Shape.of(
            DisclosedFurther::new,
            member("header", HEADER, DisclosedFurther::header),
            member("was", DISCLOSURE_FIGURES, DisclosedFurther::was),
            member("now", DISCLOSURE_FIGURES, DisclosedFurther::now),
            member("disclosure", DISCLOSURE, DisclosedFurther::disclosure));
    static final Form<Destroyed> DESTROYED = Shape.of(
            Destroyed::new,
            member("header", HEADER, Destroyed::header),
            member("destruction", DESTRUCTION, Destroyed::destruction));
    static final Form<Closed> CLOSED = Shape.of(
            Closed::new, member("header", HEADER, Closed::header), member("closure", CLOSURE, Closed::closure));
    static final Form<Corrected> CORRECTED = Shape.of(
            Corrected::new,
            member("was", FIGURES, Corrected::was),
            member("now", FIGURES, Corrected::now),
            member("changes", list(CHANGE), Corrected::changes),
            member("cause", CAUSE, Corrected::cause),
            orNull("authority", SOURCE_REFERENCE, Corrected::authority));
    static final Form<Annulled> ANNULLED = Shape.of(
            Annulled::new,
            member("was", FIGURES, Annulled::was),
            member("cause", CAUSE, Annulled::cause),
            orNull("authority", SOURCE_REFERENCE, Annulled::authority));

    private RequestJson() {}

    private static RequestHeader header(
            OrganisationCode organisation,
            YearMonth received,
            Requests requests,
            @Nullable Why why,
            boolean isHistoric) {
        if (isHistoric && why == null) {
            throw new UnreadableEvent("a header that does not tell why does not tell that it is historic");
        }
        return new RequestHeader(organisation, received, requests, orUntold(why), isHistoric);
    }

    private static Received received(Ask ask, @Nullable Why why) {
        if (why != null && !why.equals(ask.why())) {
            throw new UnreadableEvent("a request that is counted under what it does not say");
        }
        return new Received(ask, orUntold(why));
    }

    private static Why orUntold(@Nullable Why why) {
        return why == null ? Why.UNTOLD : why;
    }

    private static @Nullable Why orNullWhereUntold(Why why) {
        return why.equals(Why.UNTOLD) ? null : why;
    }

    private static Change change(Field field, @Nullable Object was, @Nullable Object now) {
        for (Object value : new @Nullable Object[] {now, was}) {
            if (value != null && field.misfit(value).isPresent()) {
                throw new UnreadableEvent("a value that does not fit its field");
            }
        }
        return new Change(field, was, now);
    }
}
