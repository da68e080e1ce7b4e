package org.pupilledger.store;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Agreement;
import org.pupilledger.agreement.AgreementCommand;
import org.pupilledger.coverage.Coverage;
import org.pupilledger.coverage.CoverageCommand;
import org.pupilledger.ledger.IntroduceKey;
import org.pupilledger.ledger.Ledger;
import org.pupilledger.ledger.OpenLedger;
import org.pupilledger.ledger.RetireKey;
import org.pupilledger.organisation.Organisation;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.RequestCommand;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.LedgerSerializer;
import org.pupilledger.spans.PeriodTotal;
import org.pupilledger.spans.PeriodTotalCommand;
import org.pupilledger.statement.Statement;
import org.pupilledger.statement.StatementCommand;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Wires Axon to the tables that are appended to: one unit of work is one transaction. */
public final class LedgerStore {
    /** Metadata of events. */
    static final String ROLE = "role";

    static final String COMMAND_ID = "commandId";

    private static final int APPEND_BATCH = 100;
    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final TransactionManager transactions;
    private final ConnectionProvider connections;
    private final LedgerSerializer serializer;
    private final AggregateCache cache = new AggregateCache();
    private final EmbeddedEventStore events;
    private final Repository<MatchingRequest> requests;
    private final CommandBus commands;
    private final AtomicLong appended = new AtomicLong();
    private final IdempotencyKeys idempotencyKeys;
    private volatile LongSupplier sealed = () -> 0;

    /**
     * @param dataSource       of {@code ledger_app}
     * @param authenticity     makes what is appended genuine to who sequences it
     * @param remembered       tells which remembered answers are genuine; the keys of {@code authenticity} first, then
     *                         retired ones, under which calls were answered that may be repeated yet
     * @param isClockConfirmed where somebody said that the clock is right, whatever was recorded last
     */
    public LedgerStore(
            DataSource dataSource, Authenticity authenticity, Authenticity remembered, boolean isClockConfirmed) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactions = new SpringTransactionManager(new DataSourceTransactionManager(dataSource));
        this.connections = new SpringDataSourceConnectionProvider(dataSource);
        this.serializer = new LedgerSerializer(EventTypes.current());
        this.events = eventStore(authenticity, new RecordedTimes(jdbc, isClockConfirmed));
        this.requests = EventSourcingRepository.builder(MatchingRequest.class)
                .eventStore(events)
                .cache(cache)
                .build();
        this.commands = commandBus();
        this.idempotencyKeys = new IdempotencyKeys(jdbc, remembered);
    }

    /**
     * Has events refused by a database that does not hold what was sealed.
     *
     * @param size how many entries are known to be sealed, by who seals in this program
     */
    public void expectSealed(LongSupplier size) {
        sealed = size;
    }

    private EmbeddedEventStore eventStore(Authenticity authenticity, RecordedTimes times) {
        EmbeddedEventStore store = EmbeddedEventStore.builder()
                .storageEngine(new Engine(
                        JdbcEventStorageEngine.builder()
                                .connectionProvider(connections)
                                .transactionManager(transactions)
                                .schema(EventTable.schema())
                                .appendEvents(new Append(authenticity))
                                .eventSerializer(serializer)
                                .snapshotSerializer(serializer)
                                .batchSize(APPEND_BATCH)
                                .persistenceExceptionResolver(LedgerStore::isDuplicate)
                                .finalAggregateBatchPredicate(batch -> batch.size() < APPEND_BATCH),
                        new StoredEvents(jdbc, authenticity, () -> sealed.getAsLong()),
                        times))
                .build();
        Claims claims = new Claims(jdbc);
        store.subscribe(claims::on);
        store.subscribe(stored -> CurrentUnitOfWork.get().afterCommit(done -> appended.addAndGet(stored.size())));
        return store;
    }

    /** Axon's own resolver knows an exception that PostgreSQL's driver never throws. */
    private static boolean isDuplicate(@Nullable Throwable failure) {
        return failure != null
                && ((failure instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState()))
                        || isDuplicate(failure.getCause()));
    }

    /** Believes times only when the clocks agree, and an append only when it has read it again. */
    private static final class Engine extends JdbcEventStorageEngine {
        private final StoredEvents stored;
        private final RecordedTimes times;

        Engine(Builder builder, StoredEvents stored, RecordedTimes times) {
            super(builder);
            this.stored = stored;
            this.times = times;
        }

        @Override
        protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
            times.check(events);
            super.appendEvents(events, serializer);
            if (!events.isEmpty()) {
                stored.check(events);
            }
        }

        /** Aggregates are short, so there is no table of snapshots; Axon would look into it at every load. */
        @Override
        public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
            return Optional.empty();
        }
    }

    /** Of what is seldom changed and always read anew, since nobody would notice that it is out of date. */
    private <T> Repository<T> repository(Class<T> aggregate) {
        return EventSourcingRepository.builder(aggregate).eventStore(events).build();
    }

    private CommandBus commandBus() {
        SimpleCommandBus bus = SimpleCommandBus.builder()
                .transactionManager(transactions)
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(command -> metadata(
                command.getMetaData().get(MatchingRequest.ACTOR),
                command.getMetaData().get(ROLE),
                command.getIdentifier())));
        handle(bus, MatchingRequest.class, requests);
        handle(bus, Organisation.class, repository(Organisation.class));
        handle(bus, PeriodTotal.class, repository(PeriodTotal.class));
        handle(bus, Statement.class, repository(Statement.class));
        handle(bus, Coverage.class, repository(Coverage.class));
        handle(bus, Agreement.class, repository(Agreement.class));
        handle(bus, Ledger.class, repository(Ledger.class));
        handle(bus, Edition.class, repository(Edition.class));
        return bus;
    }

    /** All that goes from a command into the metadata of its events. */
    private static Map<String, Object> metadata(@Nullable Object actor, @Nullable Object role, String commandId) {
        Map<String, Object> metadata = new HashMap<>();
        if (actor != null && role != null) {
            metadata.put(MatchingRequest.ACTOR, actor);
            metadata.put(ROLE, role);
        }
        metadata.put(COMMAND_ID, commandId);
        return metadata;
    }

    private static <T> void handle(CommandBus bus, Class<T> aggregate, Repository<T> repository) {
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(aggregate)
                .repository(repository)
                .commandTargetResolver(
                        command -> new VersionedAggregateIdentifier((Object) target(command.getPayload()), null))
                .build()
                .subscribe(bus);
    }

    /** What Axon would find out by reflection, for every command anew. */
    private static String target(Object command) {
        return switch (command) {
            case RequestCommand request -> request.id().toString();
            case AgreementCommand agreement -> agreement.id();
            case PutOrganisation organisation -> organisation.code().toString();
            case CoverageCommand coverage -> coverage.id();
            case PeriodTotalCommand total -> total.id().toString();
            case StatementCommand statement -> statement.id().toString();
            case OpenLedger ledger -> ledger.id();
            case IntroduceKey key -> key.id();
            case RetireKey key -> key.id();
            case EditionCommand edition -> edition.id();
            default -> throw new IllegalArgumentException("no aggregate for " + command.getClass());
        };
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Answers that are given again. */
    public IdempotencyKeys idempotencyKeys() {
        return idempotencyKeys;
    }

    public JdbcTemplate jdbc() {
        return jdbc;
    }

    public TransactionManager transactions() {
        return transactions;
    }

    long appended() {
        return appended.get();
    }

    CommandBus commands() {
        return commands;
    }

    Repository<MatchingRequest> requests() {
        return requests;
    }

    AggregateCache cache() {
        return cache;
    }
}
