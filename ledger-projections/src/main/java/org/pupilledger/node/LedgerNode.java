package org.pupilledger.node;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.Backup;
import org.pupilledger.cluster.Database;
import org.pupilledger.failure.Hindered;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.rebuild.Rebuilds;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.seal.Journal;
import org.pupilledger.seal.LogReader;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;
import org.pupilledger.store.LedgerStore;
import org.pupilledger.store.Migrations;
import org.pupilledger.store.Pools;
import org.pupilledger.tlog.Processors;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.vault.Actors;
import org.pupilledger.verification.DatabaseVerification;

/** A ledger in operation on one database: everything below HTTP and the command line, in its parts. */
public record LedgerNode(
        NodeSettings settings,
        Storage storage,
        Registers registers,
        Publications publications,
        Replays replays,
        Recording recording,
        Waiting waiting,
        Rebuilds rebuilds,
        Soundness soundness,
        KeyRotation keyRotation,
        Shutdown shutdown)
        implements AutoCloseable {
    /** The actor behind what the program records by itself. Users cannot have this name. */
    private static final String LEDGER_ACTOR = "(ledger)";

    private static final String LEDGER_ROLE = "LEDGER";

    /**
     * Opens the ledger that the settings mean; creates it on first use.
     *
     * @param database closed with the ledger, and where it cannot be opened
     * @throws Hindered the program will not start like this
     */
    public static LedgerNode open(LedgerDatabase database, NodeSettings settings, Clock clock) {
        Shutdown shutdown = new Shutdown();
        shutdown.add(database::close);
        try {
            Database access = database.database();
            Migrations.checkSettings(access);
            if (!database.isAttached()) {
                Migrations.run(access);
            } else if (!database.isReadOnly()) {
                Migrations.refuseNewer(access);
            }
            HikariDataSource pool = database.isReadOnly() ? Pools.openReadOnly(access.app()) : Pools.open(access.app());
            shutdown.add(pool::close);
            HikariDataSource sequencing = database.isReadOnly() ? pool : Pools.openSequencing(access.sequencer());
            shutdown.add(sequencing::close);
            Keyring keys = Keyring.open(settings, pool, !database.isAttached());
            LedgerStore events = new LedgerStore(
                    pool, keys.authenticity(), keys.remembered(), isClockConfirmed(settings.clockConfirmed(), clock));
            Storage storage = Storage.of(pool, sequencing, events, new LogReader(pool, keys.verifier()));
            return start(database, storage, keys, settings, clock, shutdown);
        } catch (RuntimeException e) {
            try {
                shutdown.close();
            } catch (RuntimeException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    private static boolean isClockConfirmed(@Nullable LocalDate confirmed, Clock clock) {
        LocalDate today = Recording.today(clock);
        if (confirmed != null && !confirmed.equals(today)) {
            throw new Hindered("ledger.clock-confirmed is " + confirmed + ", but by the clock it is " + today
                    + ". It has to be today's date; remove it once something was recorded.");
        }
        return confirmed != null;
    }

    private static LedgerNode start(
            LedgerDatabase database,
            Storage storage,
            Keyring keys,
            NodeSettings settings,
            Clock clock,
            Shutdown shutdown) {
        Registers registers = Registers.of(storage, clock);
        Publications publications = Publications.of(storage, registers.figures());
        Replays replays = Replays.of(
                storage,
                keys.authenticity(),
                keys.verifier(),
                registers.figures(),
                publications.sheets(),
                clock,
                settings.dataDirectory().resolve("self-check.json"));
        Sealing sealing = Sealing.open(storage, keys, settings, database.isForCommand(), clock);
        shutdown.add(sealing::close);
        AtomicBoolean isFounded = new AtomicBoolean();
        Commands commands =
                new Commands(storage.events(), sealing::wake, () -> isFounded.get() ? sealing.unsealable() : null);
        Sequencer sequencer = sealing.sequencer();
        Processors processors = sequencer == null
                ? null
                : storage.processors(sequencer, database.isExclusive() ? "embedded" : otherwiseUnique());
        Rebuilds rebuilds = storage.rebuilds(publications, clock);
        if (sequencer != null && processors != null) {
            storage.events().expectSealed(() -> sequencer.sealed() + 1);
            sequencer.start();
            shutdown.add(processors::close);
            processors.start();
        }
        shutdown.add(rebuilds::close);
        shutdown.add(replays.jobs()::close);
        Actors actors = new Actors(storage.jdbc(), UUID::randomUUID);
        Author ledger = new Author(actors.idOf(LEDGER_ACTOR), LEDGER_ROLE);
        LocalDate inception = new Founding(storage, sealing, registers.organisations(), commands)
                .found(settings.inception(), Recording.today(clock), ledger);
        isFounded.set(true);
        if (processors != null) {
            rebuilds.resume();
        }
        Waiting waiting = new Waiting(storage.progress(), storage.entries(), storage.log(), registers.register());
        Soundness soundness = new Soundness(
                database,
                settings.volumes(),
                commands,
                sealing,
                processors,
                replays.selfCheck(),
                () -> verification(database, storage, keys, settings),
                new AtomicReference<>());
        shutdown.add(soundness::close);
        return new LedgerNode(
                settings,
                storage,
                registers,
                publications,
                replays,
                new Recording(commands, actors, registers, clock, inception),
                waiting,
                rebuilds,
                soundness,
                new KeyRotation(
                        commands,
                        ledger,
                        sealing,
                        settings.logFiles().keyFile(),
                        waiting,
                        new LogReader(storage.pool())),
                shutdown);
    }

    private static String otherwiseUnique() {
        return ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
    }

    private static DatabaseVerification verification(
            LedgerDatabase database, Storage storage, Keyring keys, NodeSettings settings) {
        return new DatabaseVerification(
                        storage.pool(),
                        keys.verifier(),
                        new Journal(settings.logFiles().journalFile()),
                        EventKeys.of(LogKeys.loadAll(settings.logFiles().keyFile())))
                .ownedBy(database.database().owner().user());
    }

    /** Editions as they are made, put before a second person, released and found. */
    public Publishing publishing() {
        return new Publishing(publications, waiting);
    }

    /** The whole ledger, on its way into a full bundle. */
    public Backup backup() {
        return Backup.open(
                storage.pool(), EventKeys.of(LogKeys.loadAll(settings.logFiles().keyFile())));
    }

    @Override
    public void close() {
        shutdown.close();
    }
}
