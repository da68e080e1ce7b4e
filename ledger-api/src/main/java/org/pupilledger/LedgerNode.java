package org.pupilledger;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.Backup;
import org.pupilledger.cluster.Database;
import org.pupilledger.editions.AgreementsTable;
import org.pupilledger.editions.Differences;
import org.pupilledger.editions.Releases;
import org.pupilledger.editions.Revisions;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.files.Volumes;
import org.pupilledger.ledger.IntroduceKey;
import org.pupilledger.ledger.OpenLedger;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.organisation.StandardOrganisations;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publishing.BundleWriter;
import org.pupilledger.publishing.EditionBuilder;
import org.pupilledger.publishing.FilesMending;
import org.pupilledger.publishing.PublishedFiles;
import org.pupilledger.publishing.PublishedSheets;
import org.pupilledger.publishing.ReleasedEntries;
import org.pupilledger.publishing.ReleasedFigures;
import org.pupilledger.rebuild.Rebuild;
import org.pupilledger.rebuild.Rebuilds;
import org.pupilledger.register.AgreementDirectory;
import org.pupilledger.register.AgreementRegister;
import org.pupilledger.register.OrganisationDirectory;
import org.pupilledger.register.Register;
import org.pupilledger.register.RegisterProjection;
import org.pupilledger.register.States;
import org.pupilledger.register.Timelines;
import org.pupilledger.replay.Comparisons;
import org.pupilledger.replay.Replay;
import org.pupilledger.replay.ReplayJobs;
import org.pupilledger.replay.SelfCheck;
import org.pupilledger.replay.SnapshotUpkeep;
import org.pupilledger.replay.Snapshots;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.Occasion;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.UnreadableEvent;
import org.pupilledger.seal.Journal;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.LogKeys;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.SealFailed;
import org.pupilledger.seal.Sealer;
import org.pupilledger.statement.Statement;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.statement.StatementState;
import org.pupilledger.statement.Statements;
import org.pupilledger.store.Author;
import org.pupilledger.store.ClaimsMending;
import org.pupilledger.store.Commands;
import org.pupilledger.store.LedgerStore;
import org.pupilledger.store.Migrations;
import org.pupilledger.store.Pools;
import org.pupilledger.store.ProjectionStore;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.EntrySource;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.tlog.Processors;
import org.pupilledger.tlog.Progress;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.tlog.SessionLock;
import org.pupilledger.totals.FiguresReader;
import org.pupilledger.totals.TotalsProjection;
import org.pupilledger.vault.Actors;
import org.pupilledger.verification.DatabaseVerification;
import org.pupilledger.verification.Scan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger in operation on one database: everything below HTTP and the command line, started in order and stopped in
 * the opposite one.
 */
public final class LedgerNode implements AutoCloseable {

    /** The actor behind what the program records by itself. Users cannot have this name. */
    private static final String LEDGER_ACTOR = "(ledger)";

    private static final String LEDGER_ROLE = "LEDGER";
    private static final Duration WAIT_STEP = Duration.ofMillis(5);

    /** How long it is believed that another program seals. */
    private static final Duration WATCH = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(LedgerNode.class);

    private final LedgerDatabase database;
    private final HikariDataSource pool;
    private final HikariDataSource sequencingPool;
    private final Volumes volumes;
    private final Path keyFile;
    private final Path dataDirectory;
    private final Clock clock;
    private final LedgerStore store;
    private final Entries entries;
    private final Progress progress;
    private final @Nullable LogIdentity log;
    private final @Nullable Sealer sealer;
    private final @Nullable Sequencer sequencer;
    private final @Nullable Processors processors;
    private final Commands commands;
    private final OrganisationDirectory organisations;
    private final AgreementDirectory agreements;
    private final AgreementRegister agreementRegister;
    private final Register register;
    private final States<StatementEvent, StatementState> statementStates;
    private final FiguresReader figures;
    private final Differences differences;
    private final States<EditionEvent, EditionState> editions;
    private final PublishedFiles publishedFiles;
    private final EditionBuilder editionBuilder;
    private final ReleasedFigures releasedFigures;
    private final ReleasedEntries releasedEntries;
    private final BundleWriter bundles;
    private final LogReader reader;
    private final Replay replay;
    private final Comparisons comparisons;
    private final ReplayJobs replayJobs = new ReplayJobs(UUID::randomUUID);
    private final SelfCheck selfCheck;
    private final SnapshotUpkeep snapshotUpkeep;
    private final Timelines timelines;
    private final Actors actors;
    private final Rebuilds rebuilds;
    private final LocalDate inception;
    private final Authenticity authenticity;
    private volatile @Nullable Scan scan;
    private volatile boolean isFounded;
    private volatile boolean isSealedElsewhere;
    private volatile long sealedElsewhereNanos = System.nanoTime() - 2 * WATCH.toNanos();

