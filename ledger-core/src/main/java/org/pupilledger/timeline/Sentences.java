package org.pupilledger.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.Grounds;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.request.Stage;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.statement.Telling;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.SourceReference;

/** Every event in a sentence of plain English, out of what the event holds: codes, numbers, dates and references. */
public final class Sentences {
    private static final String NOT_STATED = "not stated";

    private Sentences() {}

    /** {@code Matched corrected from 2 to 3 (recount, HCWS272).} */
    public static String of(Object event) {
        return switch (event) {
            case RequestEvent request -> of(request);
            case OrganisationEvent organisation -> OrganisationSentences.of(organisation);
            case EditionEvent edition -> of(edition);
            case LedgerEvent ledger -> of(ledger);
            case AgreementEvent agreement -> AgreementSentences.of(agreement);
            case StatementEvent statement -> of(statement);
            case CoverageEvent coverage -> CoverageSentences.of(coverage);
            case PeriodTotalEvent total -> SpanSentences.of(total);
            default -> throw new IllegalArgumentException("no event: " + event.getClass());
        };
    }

    private static String of(RequestEvent event) {
        return switch (event) {
            case RequestEvent.Received(var ask, var why) -> request(ask.header()) + " recorded: " + asked(ask) + ".";
            case RequestEvent.ReferenceAdded(var header, var reference) ->
                "One more reference was added to " + lower(subject(header)) + ": " + reference + ".";
            case RequestEvent.ReferenceRefused(var header, var was, var refused) ->
                "One of " + lower(subject(header)) + " was refused while the rest goes on: " + refused.reference()
                        + because(
                                refused.reason() == null
                                        ? null
                                        : refused.reason().label(),
                                null) + ".";
            case RequestEvent.OverrideRecorded(var header, var override) ->
                subject(header) + " may be approved although the agreement is not in force"
                        + because(override.authoriser().label(), override.authority()) + ".";
            case RequestEvent.Decided(var header, var was, var decision) ->
                request(header) + " " + decided(decision) + ".";
            case RequestEvent.Withdrawn(var header, var was, var withdrawal) -> request(header) + " withdrawn.";
            case RequestEvent.Matched(var header, var was, var submitted, var match) ->
                request(header) + " compared with the National Pupil Database: of " + people(submitted)
                        + " submitted, " + number(match.matched()) + " matched and " + number(match.ambiguous())
                        + " ambiguous.";
            case RequestEvent.Disclosed(var header, var disclosure) ->
                request(header) + " answered: something was replied about " + people(disclosure.answered())
                        + ", and data were returned about " + people(disclosure.returned()) + " ("
                        + items(disclosure.items()) + ").";
            case RequestEvent.DisclosedFurther(var header, var was, var now, var disclosure) ->
                request(header) + " answered further: something more was replied about "
                        + people(disclosure.answered()) + ", and data were returned about "
                        + people(disclosure.returned()) + " more (" + items(disclosure.items()) + ").";
            case RequestEvent.Destroyed(var header, var destruction) ->
                "The file submitted with " + lower(subject(header)) + " was destroyed ("
                        + destruction.method().label() + ").";
            case RequestEvent.Closed(var header, var closure) -> request(header) + " closed.";
            case RequestEvent.Corrected corrected ->
                sentence(corrected.changes()) + " (" + reason(corrected.cause(), corrected.authority()) + ").";
            case RequestEvent.Annulled(var was, var cause, var authority) ->
                request(was.header()) + " annulled: recorded by mistake, and counted no more ("
                        + reason(cause, authority) + ").";
        };
    }

    /** {@code A request of DWP received in Aug 2023 was} */
    private static String request(RequestHeader header) {
        return subject(header) + (header.requests().count() == 1 ? " was" : " were");
    }

    private static String subject(RequestHeader header) {
        int requests = header.requests().count();
        return (requests == 1 ? "A request" : requests + " requests") + " of " + header.organisation() + " received in "
                + Period.of(By.MONTH, header.received()).label();
    }

