package org.pupilledger.node;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.pupilledger.publishing.FilesMending;
import org.pupilledger.rebuild.Rebuild;
import org.pupilledger.rebuild.Rebuilds;
import org.pupilledger.register.RegisterProjection;
import org.pupilledger.seal.LogReader;
import org.pupilledger.store.ClaimsMending;
import org.pupilledger.store.LedgerStore;
import org.pupilledger.store.ProjectionStore;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.EntrySource;
import org.pupilledger.tlog.Processors;
import org.pupilledger.tlog.Progress;
import org.pupilledger.tlog.Projection;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.totals.TotalsProjection;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Where a ledger is kept: events as they are appended, entries as far as they are sealed, and what is made of them.
 *
 * @param pool       of {@code ledger_app}, or of a role that may only read
 * @param sequencing of {@code ledger_sequencer}; the same where nothing may be written
 */
public record Storage(
        DataSource pool,
        DataSource sequencing,
        LedgerStore events,
        LogReader log,
        Entries entries,
        Progress progress,
        ProjectionStore projected) {
    private static final List<Function<JdbcTemplate, Projection>> PROJECTIONS =
            List.of(TotalsProjection::new, RegisterProjection::new);

    public static Storage of(DataSource pool, DataSource sequencing, LedgerStore events, LogReader log) {
        return new Storage(
                pool,
                sequencing,
                events,
                log,
                new Entries(pool, log::sealedSize),
                new Progress(events.jdbc()),
                new ProjectionStore(sequencing));
    }

    public JdbcTemplate jdbc() {
        return events.jdbc();
    }

    /** All of them, not started. */
    public Processors processors(Sequencer sequencer, String owner) {
        return processors(
                sequencer,
                owner,
                PROJECTIONS.stream().map(each -> each.apply(projected.jdbc())).toList());
    }

    /** @param owner who holds their places; see {@link ProjectionStore#tokens} */
    public Processors processors(Sequencer sequencer, String owner, List<Projection> projections) {
        return new Processors(
                projections,
                new EntrySource(entries, sequencer),
                projected.tokens(owner),
                projected.transactions(),
                projected.jdbc());
    }

    /** Of the register, as it would be by the entries. */
    Rebuild registerAnew() {
        return new Rebuild(sequencing, entries, RegisterProjection::new);
    }

    /** Projections made anew, and what else can be mended from the entries. */
    Rebuilds rebuilds(Publications publications, Clock clock) {
        return new Rebuilds(
                projected.jdbc(),
                entries,
                PROJECTIONS,
                List.of(
                        new ClaimsMending(registerAnew(), pool),
                        new FilesMending(publications.editions(), publications.builder(), publications.files())),
                clock,
                UUID::randomUUID);
    }
}