    private LedgerNode(
            LedgerDatabase database,
            HikariDataSource pool,
            HikariDataSource sequencingPool,
            LedgerSettings settings,
            Clock clock) {
        this.database = database;
        this.clock = clock;
        this.pool = pool;
        this.sequencingPool = sequencingPool;
        this.volumes = settings.volumes(database.isEmbedded());
        this.keyFile = settings.logFiles().keyFile();
        this.dataDirectory = settings.dataDirectory();
        this.log = database.isAttached() ? null : openLog(settings);
        this.authenticity =
                log == null ? attachedKeys(settings).authenticity() : log.keys().authenticity();
        Authenticity remembered =
                LogKeys.loadAll(keyFile).preferringNewest(introducedKeys()).authenticity();
        this.store = new LedgerStore(pool, authenticity, remembered, isClockConfirmed(settings, clock));
        ProjectionStore projected = new ProjectionStore(sequencingPool);
        LogVerifier signing = log == null ? attachedVerifier(settings) : log.verifier();
        this.reader = new LogReader(pool, signing);
        this.entries = new Entries(pool, reader::sealedSize);
        this.progress = new Progress(store.jdbc());
        this.organisations = new OrganisationDirectory(store.jdbc());
        this.agreements = new AgreementDirectory(store.jdbc());
        this.agreementRegister = new AgreementRegister(store.jdbc(), reader::sealedSize);
        this.register = new Register(store.jdbc(), reader::sealedSize);
        this.statementStates = new States<>(
                store.jdbc(), reader::sealedSize, Statement.TYPE, StatementEvent.class, StatementState::after);
        this.figures = new FiguresReader(store.jdbc(), entries);
        AgreementsTable agreementsTable = new AgreementsTable(States.ofAgreements(store.jdbc(), reader::sealedSize));
        this.differences = new Differences(figures, entries, agreementsTable);
        this.editions =
                new States<>(store.jdbc(), reader::sealedSize, Edition.TYPE, EditionEvent.class, EditionState::after);
        this.publishedFiles = new PublishedFiles(projected.jdbc());
        Snapshots snapshots = new Snapshots(projected.jdbc(), authenticity);
        this.replay = new Replay(entries, reader, signing, snapshots);
        this.timelines = new Timelines(store.jdbc(), reader);
        Releases releases = new Releases(editions);
        this.editionBuilder = new EditionBuilder(
                figures,
                editions,
                releases,
                reader,
                publishedFiles,
                new Revisions(differences, releases),
                agreementsTable);
        PublishedSheets published = new PublishedSheets(editionBuilder, editions);
        this.comparisons = new Comparisons(replay, figures, published);
        this.selfCheck = new SelfCheck(
                replay,
                snapshots,
                figures,
                published,
                new Rebuild(sequencingPool, entries, RegisterProjection::new),
                clock,
                settings.dataDirectory().resolve("self-check.json"));
        this.snapshotUpkeep = new SnapshotUpkeep(replay, snapshots, reader);
        this.releasedFigures = new ReleasedFigures(releases, publishedFiles);
        this.releasedEntries = new ReleasedEntries(store.jdbc(), reader, releases);
        this.bundles = new BundleWriter(reader, entries, releases, editionBuilder, publishedFiles);
        this.actors = new Actors(store.jdbc(), UUID::randomUUID);
        this.sealer = log == null ? null : openSealer(log, settings);
        Sequencer newSequencer = sealer == null ? null : new Sequencer(sequencingPool, authenticity, sealer);
        this.sequencer = newSequencer;
        this.commands = new Commands(
                store, newSequencer == null ? () -> {} : newSequencer::wake, () -> isFounded ? unsealable() : null);
        this.processors = newSequencer == null
                ? null
                : new Processors(
                        List.of(new TotalsProjection(projected.jdbc()), new RegisterProjection(projected.jdbc())),
                        new EntrySource(entries, newSequencer),
                        projected.tokens(database.isExclusive() ? "embedded" : otherwiseUnique()),
                        projected.transactions(),
                        projected.jdbc());
        this.rebuilds = new Rebuilds(
                projected.jdbc(),
                entries,
                List.of(TotalsProjection::new, RegisterProjection::new),
                List.of(
                        new ClaimsMending(new Rebuild(sequencingPool, entries, RegisterProjection::new), pool),
                        new FilesMending(editions, editionBuilder, publishedFiles)),
                clock,
                UUID::randomUUID);
        if (newSequencer != null && processors != null) {
            store.expectSealed(() -> newSequencer.sealed() + 1);
            newSequencer.start();
            processors.start();
        }
        this.inception = found(settings.inception());
        if (processors != null) {
            rebuilds.resume();
        }
    }