    /** {@code 3 references, 7 people submitted; taken from a source (answer to an FOI request, 2023-0012345)} */
    private static String asked(Ask ask) {
        int references = ask.references().size();
        String asked = (references == 0 ? "no reference" : counted(references, "reference", "references")) + ", "
                + people(ask.submitted().individuals()) + " submitted";
        Historic source = ask.historic();
        if (source == null) {
            return asked;
        }
        return asked + "; taken from a source (" + source.source().label()
                + (source.reference() == null ? "" : ", " + source.reference()) + ")";
    }

    private static String counted(int count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    private static String people(Individuals individuals) {
        return switch (individuals) {
            case Individuals.Stated(int count) -> counted(count, "person", "people");
            case Individuals.NotStated nobody -> "a number of people not stated";
        };
    }

    private static String decided(Stage.Decision decision) {
        String outcome = decision.outcome() == Outcome.APPROVED ? "approved" : "refused";
        if (decision.reason() != null) {
            return outcome + " (" + decision.reason().label() + ")";
        }
        return decision.courtOrder() == null ? outcome : outcome + " (court order)";
    }

    private static String number(Individuals individuals) {
        return switch (individuals) {
            case Individuals.Stated(int count) -> Integer.toString(count);
            case Individuals.NotStated nobody -> "a number not stated";
        };
    }

    private static String items(@Nullable List<Item> items) {
        if (items == null) {
            return "items " + NOT_STATED;
        }
        return items.isEmpty() ? "no items" : items.stream().map(Code::label).collect(Collectors.joining(", "));
    }

    static String reason(Cause cause, @Nullable SourceReference authority) {
        return cause.label() + (authority == null ? "" : ", " + authority);
    }

    private static String sentence(List<Change> changes) {
        List<String> parts = new ArrayList<>();
        for (Change change : changes) {
            parts.add(words(change.field()) + (parts.isEmpty() ? " corrected from " : " from ") + value(change.was())
                    + " to " + value(change.now()));
        }
        return parts.isEmpty() ? "Nothing corrected" : capital(joined(parts));
    }

    /** {@code a, b and c} */
    static String joined(List<String> parts) {
        String last = parts.getLast();
        return parts.size() == 1 ? last : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + last;
    }

    /** A value of a field as it is written: a number, a code, a date, a reference, or a list of these. */
    static String value(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty() ? "none" : list.stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        return value == null ? NOT_STATED : value.toString();
    }

    private static String words(Field field) {
        return switch (field) {
            case REFERENCES -> "references";
            case ORGANISATION -> "organisation";
            case RECEIVED -> "date of receipt";
            case UNIT -> "requesting unit";
            case RECIPIENT -> "recipient";
            case PURPOSES -> "purpose";
            case AGREEMENT -> "agreement";
            case GATEWAY -> "gateway";
            case LAWFUL_BASIS -> "lawful basis";
            case SUBMITTED_INDIVIDUALS -> "people submitted";
            case SUBMITTED_ITEMS -> "items submitted";
            case SUBMITTED_ROWS_RECEIVED -> "rows received";
            case SUBMITTED_DUPLICATES -> "duplicate rows";
            case SUBMITTED_INVALID -> "invalid rows";
            case REQUESTED_ITEMS -> "items requested";
            case HISTORIC_SOURCE -> "source";
            case HISTORIC_REFERENCE -> "reference of the source";
            case HISTORIC_PUBLISHED -> "date of the source";
            case HISTORIC_OUTCOME -> "outcome of the source";
            case DECISION_OUTCOME -> "decision";
            case DECISION_ON -> "date of decision";
            case DECISION_REASON -> "reason of the decision";
            case COURT -> "court";
            case COURT_ORDER_MADE -> "date of the court order";
            case WITHDRAWAL_ON -> "date of withdrawal";
            case MATCH_ON -> "date of the match";
            case MATCHED -> "matched";
            case AMBIGUOUS -> "ambiguous";
            case UNMATCHED -> "unmatched";
            case DISCLOSURE_ON -> "date of the answer";
            case ANSWERED -> "answered";
            case RETURNED -> "returned";
            case DISCLOSURE_ITEMS -> "items returned";
            case RETURNS -> "returns";
            case DISCLOSURE_REFERENCES -> "answers by reference";
            case NIL -> "reason of the nil return";
            case DESTRUCTION_ON -> "date of destruction";
            case DESTRUCTION_METHOD -> "method of destruction";
            case CLOSURE_ON -> "date of closure";
        };
    }

    private static String of(EditionEvent event) {
        String edition = "The edition " + event.quarter().period().label();
        return switch (event) {
            case EditionEvent.Scheduled scheduled ->
                edition + " was announced for " + scheduled.releaseOn() + " ("
                        + scheduled.profile().label() + ").";
            case EditionEvent.Rescheduled rescheduled ->
                edition + " was moved from " + rescheduled.was() + " to " + rescheduled.now() + " ("
                        + rescheduled.reason().label() + ").";
            case EditionEvent.Previewed previewed ->
                edition + " was previewed, as at position "
                        + previewed.content().position() + ".";
            case EditionEvent.Released released ->
                edition + " was released, as at position " + released.content().position() + ".";
            case EditionEvent.RevisionPreviewed(var quarter, int revision, var grounds, var content) ->
                revision(quarter, revision) + " was previewed, as at position " + content.position() + " ("
                        + reason(grounds) + ").";
            case EditionEvent.Revised(var quarter, int revision, var grounds, var content) ->
                revision(quarter, revision) + " was released, as at position " + content.position() + " ("
                        + reason(grounds) + ").";
        };
    }

    private static String revision(Quarter quarter, int number) {
        return "Revision " + number + " of the edition " + quarter.period().label();
    }

    private static String reason(Grounds grounds) {
        return grounds.kind().label() + ", " + grounds.reason().label() + ", "
                + grounds.decider().label();
    }

    private static String of(LedgerEvent event) {
        return switch (event) {
            case LedgerEvent.Opened(var inception) -> "The ledger was opened; its first day is " + inception + ".";
            case LedgerEvent.KeyIntroduced introduced -> "A key that signs the log was introduced.";
            case LedgerEvent.KeyRetired retired -> "A key that signed the log was retired.";
        };
    }

    private static String of(StatementEvent event) {
        return switch (event) {
            case StatementEvent.Made(var telling, var body, var figure, var value, var backing) ->
                "A figure was told on " + telling.toldOn() + told(telling) + (body == null ? "" : " to " + body) + ": "
                        + value + " " + figure.label() + ".";
            case StatementEvent.Corrected(var was, var now, var telling, var cause) ->
                "A figure that was told was corrected on " + telling.toldOn() + told(telling) + " from " + was + " to "
                        + now + " (" + cause.label() + ").";
            case StatementEvent.RecipientsTold(var telling, var value) ->
                "Those who had been given a figure were told " + value + " on " + telling.toldOn() + told(telling)
                        + ".";
            case StatementEvent.Annulled(var cause, var authority) ->
                "The statement was annulled: it was recorded by mistake" + because(cause.label(), authority) + ".";
        };
    }

    /** {@code  (Parliament, PQ48634)} */
    private static String told(Telling telling) {
        return because(telling.channel().label(), telling.reference());
    }

    /** {@code  (under review, HCWS272)}; nothing where neither is known. */
    static String because(@Nullable String reason, @Nullable SourceReference authority) {
        List<String> known = Stream.of(reason, authority)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .toList();
        return known.isEmpty() ? "" : " (" + String.join(", ", known) + ")";
    }

    private static String lower(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
