package org.pupilledger.request;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.jspecify.annotations.Nullable;

/** Requests in memory: commands go in, and what is recorded comes out, in order. */
public final class RequestsInMemory {
    /** Looking at the class for its handlers takes longer than all that a test does with them. */
    private static final AggregateModel<MatchingRequest> MODEL =
            AnnotatedAggregateMetaModelFactory.inspectAggregate(MatchingRequest.class);

    private final CommandBus bus = SimpleCommandBus.builder().build();

    public RequestsInMemory(Consumer<EventMessage<?>> recorded) {
        EmbeddedEventStore store = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        store.subscribe(batch -> batch.forEach(recorded));
        bus.registerHandlerInterceptor(
                new CorrelationDataInterceptor<>(new SimpleCorrelationDataProvider(MatchingRequest.ACTOR)));
        AggregateAnnotationCommandHandler.<MatchingRequest>builder()
                .aggregateType(MatchingRequest.class)
                .aggregateModel(MODEL)
                .repository(EventSourcingRepository.builder(MatchingRequest.class)
                        .aggregateModel(MODEL)
                        .eventStore(store)
                        .build())
                .build()
                .subscribe(bus);
    }

    /** Returns why it was refused; null where it was not. */
    public @Nullable Throwable send(RequestCommand command, String actor) {
        AtomicReference<CommandResultMessage<?>> result = new AtomicReference<>();
        bus.dispatch(
                new GenericCommandMessage<>(command, Map.of(MatchingRequest.ACTOR, actor)),
                (message, answer) -> result.set(answer));
        CommandResultMessage<?> answer = Objects.requireNonNull(result.get());
        return answer.isExceptional() ? answer.exceptionResult() : null;
    }
}
