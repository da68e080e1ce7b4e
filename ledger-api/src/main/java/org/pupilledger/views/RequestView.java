package org.pupilledger.views;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.codes.Status;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.Summary;
import org.pupilledger.figures.Tally;
import org.pupilledger.request.AgreementOverride;
import org.pupilledger.request.Ask;
import org.pupilledger.request.RequestState;
import org.pupilledger.request.Stage;
import org.pupilledger.values.RefusedReference;

/**
 * A matching request as it reads back.
 *
 * @param refusedReferences those that were refused while the rest went on; they are not among its references
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
        @JsonUnwrapped Ask ask,
        List<RefusedReference> refusedReferences,
        @Nullable DecisionView decision,
        Stage.@Nullable Withdrawal withdrawal,
        Stage.@Nullable Match match,
        Stage.@Nullable Disclosure disclosure,
        Stage.@Nullable Destruction destruction,
        Stage.@Nullable Closure closure,
        RequestState.@Nullable Annulment annulment,
        List<RequestState.Correction> corrections,
        Status status,
        @Nullable ReturnLevel returnLevel,
        String summary,
        @Nullable List<String> flags,
        long sequence,
        @Nullable Long position,
        String receipt) {
    /** More people were submitted under its agreement in its month than the ceiling allows. */
    public static final String CEILING_EXCEEDED = "ceiling-exceeded";

    /** @param override what let it be approved although its agreement was not in force */
    public record DecisionView(
            @JsonUnwrapped Stage.Decision decision,
            @Nullable AgreementOverride override) {}

    public static RequestView of(
            String id,
            RequestState state,
            @Nullable List<String> flags,
            long sequence,
            @Nullable Long position,
            String receipt) {
        Tally tally = Delta.contribution(state.figures());
        return new RequestView(
                id,
                state.ask(),
                state.refused(),
                state.decision() == null ? null : new DecisionView(state.decision(), state.override()),
                state.withdrawal(),
                state.match(),
                state.disclosure(),
                state.destruction(),
                state.closure(),
                state.annulment(),
                state.corrections(),
                state.status(),
                state.disclosure() == null ? null : state.disclosure().level(),
                state.annulment() == null ? Summary.of(tally) : Summary.ofAnnulled(tally),
                flags,
                sequence,
                position,
                receipt);
    }
}
