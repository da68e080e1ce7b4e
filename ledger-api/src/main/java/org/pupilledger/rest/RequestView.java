package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.Summary;
import org.pupilledger.figures.Tally;
import org.pupilledger.request.AgreementOverride;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Code;
import org.pupilledger.request.Figures;
import org.pupilledger.request.Historic;
import org.pupilledger.request.Item;
import org.pupilledger.request.RequestState;
import org.pupilledger.request.ReturnLevel;
import org.pupilledger.request.Stage;
import org.pupilledger.request.Submitted;

/**
 * A matching request as it reads back.
 *
 * @param corrections every change of a field, oldest first; the old values stay readable
 * @param flags       what somebody should look at, such as {@value #CEILING_EXCEEDED}; null where it was not looked for: in
 *     answers to changes
 * @param sequence    0-based sequence of its newest event
 * @param position    of its newest event in the ledger, null until it has one
 * @param receipt     path of what proves that its newest event is in the log
 */
@Schema(name = "Request", description = "A matching request: as recorded, with what follows from it.")
public record RequestView(
        String id,
        List<String> references,
        String organisation,
        String received,
        String purpose,
        String gateway,
        @Nullable String lawfulBasis,
        @Nullable String agreement,
        SubmittedView submitted,
        @Nullable List<String> requestedItems,
        @Nullable HistoricView historic,
        @Nullable DecisionView decision,
        @Nullable WithdrawalView withdrawal,
        @Nullable MatchView match,
        @Nullable DisclosureView disclosure,
        @Nullable DestructionView destruction,
        @Nullable ClosureView closure,
        @Nullable AnnulmentView annulment,
        List<CorrectionView> corrections,
        String status,
        @Nullable String returnLevel,
        String summary,
        @Nullable List<String> flags,
        long sequence,
        @Nullable Long position,
        String receipt) {
    /** More people were submitted under its agreement in its month than the ceiling allows. */
    static final String CEILING_EXCEEDED = "ceiling-exceeded";

    /** What the requester's file held; null is not stated. */
    public record SubmittedView(
            @Nullable Integer individuals,
            @Nullable List<String> items,
            @Nullable Integer rowsReceived,
            @Nullable Integer duplicates,
            @Nullable Integer invalid) {}

    /** The source of a historic request. */
    public record HistoricView(
            String source,
            @Nullable String reference,
            @Nullable String published) {}

    /** The department's decision. */
    public record DecisionView(
            String outcome,
            @Nullable String on,
            @Nullable String reason,
            @Nullable CourtOrderView courtOrder,
            @Nullable OverrideView override) {}

    /** What let it be approved although its agreement was not in force; {@code authoriser} is a role. */
    public record OverrideView(String authoriser, @Nullable String authority) {}

    /** The order that took the place of an approval. */
    public record CourtOrderView(String court, String made) {}

    /** When the requester took it back. */
    public record WithdrawalView(@Nullable String on) {}

    /** Who was found; null is not stated. */
    public record MatchView(
            @Nullable String on,
            @Nullable Integer matched,
            @Nullable Integer ambiguous) {}

    /** What was handed over; null is not stated. */
    public record DisclosureView(
            @Nullable String on,
            @Nullable Integer answered,
            @Nullable Integer returned,
            @Nullable List<String> items) {}

    /** How and when the submitted file was destroyed. */
    public record DestructionView(@Nullable String on, String method) {}

    /** When it was closed. */
    public record ClosureView(@Nullable String on) {}

    /** Why it does not count. */
    public record AnnulmentView(String cause, @Nullable String authority) {}

    /** @param sequence of the event that corrected it */
    public record CorrectionView(
            String field,
            @Schema(implementation = Object.class) @Nullable Object was,
            @Schema(implementation = Object.class) @Nullable Object now,
            String cause,
            @Nullable String authority,
            long sequence) {}

    static RequestView of(String id, RequestState state, long sequence, @Nullable Long position) {
        Ask ask = state.ask();
        Figures figures = state.figures();
        Tally tally = Delta.contribution(figures);
        ReturnLevel level =
                figures.disclosure() == null ? null : figures.disclosure().level();
        return new RequestView(
                id,
                ask.references().stream().map(Object::toString).toList(),
                ask.organisation().value(),
                ask.received().toString(),
                ask.purpose().code(),
                ask.gateway().code(),
                code(ask.lawfulBasis()),
                ask.agreement() == null ? null : ask.agreement().value(),
                submitted(ask.submitted()),
                items(ask.requestedItems()),
                historic(ask.historic()),
                decision(state.decision(), state.override()),
                state.withdrawal() == null
                        ? null
                        : new WithdrawalView(text(state.withdrawal().on())),
                state.match() == null
                        ? null
                        : new MatchView(
                                text(state.match().on()),
                                state.match().matched().orNull(),
                                state.match().ambiguous().orNull()),
                disclosure(state.disclosure()),
                state.destruction() == null
                        ? null
                        : new DestructionView(
                                text(state.destruction().on()),
                                state.destruction().method().code()),
                state.closure() == null
                        ? null
                        : new ClosureView(text(state.closure().on())),
                state.annulment() == null
                        ? null
                        : new AnnulmentView(
                                state.annulment().cause().code(),
                                text(state.annulment().authority())),
                state.corrections().stream().map(RequestView::correction).toList(),
                state.status().code(),
                code(level),
                state.annulment() == null ? Summary.of(tally) : Summary.ofAnnulled(tally),
                null,
                sequence,
                position,
                RequestsController.receiptOf(id));
    }

    RequestView withFlags(List<String> now) {
        return new RequestView(
                id,
                references,
                organisation,
                received,
                purpose,
                gateway,
                lawfulBasis,
                agreement,
                submitted,
                requestedItems,
                historic,
                decision,
                withdrawal,
                match,
                disclosure,
                destruction,
                closure,
                annulment,
                corrections,
                status,
                returnLevel,
                summary,
                List.copyOf(now),
                sequence,
                position,
                receipt);
    }

    private static SubmittedView submitted(Submitted submitted) {
        return new SubmittedView(
                submitted.individuals().orNull(),
                items(submitted.items()),
                submitted.rowsReceived().orNull(),
                submitted.duplicates().orNull(),
                submitted.invalid().orNull());
    }

    private static @Nullable HistoricView historic(@Nullable Historic historic) {
        return historic == null
                ? null
                : new HistoricView(historic.source().code(), text(historic.reference()), text(historic.published()));
    }

    private static @Nullable DecisionView decision(
            Stage.@Nullable Decision decision, @Nullable AgreementOverride override) {
        if (decision == null) {
            return null;
        }
        Stage.CourtOrder order = decision.courtOrder();
        return new DecisionView(
                decision.outcome().code(),
                text(decision.on()),
                code(decision.reason()),
                order == null
                        ? null
                        : new CourtOrderView(order.court().value(), order.made().toString()),
                override == null ? null : new OverrideView(override.authoriser().code(), text(override.authority())));
    }

    private static @Nullable DisclosureView disclosure(Stage.@Nullable Disclosure disclosure) {
        return disclosure == null
                ? null
                : new DisclosureView(
                        text(disclosure.on()),
                        disclosure.answered().orNull(),
                        disclosure.returned().orNull(),
                        items(disclosure.items()));
    }

    private static CorrectionView correction(RequestState.Correction correction) {
        return new CorrectionView(
                correction.change().field().path(),
                correction.change().was(),
                correction.change().now(),
                correction.cause().code(),
                text(correction.authority()),
                correction.sequence());
    }

    private static @Nullable List<String> items(@Nullable List<Item> items) {
        return items == null ? null : items.stream().map(Item::code).toList();
    }

    private static @Nullable String code(@Nullable Code code) {
        return code == null ? null : code.code();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
