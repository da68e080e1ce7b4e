package org.pupilledger;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.pupilledger.cluster.Database;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.node.Publications;
import org.pupilledger.node.Registers;
import org.pupilledger.node.Storage;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.register.OrganisationDirectory;
import org.pupilledger.replay.Replay;
import org.pupilledger.replay.Snapshots;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealer;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;
import org.pupilledger.store.LedgerStore;
import org.pupilledger.store.Pools;
import org.pupilledger.store.ProjectionStore;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.Processors;
import org.pupilledger.tlog.Projection;
import org.pupilledger.tlog.QuickSequencer;
import org.pupilledger.tlog.Sequencer;
import org.springframework.jdbc.core.JdbcTemplate;

/** A ledger wired as the application wires it. Sequencer and processors run from {@link #start} on. */
public final class TestLedger implements AutoCloseable {
    public static final Author RECORDER = new Author("6d1c7c5e-0d43-4a0e-9f5c-6f4f0f2f7a01", "RECORDER");
    public static final Author APPROVER = new Author("0b9d3a52-7a63-4f0c-8a0e-3c5d5f1e9b02", "APPROVER");

    /** Of the programs that may append to ledgers of tests. */
    @SuppressWarnings("MutableConstantField") // nobody changes it
    public static final byte[] KEY = "a key for tests, and those alone".getBytes(StandardCharsets.US_ASCII);

    public static final Authenticity AUTHENTICITY = new Authenticity(List.of(KEY));

    public static final OrganisationCode DWP = new OrganisationCode("DWP");
    public static final OrganisationCode HOME_OFFICE = new OrganisationCode("HOME_OFFICE");

    private final HikariDataSource pool;
    private final HikariDataSource sequencingPool;
    private final HikariDataSource ownerPool;
    private final JdbcTemplate owner;
    private final Sealer sealer;
    private final LogVerifier verifier;
    private final Storage storage;
    private final Registers registers;
    private final Sequencer sequencer;
    private final Processors processors;
    private final Commands commands;

    public TestLedger(Database database) {
        this.pool = Pools.open(database.app());
        this.sequencingPool = Pools.openSequencing(database.sequencer());
        this.ownerPool = Pools.openSequencing(database.owner());
        this.owner = new JdbcTemplate(ownerPool);
        this.sealer = TestLog.of(database).sealer(sequencingPool);
        this.verifier = TestLog.of(database).identity().verifier();
        this.storage = Storage.of(
                pool,
                sequencingPool,
                new LedgerStore(pool, AUTHENTICITY, AUTHENTICITY, false),
                new LogReader(pool, verifier));
        this.registers = Registers.of(storage, Clock.systemUTC());
        this.sequencer = QuickSequencer.of(sequencingPool, AUTHENTICITY, sealer);
        this.processors = storage.processors(sequencer, "test");
        this.commands = new Commands(store(), sequencer::wake, () -> null);
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
        return storage.processors(sequencer, "test", projections);
    }

    /**
     * Metadata as another program with the ledger's key would have written it.
     *
     * @param unsalted an event whose metadata are a canonical object without a salt, of names that come before it
     */
    public static byte[] saltedMetadata(StoredEvent unsalted) {
        String metadata = new String(unsalted.metadata(), StandardCharsets.UTF_8);
        String others = metadata.substring(0, metadata.length() - 1);
        return (others + (others.length() > 1 ? "," : "") + "\"salt\":\"" + AUTHENTICITY.salt(unsalted) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Appends the first event of a new aggregate, as another version of the program might. */
    public void append(String aggregateType, String recordedAt, String type, byte[] payload) {
        append(aggregateType, UUID.randomUUID().toString(), 0, recordedAt, type, payload);
    }

    /** Appends an event in the form in which it is written now, without asking its aggregate. */
    public void append(
            String aggregateType, String aggregateId, long sequence, String recordedAt, String type, byte[] payload) {
        EventTypes.EventType<?> known = EventTypes.current().typeOf(type);
        StoredEvent unsalted = new StoredEvent(
                aggregateType,
                aggregateId,
                sequence,
                UUID.randomUUID().toString(),
                recordedAt,
                type,
                known == null ? 1 : known.version(),
                payload,
                "{\"actor\":\"somebody\"}".getBytes(StandardCharsets.US_ASCII));
        jdbc().update(
                        """
                        insert into event
                            (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload, metadata)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        unsalted.eventId(),
                        unsalted.aggregateId(),
                        unsalted.sequence(),
                        aggregateType,
                        recordedAt,
                        type,
                        String.valueOf(unsalted.revision()),
                        payload,
                        saltedMetadata(unsalted));
    }

    public LedgerStore store() {
        return storage.events();
    }

    /** What is kept of the entries, as the program keeps it. */
    public ProjectionStore projected() {
        return storage.projected();
    }

    /** As the owner of the schema, who may do what no role of the program may. */
    public JdbcTemplate jdbc() {
        return owner;
    }

    public Sequencer sequencer() {
        return sequencer;
    }

    public Entries entries() {
        return storage.entries();
    }

    public Processors processors() {
        return processors;
    }

    public Commands commands() {
        return commands;
    }

    public OrganisationDirectory organisations() {
        return registers.organisations();
    }

    public Storage storage() {
        return storage;
    }

    public Registers registers() {
        return registers;
    }

    /** As a program that has just started publishes. */
    public Publications publications() {
        return Publications.of(storage, registers.figures());
    }

    /** The ledger as it was. */
    public Replay replay() {
        return new Replay(
                storage.entries(),
                storage.log(),
                verifier,
                new Snapshots(storage.projected().jdbc(), AUTHENTICITY),
                Clock.systemUTC());
    }

    /** A single number that a query answers. */
    public long number(String sql, Object... values) {
        Long number = jdbc().queryForObject(sql, Long.class, values);
        return number == null ? -1 : number;
    }

    /** Returns once every committed event is sealed. */
    public void awaitSealed() {
        long newest = number("select count(*) from event") - 1;
        Await.until("all events are sealed", () -> entries().head() >= newest);
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
        sealer.close();
        ownerPool.close();
        sequencingPool.close();
        pool.close();
    }

    /** Somebody who has recorded nothing yet: nobody changes or takes back alone what they recorded. */
    public static Author anotherApprover() {
        return new Author(UUID.randomUUID().toString(), "APPROVER");
    }

    /** Puts an organisation as two people: another category or parent needs both. */
    public void putByTwo(PutOrganisation command) {
        commands().send(command, RECORDER);
        commands().send(command, APPROVER);
    }
}
