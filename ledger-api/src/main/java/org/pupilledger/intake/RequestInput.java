package org.pupilledger.intake;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.NilReason;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.Category;
import org.pupilledger.reading.Holds;
import org.pupilledger.reading.Holds.Text;
import org.pupilledger.reading.Of;

/** A matching request as it was typed: the body of {@code POST /requests}, or a line of a file. */
@Schema(name = "RequestInput", description = "A matching request. One that is historic may carry its stages.")
public record RequestInput(
        @Holds(Text.REFERENCE)
        @Schema(description = "department references, 0 to 50; each counts as one request")
        @Nullable
        List<String> references,

        @Schema(description = "code of the organisation that asks") @Nullable
        String organisation,

        @Holds(Text.DATE)
        @Schema(description = "business date, to the day or the month; decides the month in the figures")
        @Nullable
        String received,

        @Of(Purpose.class) @Schema(description = "the only purpose; several, or none, are given as purposes") @Nullable
        String purpose,

        @Of(Purpose.class)
        @Schema(description = "purposes, instead of purpose; a historic request may leave them out")
        @Nullable
        List<String> purposes,

        @Of(Gateway.class) @Schema(description = "a historic request may leave it out") @Nullable
        String gateway,

        @Of(LawfulBasis.class) @Nullable String lawfulBasis,
        @Nullable String agreement,

        @Schema(description = "code of the part of the organisation that asks, an organisation of its own") @Nullable
        String unit,

        @Schema(description = "code of who gets the answer, where that is not the organisation that asks") @Nullable
        String recipient,

        @Nullable SubmittedInput submitted,
        @Of(Item.class) @Nullable List<String> requestedItems,
        @Nullable HistoricInput historic,
        @Nullable DecisionInput decision,
        @Nullable WithdrawalInput withdrawal,
        @Nullable MatchInput match,
        @Nullable DisclosureInput disclosure) {

    /** What the requester's file held. */
    public record SubmittedInput(
            @Nullable Integer individuals,
            @Of(Item.class) @Nullable List<String> items,
            @Nullable Integer rowsReceived,
            @Nullable Integer duplicates,
            @Nullable Integer invalid) {}

    /** The source of a request received before the ledger's first day. */
    public record HistoricInput(
            @Of(Source.class) @Nullable String source,
            @Holds(Text.SOURCE) @Nullable String reference,
            @Holds(Text.DATE) @Nullable String published,

            @Of(Outcome.class)
            @Schema(description = "OPEN where the source says that nothing was decided yet")
            @Nullable
            String outcome) {}

    /** The department's decision. */
    public record DecisionInput(
            @Of(Outcome.class) @Nullable String outcome,
            @Holds(Text.DATE) @Nullable String on,
            @Of(RefusalReason.class) @Nullable String reason,
            @Nullable CourtOrderInput courtOrder,
            @Nullable OverrideInput override) {}

    /** What lets it be approved although its agreement is not in force. */
    public record OverrideInput(
            @Of(Decider.class)
            @Schema(description = "the role in which somebody took that on, never a person")
            @Nullable
            String authoriser,

            @Holds(Text.SOURCE) @Nullable String authority) {}

    /** The order that takes the place of an approval. */
    public record CourtOrderInput(
            @Nullable String court,
            @Holds(Text.DATE) @Nullable String made) {}

    /** The requester took the request back. */
    public record WithdrawalInput(
            @Holds(Text.DATE) @Nullable String on) {}

    /** Who was found. */
    public record MatchInput(
            @Holds(Text.DATE) @Nullable String on,
            @Nullable Integer matched,
            @Nullable Integer ambiguous,
            @Nullable Integer unmatched) {}

    /** What was handed over. */
    public record DisclosureInput(
            @Holds(Text.DATE) @Nullable String on,
            @Nullable Integer answered,
            @Nullable Integer returned,
            @Of(Item.class) @Nullable List<String> items,

            @Schema(description = "those returned by what was released about them, where that differs") @Nullable
            List<ReturnInput> returns,

            @Schema(description = "the same by reference of the request, each once") @Nullable
            List<OfReferenceInput> references,

            @Of(NilReason.class) @Schema(description = "why nothing was returned") @Nullable
            String nil) {}

    /** People about whom the same items were released. */
    public record ReturnInput(
            @Nullable Integer individuals,
            @Of(Item.class) @Nullable List<String> items) {}

    /** What became of one reference. */
    public record OfReferenceInput(
            @Holds(Text.REFERENCE) @Nullable String reference,
            @Nullable Integer answered,
            @Nullable Integer returned,
            @Of(Item.class) @Nullable List<String> items) {}

    /** A reference of the same request that came later. */
    public record ReferenceInput(
            @Holds(Text.REFERENCE) @Nullable String reference) {}

    /** One reference of several that is refused while the rest goes on. */
    public record ReferenceRefusalInput(
            @Holds(Text.REFERENCE) @Nullable String reference,
            @Holds(Text.DATE) @Nullable String on,
            @Of(RefusalReason.class) @Nullable String reason) {}

    /** The submitted file was destroyed. */
    public record DestructionInput(
            @Holds(Text.DATE) @Nullable String on,
            @Of(DestructionMethod.class) @Nullable String method) {}

    /** The request is closed. */
    public record ClosureInput(@Holds(Text.DATE) @Nullable String on) {}

    /** Fields that were recorded wrongly. */
    public record CorrectionInput(
            @Nullable List<ChangeInput> changes,
            @Of(Cause.class) @Nullable String cause,
            @Holds(Text.SOURCE) @Nullable String authority) {}

    /** One field, its current value and the right one. */
    public record ChangeInput(
            @Nullable String field,

            @Schema(implementation = FieldValue.class) @Nullable
            Object was,

            @Schema(implementation = FieldValue.class) @Nullable
            Object now) {}

    /** A number, a text, or a list of texts or of parts of an answer. */
    @Schema(oneOf = {Long.class, String.class, String[].class, ReturnInput[].class, OfReferenceInput[].class})
    public interface FieldValue {}

    /** The request was recorded by mistake. */
    public record AnnulmentInput(
            @Of(Cause.class) @Nullable String cause,
            @Holds(Text.SOURCE) @Nullable String authority) {}

    /** An organisation as it is to be registered. */
    public record OrganisationInput(
            @Holds(Text.NAME) @Nullable String name,
            @Of(Category.class) @Nullable String category,
            @Nullable String parent) {}
}
