package org.pupilledger;

import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.util.List;
import org.pupilledger.cluster.Database;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.register.OrganisationDirectory;
import org.pupilledger.register.RegisterProjection;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;
import org.pupilledger.store.LedgerStore;
import org.pupilledger.store.Pools;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.EntrySource;
import org.pupilledger.tlog.Processors;
import org.pupilledger.tlog.Projection;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.totals.TotalsProjection;
import org.springframework.jdbc.core.JdbcTemplate;

/** A ledger wired as the application wires it. Sequencer and processors run from {@link #start} on. */
public final class TestLedger implements AutoCloseable {
    public static final Author RECORDER = new Author("6d1c7c5e-0d43-4a0e-9f5c-6f4f0f2f7a01", "RECORDER");
    public static final Author APPROVER = new Author("0b9d3a52-7a63-4f0c-8a0e-3c5d5f1e9b02", "APPROVER");
    public static final OrganisationCode DWP = new OrganisationCode("DWP");
    public static final OrganisationCode HOME_OFFICE = new OrganisationCode("HOME_OFFICE");

    private final HikariDataSource pool;
    private final LedgerStore store;
    private final Sequencer sequencer;
    private final Entries entries;
    private final Processors processors;
    private final Commands commands;
    private final OrganisationDirectory organisations;

    public TestLedger(Database database) {
        this.pool = Pools.open(database.app());
        this.store = new LedgerStore(pool, new SecureRandom());
        this.sequencer = new Sequencer(pool);
        this.entries = new Entries(pool);
        this.processors = processors(List.of(new TotalsProjection(jdbc()), new RegisterProjection(jdbc())));
        this.commands = new Commands(store, sequencer::wake);
        this.organisations = new OrganisationDirectory(jdbc());
    }

    /** A running ledger with {@link #DWP} and {@link #HOME_OFFICE}, on a database of its own. */
    public static TestLedger started() {
        TestLedger ledger = new TestLedger(TestDatabase.migrated());
        ledger.start();
        ledger.registerOrganisations();
        return ledger;
    }

    public void start() {
        sequencer.start();
        processors.start();
    }

    public void registerOrganisations() {
        commands.send(put(DWP, "Department for Work and Pensions", Category.OTHER_GOVERNMENT), RECORDER);
        commands.send(put(HOME_OFFICE, "Home Office", Category.HOME_OFFICE), RECORDER);
    }

    private static PutOrganisation put(OrganisationCode code, String name, Category category) {
        return new PutOrganisation(code, new OrganisationProfile(name, category, null), null);
    }

    /** Processors of other projections, or after a restart; not started. */
    public Processors processors(List<Projection> projections) {
        return new Processors(
                projections, new EntrySource(entries, sequencer), store.tokens("test"), store.transactions(), jdbc());
    }

    public LedgerStore store() {
        return store;
    }

    public JdbcTemplate jdbc() {
        return store.jdbc();
    }

    public Sequencer sequencer() {
        return sequencer;
    }

    public Entries entries() {
        return entries;
    }

    public Processors processors() {
        return processors;
    }

    public Commands commands() {
        return commands;
    }

    public OrganisationDirectory organisations() {
        return organisations;
    }

    /** A single number that a query answers. */
    public long number(String sql, Object... values) {
        Long number = jdbc().queryForObject(sql, Long.class, values);
        return number == null ? -1 : number;
    }

    /** Returns once every committed event has a position. */
    public void awaitSequenced() {
        long newest = number("select count(*) from event") - 1;
        Await.until("all events have a position", () -> entries.head() >= newest);
    }

    /** Returns once every committed event is sequenced and folded in by all projections. */
    public void awaitFolded() {
        long newest = number("select count(*) from event") - 1;
        Await.until("all events folded in", () -> processors.position() >= newest);
    }

    @Override
    public void close() {
        processors.close();
        sequencer.close();
        pool.close();
    }
}
