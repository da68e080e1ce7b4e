package org.pupilledger.node;

import java.time.Clock;
import java.util.function.LongSupplier;
import org.pupilledger.coverage.Coverage;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.coverage.CoverageState;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.register.AgreementDirectory;
import org.pupilledger.register.AgreementRegister;
import org.pupilledger.register.OrganisationDirectory;
import org.pupilledger.register.PeriodTotalDirectory;
import org.pupilledger.register.Register;
import org.pupilledger.register.States;
import org.pupilledger.register.Timelines;
import org.pupilledger.spans.PeriodTotal;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.spans.PeriodTotalState;
import org.pupilledger.statement.LedgerFigures;
import org.pupilledger.statement.Statement;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.statement.StatementState;
import org.pupilledger.statement.Statements;
import org.pupilledger.totals.FiguresReader;

/**
 * What is known now.
 *
 * @param organisations   those that exist, for rules
 * @param agreements      those that exist, for rules
 * @param totals         which months are counted by totals of longer periods, for rules
 * @param totalStates     as far as they are in the ledger
 * @param statementStates as far as they are in the ledger
 * @param coverage        declarations of what is covered, as far as they are in the ledger
 * @param timelines       every event of one thing, as far as it is sealed
 */
public record Registers(
        OrganisationDirectory organisations,
        AgreementDirectory agreements,
        AgreementRegister agreementRegister,
        Register register,
        PeriodTotalDirectory totals,
        States<PeriodTotalEvent, PeriodTotalState> totalStates,
        States<StatementEvent, StatementState> statementStates,
        States<CoverageEvent, CoverageState> coverage,
        FiguresReader figures,
        Timelines timelines) {
    public static Registers of(Storage storage, Clock clock) {
        LongSupplier sealed = storage.log()::sealedSize;
        OrganisationDirectory organisations = new OrganisationDirectory(storage.jdbc());
        return new Registers(
                organisations,
                new AgreementDirectory(storage.jdbc()),
                new AgreementRegister(storage.jdbc(), sealed),
                new Register(storage.jdbc(), sealed),
                new PeriodTotalDirectory(storage.jdbc(), organisations),
                new States<>(storage.jdbc(), sealed, PeriodTotal.TYPE, PeriodTotalEvent.class, PeriodTotalState::after),
                new States<>(storage.jdbc(), sealed, Statement.TYPE, StatementEvent.class, StatementState::after),
                new States<>(storage.jdbc(), sealed, Coverage.TYPE, CoverageEvent.class, CoverageState::after),
                new FiguresReader(storage.jdbc(), storage.entries(), clock),
                new Timelines(storage.jdbc(), storage.log()));
    }

    /** All figures as they were when a position was the newest. */
    public LedgerFigures figuresAt(long position) {
        return figures.at(position);
    }

    /** All statements, as far as they are in the ledger, beside the present figures. */
    public Statements statements() {
        return new Statements(
                statementStates.all().stream()
                        .map(found -> new Statements.Known(
                                found.id(),
                                found.state(),
                                found.stamps().stream()
                                        .map(KnownStates.Stamp::position)
                                        .toList()))
                        .toList(),
                figures.present(),
                organisations);
    }
}