    private static boolean isClockConfirmed(LedgerSettings settings, Clock clock) {
        LocalDate confirmed = settings.clockConfirmed();
        LocalDate today = LocalDate.ofInstant(clock.instant(), BusinessDate.ZONE);
        if (confirmed != null && !confirmed.equals(today)) {
            throw new StartRefused("ledger.clock-confirmed is " + confirmed + ", but by the clock it is " + today
                    + ". It has to be today's date; remove it once something was recorded.");
        }
        return confirmed != null;
    }

    private LogIdentity openLog(LedgerSettings settings) {
        return LogIdentity.open(
                        settings.logFiles(),
                        !Progress.hasEvents(pool),
                        settings.log().origin())
                .preferringNewest(introducedKeys());
    }

    private LogKeys attachedKeys(LedgerSettings settings) {
        return LogKeys.load(settings.logFiles().keyFile()).preferringNewest(introducedKeys());
    }

    private static LogVerifier attachedVerifier(LedgerSettings settings) {
        String origin = LogIdentity.originIn(settings.logFiles())
                .orElseThrow(() -> new StartRefused("The files of the log do not say which log it is. Run the command"
                        + " verify to see what is damaged."));
        return new LogVerifier(
                origin, LogKeys.load(settings.logFiles().keyFile()).verifierKeys(origin));
    }

    /** Those that are not retired, in the order of their introduction; whether sealed already or not. */
    private List<VerifierKey> introducedKeys() {
        try {
            return new LogReader(pool).keys(Long.MAX_VALUE);
        } catch (UnreadableEvent | SealFailed e) {
            throw new StartRefused(
                    "An entry of the database that says which keys sign the log cannot be read. Run the"
                            + " command verify to see what else is changed, and restore a backup from before that.",
                    e);
        }
    }

    private Sealer openSealer(LogIdentity log, LedgerSettings settings) {
        LogFiles files = settings.logFiles();
        Sealer newSealer = new Sealer(
                sequencingPool, log, authenticity, files, clock, settings.log().publicInterval());
        try {
            newSealer.open();
        } catch (LogUnavailable e) {
            throw new StartRefused("The log in the database cannot be read: " + e.getMessage(), e);
        }
        if (newSealer.standsBy() == null) {
            finishKeyChange(files);
        }
        return newSealer;
    }

    private void finishKeyChange(LogFiles files) {
        try {
            if (LogKeys.finishChange(files.keyFile(), new LogReader(pool).signingKeys())) {
                LOG.info("The key file holds the next key now; the retired one is kept beside it");
            }
        } catch (IOException e) {
            // it signs with the right key all the same
            LOG.warn("The next key could not be given the name of the key file, whose own key is retired: {}", e + "");
        }
    }

    /**
     * Verifies the ledger in the background from now on, until it is closed; does nothing where another program serves it.
     *
     * @param interval from the end of one run to the beginning of the next
     */
    synchronized void startScan(LogFiles files, Duration interval) {
        Sealer seals = sealer;
        Sequencer sequences = sequencer;
        if (log == null || seals == null || sequences == null || scan != null) {
            return;
        }
        Scan started = new Scan(
                new DatabaseVerification(
                                pool,
                                log.verifier(),
                                new Journal(files.journalFile()),
                                LogKeys.loadAll(files.keyFile()).eventKeys())
                        .ownedBy(database.database().owner().user()),
                interval,
                () -> seals.standsBy() != null,
                sequences::sealFailure);
        started.start();
        scan = started;
    }

    /** Has the embedded database started again where it dies; {@code givenUp} is told where that cannot be done. */
    void watchDatabase(Consumer<String> givenUp) {
        database.watch(() -> volumes.full().get(LedgerDatabase.VOLUME), givenUp);
    }

    /** Why the embedded database does not run; null where it does. */
    @Nullable
    String databaseFailure() {
        return database.failure();
    }

    Volumes volumes() {
        return volumes;
    }

