package org.pupilledger.statement;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.request.Occasion;

/** Orders to one statement; each may be {@link org.pupilledger.refusal.Refused}. */
public sealed interface StatementCommand {
    StatementId id();

    Occasion occasion();

    /**
     * @param unit   what the number was told as; refused where the measure counts something else
     * @param ledger what the ledger held at the position that it is backed by; null where it is backed by a source, or where
     *               no figure of the ledger stands behind the measure
     */
    record RecordStatement(
            @TargetAggregateIdentifier StatementId id,
            StatementEvent.Made made,
            Unit unit,
            LedgerFigures.@Nullable LedgerFigure ledger,
            Occasion occasion)
            implements StatementCommand {}

    record CorrectStatement(
            @TargetAggregateIdentifier StatementId id, StatementEvent.Corrected correction, Occasion occasion)
            implements StatementCommand {}

    record RecordRecipientsTold(
            @TargetAggregateIdentifier StatementId id, StatementEvent.RecipientsTold told, Occasion occasion)
            implements StatementCommand {}

    record AnnulStatement(
            @TargetAggregateIdentifier StatementId id, StatementEvent.Annulled annulment, Occasion occasion)
            implements StatementCommand {}
}
