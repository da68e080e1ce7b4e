package org.pupilledger.benchmark;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.RequestCommand;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.LedgerSerializer;
import org.pupilledger.store.Author;
import org.pupilledger.store.EventTable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The same aggregate and table with Axon's settings as they come: no cache, every load read to the end. */
final class StockAxon {
    private final SimpleCommandBus bus;

    StockAxon(DataSource dataSource) {
        TransactionManager transactions = new SpringTransactionManager(new DataSourceTransactionManager(dataSource));
        LedgerSerializer serializer = new LedgerSerializer(EventTypes.current());
        EmbeddedEventStore store = EmbeddedEventStore.builder()
                .storageEngine(JdbcEventStorageEngine.builder()
                        .connectionProvider(new SpringDataSourceConnectionProvider(dataSource))
                        .transactionManager(transactions)
                        .schema(EventTable.schema())
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .build())
                .build();
        bus = SimpleCommandBus.builder().transactionManager(transactions).build();
        bus.registerHandlerInterceptor(
                new CorrelationDataInterceptor<>(new SimpleCorrelationDataProvider(MatchingRequest.ACTOR, "role")));
        AggregateAnnotationCommandHandler.<MatchingRequest>builder()
                .aggregateType(MatchingRequest.class)
                .repository(EventSourcingRepository.builder(MatchingRequest.class)
                        .eventStore(store)
                        .build())
                .build()
                .subscribe(bus);
    }

    void send(RequestCommand command, Author author) {
        AtomicReference<CommandResultMessage<?>> result = new AtomicReference<>();
        bus.dispatch(
                new GenericCommandMessage<>(
                        command, MetaData.from(Map.of(MatchingRequest.ACTOR, author.actor(), "role", author.role()))),
                (sent, answer) -> result.set(answer));
        CommandResultMessage<?> answer = result.get();
        if (answer != null && answer.isExceptional()) {
            throw new IllegalStateException(answer.exceptionResult());
        }
    }
}