    /** Opens the ledger that the settings mean; creates it on first use. */
    static LedgerNode open(LedgerDatabase database, LedgerSettings settings, Clock clock) {
        Database access = database.database();
        Migrations.checkSettings(access);
        if (!database.isAttached()) {
            Migrations.run(access);
        } else if (!database.isReadOnly()) {
            Migrations.refuseNewer(access);
        }
        HikariDataSource pool = database.isReadOnly() ? Pools.openReadOnly(access.app()) : Pools.open(access.app());
        HikariDataSource sequencingPool = pool;
        try {
            if (!database.isReadOnly()) {
                sequencingPool = Pools.openSequencing(access.sequencer());
            }
            return new LedgerNode(database, pool, sequencingPool, settings, clock);
        } catch (RuntimeException e) {
            sequencingPool.close();
            pool.close();
            throw e;
        }
    }

    private static String otherwiseUnique() {
        return ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
    }

    /** Opens the ledger where that was not done, and registers the organisations that exist from the first start. */
    private LocalDate found(@Nullable LocalDate configured) {
        Author ledger = author();
        boolean isOthers = sealer == null || sealer.standsBy() != null;
        if (isOthers && introducedKeys().isEmpty()) {
            close();
            throw new StartRefused("Another program is just making this ledger. Start this one again in a moment.");
        }
        // what is there already is only read
        LocalDate fixed = commands.send(new OpenLedger(configured == null ? today() : configured), ledger);
        if (configured != null && !configured.equals(fixed)) {
            close();
            throw new StartRefused("ledger.inception is " + configured + ", but this ledger was created with " + fixed
                    + ". Its first day is fixed: remove the setting, or set it to that day.");
        }
        if (log != null && !isOthers && introducedKeys().isEmpty()) {
            commands.send(new IntroduceKey(log.firstKey().toString()), ledger);
        }
        StandardOrganisations.profiles().forEach((code, profile) -> {
            if (!isOthers && organisations.find(code).isEmpty()) {
                commands.send(new PutOrganisation(code, profile, null), ledger);
            }
        });
        isFounded = true;
        return fixed;
    }

    private Author author() {
        return author(LEDGER_ACTOR, LEDGER_ROLE);
    }

    /**
     * Changes the keys that sign the log.
     *
     * @throws StartRefused another program serves or signs it
     */
    public KeyRotation keyRotation() {
        if (log == null || sealer == null || sealer.standsBy() != null) {
            throw new StartRefused("Another program works on the ledger. Keys are changed while none does: stop the"
                    + " server, run this again, and start the server.");
        }
        return new KeyRotation(commands, author(), log.origin(), keyFile, new LogReader(pool), this::awaitAllSealed);
    }

    /** Waits until all that was committed before this call is sealed; false where that took too long. */
    private boolean awaitAllSealed(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long newest = progress.committed();
        while (entries.head() < newest) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** By this program's clock. */
    public Instant now() {
        return clock.instant();
    }

    /** The business date. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), BusinessDate.ZONE);
    }

    /** The ledger's first day. */
    public LocalDate inception() {
        return inception;
    }

    /**
     * What a rule needs to know at this moment.
     *
     * @param ifMatch     sequences of which the newest event of what is changed must have one, or null for any
     * @param ifNoneMatch sequences of which it must have none
     */
    public Occasion occasion(@Nullable Set<Long> ifMatch, Set<Long> ifNoneMatch) {
        return new Occasion(today(), inception, organisations, agreements, ifMatch, ifNoneMatch);
    }

    /** What rules need to know, whatever the version. */
    public Occasion occasion() {
        return occasion(null, Set.of());
    }

    public Commands commands() {
        return commands;
    }

    public OrganisationDirectory organisations() {
        return organisations;
    }

    /** The agreements that exist, for rules. */
    public AgreementDirectory agreements() {
        return agreements;
    }

    public AgreementRegister agreementRegister() {
        return agreementRegister;
    }

    public Register register() {
        return register;
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
                figures.present());
    }

    public FiguresReader figures() {
        return figures;
    }

    /** The ledger as it was. */
    public Replay replay() {
        return replay;
    }

    /** Figures compared with a replay. */
    public Comparisons comparisons() {
        return comparisons;
    }

    public ReplayJobs replayJobs() {
        return replayJobs;
    }

    /** Whether all that was counted is what the entries give. */
    public SelfCheck selfCheck() {
        return selfCheck;
    }

    SnapshotUpkeep snapshotUpkeep() {
        return snapshotUpkeep;
    }

    /** What the figures of two positions differ in. */
    public Differences differences() {
        return differences;
    }

    public States<EditionEvent, EditionState> editions() {
        return editions;
    }

    public EditionBuilder editionBuilder() {
        return editionBuilder;
    }

    public PublishedFiles publishedFiles() {
        return publishedFiles;
    }

    public ReleasedFigures releasedFigures() {
        return releasedFigures;
    }

    public ReleasedEntries releasedEntries() {
        return releasedEntries;
    }

