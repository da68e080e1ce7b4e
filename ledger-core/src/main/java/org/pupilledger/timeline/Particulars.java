package org.pupilledger.timeline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.codes.Code;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.Stage;
import org.pupilledger.spans.Count;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.statement.Amount;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/**
 * What every event can be asked, whatever it is.
 *
 * @param on        the day or month on which it happened or takes effect, {@code 2018-04-17} or {@code 2018-04}; null
 *                  where none is known
 * @param changes   of a correction, of an organisation, and of a date that was announced; else none
 * @param cause     the code that says why
 * @param authority the document that says so
 */
record Particulars(
        @Nullable String on,
        List<FieldChange> changes,
        @Nullable String cause,
        @Nullable String authority) {
    /** Every business date is one in this zone. */
    private static final Particulars NONE = on(null);

    /** @param recordedAt ISO 8601 in UTC; a release happens when it is recorded */
    static Particulars of(Object event, String recordedAt) {
        return switch (event) {
            case RequestEvent request -> of(request);
            case OrganisationEvent organisation -> of(organisation);
            case AgreementEvent agreement -> of(agreement);
            case StatementEvent statement -> of(statement);
            case CoverageEvent coverage -> of(coverage);
            case PeriodTotalEvent total -> of(total);
            case EditionEvent edition -> of(edition, recordedAt);
            case LedgerEvent ledger -> of(ledger);
            default ->
                throw new IllegalArgumentException(
                        "no event: " + event.getClass().getName());
        };
    }

    private static Particulars of(RequestEvent event) {
        return switch (event) {
            case RequestEvent.Received(var ask, var why) -> on(ask.received());
            case RequestEvent.ReferenceAdded added -> NONE;
            case RequestEvent.ReferenceRefused(var header, var was, var refused) ->
                on(refused.on()).because(refused.reason(), null);
            case RequestEvent.OverrideRecorded(var header, var override) -> NONE.because(null, override.authority());
            case RequestEvent.Decided(var header, var was, Stage.Decision decision) ->
                on(decision.on()).because(decision.reason(), null);
            case RequestEvent.Withdrawn(var header, var was, var withdrawal) -> on(withdrawal.on());
            case RequestEvent.Matched(var header, var was, var submitted, var match) -> on(match.on());
            case RequestEvent.Disclosed(var header, var disclosure) -> on(disclosure.on());
            case RequestEvent.DisclosedFurther further ->
                on(further.disclosure().on());
            case RequestEvent.Destroyed(var header, var destruction) -> on(destruction.on());
            case RequestEvent.Closed(var header, var closure) -> on(closure.on());
            case RequestEvent.Corrected corrected ->
                changed(corrected.changes().stream()
                                .map(change -> new FieldChange(change.field().path(), change.was(), change.now()))
                                .toList())
                        .because(corrected.cause(), corrected.authority());
            case RequestEvent.Annulled(var was, var cause, var authority) -> NONE.because(cause, authority);
        };
    }

    private static Particulars of(OrganisationEvent event) {
        return switch (event) {
            case OrganisationEvent.Registered registered -> NONE;
            case OrganisationEvent.Changed(var code, var was, var now) -> changed(changes(was, now));
            case OrganisationEvent.ChangeProposed(var code, var was, var now) -> changed(changes(was, now));
        };
    }

    private static List<FieldChange> changes(OrganisationProfile was, OrganisationProfile now) {
        List<FieldChange> changes = new ArrayList<>();
        add(changes, "name", was.name(), now.name());
        add(changes, "category", was.category().name(), now.category().name());
        add(changes, "parent", code(was.parent()), code(now.parent()));
        return changes;
    }

    private static @Nullable String code(@Nullable OrganisationCode organisation) {
        return organisation == null ? null : organisation.value();
    }

    private static void add(List<FieldChange> changes, String field, @Nullable String was, @Nullable String now) {
        if (!Objects.equals(was, now)) {
            changes.add(new FieldChange(field, was, now));
        }
    }

    private static Particulars of(AgreementEvent event) {
        return switch (event) {
            case AgreementEvent.Registered registered -> on(registered.terms().from());
            case AgreementEvent.Amended(var reference, var terms) -> on(terms.from());
            case AgreementEvent.Suspended(var reference, var suspension) ->
                on(suspension.on()).because(suspension.reason(), suspension.authority());
            case AgreementEvent.Resumed(var reference, var resumption) ->
                on(resumption.on()).because(null, resumption.authority());
            case AgreementEvent.Ended(var reference, var ending) ->
                on(ending.on()).because(null, ending.authority());
            case AgreementEvent.Listed(var reference, var notice) ->
                on(notice.on()).because(null, notice.source());
            case AgreementEvent.Unlisted(var reference, var notice) ->
                on(notice.on()).because(null, notice.source());
            case AgreementEvent.Corrected corrected ->
                changed(AgreementChanges.of(corrected)).because(corrected.cause(), corrected.authority());
            case AgreementEvent.Annulled(var reference, var cause, var authority) -> NONE.because(cause, authority);
        };
    }

    private static Particulars of(StatementEvent event) {
        return switch (event) {
            case StatementEvent.Made made ->
                on(made.telling().toldOn()).because(null, made.telling().reference());
            case StatementEvent.Corrected(var was, var now, var telling, var cause) ->
                new Particulars(
                                telling.toldOn().toString(),
                                List.of(new FieldChange("value", plain(was), plain(now))),
                                null,
                                null)
                        .because(cause, telling.reference());
            case StatementEvent.RecipientsTold(var telling, var value) ->
                on(telling.toldOn()).because(null, telling.reference());
            case StatementEvent.Annulled(var cause, var authority) -> NONE.because(cause, authority);
        };
    }

    /** A number where it was told exactly, else in words. */
    private static Object plain(Amount amount) {
        return amount.isExact() ? (Object) amount.least() : amount.toString();
    }

    private static Particulars of(PeriodTotalEvent event) {
        return switch (event) {
            case PeriodTotalEvent.Recorded(var header, var counts, var source) ->
                on(source.published()).because(null, source.reference());
            case PeriodTotalEvent.Corrected(var header, var was, var now, var cause, var authority) ->
                changed(Stream.of(Count.values())
                                .filter(count -> !Objects.equals(was.get(count), now.get(count)))
                                .map(count -> new FieldChange(
                                        count.pointer().substring(1).replace('/', '.'),
                                        number(was.get(count)),
                                        number(now.get(count))))
                                .toList())
                        .because(cause, authority);
            case PeriodTotalEvent.Annulled(var header, var was, var cause, var authority) ->
                NONE.because(cause, authority);
        };
    }

    private static @Nullable Long number(@Nullable Integer count) {
        return count == null ? null : Long.valueOf(count);
    }

    private static Particulars of(EditionEvent event, String recordedAt) {
        return switch (event) {
            case EditionEvent.Scheduled scheduled -> on(scheduled.releaseOn());
            case EditionEvent.Rescheduled(var quarter, var was, var now, var reason) ->
                new Particulars(
                                now.toString(),
                                List.of(new FieldChange("releaseOn", was.toString(), now.toString())),
                                null,
                                null)
                        .because(reason, null);
            case EditionEvent.Previewed previewed -> NONE;
            case EditionEvent.Released released -> on(dayOf(recordedAt));
            case EditionEvent.RevisionPreviewed previewed ->
                on(previewed.grounds().announcedOn())
                        .because(previewed.grounds().reason(), null);
            case EditionEvent.Revised revised ->
                on(dayOf(recordedAt)).because(revised.grounds().reason(), null);
        };
    }

    private static Particulars of(CoverageEvent event) {
        return switch (event) {
            case CoverageEvent.Proposed(var declaration) -> NONE.because(declaration.source(), declaration.reference());
            case CoverageEvent.Declared(var declaration) -> NONE.because(declaration.source(), declaration.reference());
            case CoverageEvent.WithdrawalProposed(var declaration, var cause, var authority) ->
                NONE.because(cause, authority);
            case CoverageEvent.Withdrawn(var declaration, var cause, var authority) -> NONE.because(cause, authority);
            case CoverageEvent.ProposalDropped dropped -> NONE;
        };
    }

    private static LocalDate dayOf(String recordedAt) {
        return LocalDate.ofInstant(Instant.parse(recordedAt), BusinessDate.ZONE);
    }

    private static Particulars of(LedgerEvent event) {
        return switch (event) {
            case LedgerEvent.Opened(var inception) -> on(inception);
            case LedgerEvent.KeyIntroduced introduced -> NONE;
            case LedgerEvent.KeyRetired retired -> NONE;
        };
    }

    /** @param date a day, or a date known to the day or to the month */
    private static Particulars on(@Nullable Object date) {
        return new Particulars(date == null ? null : date.toString(), List.of(), null, null);
    }

    private static Particulars changed(List<FieldChange> changes) {
        return new Particulars(null, changes, null, null);
    }

    private Particulars because(@Nullable Code reason, @Nullable SourceReference document) {
        return new Particulars(
                on, changes, reason == null ? null : reason.code(), document == null ? null : document.value());
    }
}