    /** Audit bundles of what is released. */
    public BundleWriter bundles() {
        return bundles;
    }

    /** The log, as far as it is sealed. */
    public LogReader log() {
        return reader;
    }

    /** Every event of one thing, as far as it is sealed. */
    public Timelines timelines() {
        return timelines;
    }

    /** The whole ledger, on its way into a full bundle. */
    public Backup backup() {
        return Backup.open(pool, LogKeys.loadAll(keyFile).eventKeys());
    }

    public Entries entries() {
        return entries;
    }

    public LedgerStore store() {
        return store;
    }

    /** Whoever acts under a user's name. */
    public Author author(String user, String role) {
        return new Author(actors.idOf(user), role);
    }

    /** The newest position that is in all projections, -1 before the first. */
    public long projected() {
        return progress.projected();
    }

    /** Waits until all that was committed before this call is in the figures; false where that took too long. */
    public boolean awaitAllProjected(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        // looked up once: on a busy ledger there is always something newer
        long newest = progress.committed();
        while (projected() < newest) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** Waits until one event is in the ledger and in the figures; false where that took too long. */
    public boolean awaitProjected(String aggregateId, long sequence, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long position = -1;
        while (true) {
            if (position < 0) {
                position = register.positionOf(aggregateId, sequence);
            }
            if (position >= 0 && projected() >= position) {
                return true;
            }
            if (System.nanoTime() >= deadline) {
                return false;
            }
            pause();
        }
    }

    /** Waits until one event is sealed, and proves that it is in the log; empty where that took too long. */
    public Optional<byte[]> awaitReceipt(String aggregateId, long sequence, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<byte[]> receipt = reader.receipt(aggregateId, sequence);
            if (receipt.isPresent() || System.nanoTime() >= deadline) {
                return receipt;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT_STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    /** Projections made anew, and what else can be mended from the entries. */
    public Rebuilds rebuilds() {
        return rebuilds;
    }

    /** Why what is recorded now could not be sealed; null where it will be, here or by the server beside which a command runs. */
    private @Nullable String unsealable() {
        String full = volumes.complaint();
        if (full != null) {
            return full;
        }
        if (sequencer == null || sealer == null) {
            return isSealedElsewhere() ? null : "no program seals this ledger at present";
        }
        String stuck = sequencer.failure();
        String unsealed = stuck == null ? sequencer.sealFailure() : stuck;
        boolean mayLeaveItToOthers = stuck == null && database.isForCommand() && sealer.standsBy() != null;
        return unsealed != null && mayLeaveItToOthers && isSealedElsewhere() ? null : unsealed;
    }

    private boolean isSealedElsewhere() {
        long now = System.nanoTime();
        if (now - sealedElsewhereNanos > WATCH.toNanos()) {
            isSealedElsewhere = SessionLock.isTaken(pool);
            sealedElsewhereNanos = now;
        }
        return isSealedElsewhere;
    }

    /** Where the program may keep what is its own. */
    public Path dataDirectory() {
        return dataDirectory;
    }

    /** What is wrong, by part: events get no position, projections stand still, the ledger is broken; else empty. */
    public Map<String, String> failures() {
        if (sequencer == null || processors == null) {
            return Map.of();
        }
        Map<String, String> failures = processors.failures();
        String stuck = sequencer.failure();
        if (stuck != null) {
            failures.put("sequencer", stuck);
        }
        volumes.full().forEach((name, full) -> failures.put("volume of " + name, full));
        String unsealed = sequencer.sealFailure();
        if (unsealed != null) {
            failures.put("seal", unsealed);
        }
        String unstored = commands.failure();
        if (unstored != null) {
            failures.put("store", unstored);
        }
        Scan scanning = scan;
        String broken = scanning == null ? null : scanning.breakFound();
        if (broken != null) {
            failures.put("scan", broken);
        }
        String drift = selfCheck.drift();
        if (drift != null) {
            failures.put("selfCheck", drift);
        }
        return failures;
    }

    public @Nullable Sequencer sequencer() {
        return sequencer;
    }

    public @Nullable Processors processors() {
        return processors;
    }

    /** Null where nothing is verified in the background. */
    public @Nullable Scan scan() {
        return scan;
    }

    @Override
    public void close() {
        LOG.debug("closing");
        Scan scanning = scan;
        if (scanning != null) {
            scanning.close();
        }
        replayJobs.close();
        rebuilds.close();
        if (processors != null) {
            processors.close();
        }
        if (sequencer != null) {
            sequencer.close();
        }
        if (sealer != null) {
            sealer.close();
        }
        sequencingPool.close();
        pool.close();
        database.close();
    }
}
