package org.pupilledger.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.RequestCommand;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;

/** Officers at work on a ledger in memory: commands go in, and what was recorded comes out, in order. */
public final class Casework {
    private static final String RECORDER = "8d3f0c6e";

    /** Looking at the class for its handlers takes longer than all that a test does with them. */
    private static final AggregateModel<MatchingRequest> MODEL =
            AnnotatedAggregateMetaModelFactory.inspectAggregate(MatchingRequest.class);

    private final CommandBus bus = SimpleCommandBus.builder().build();
    private final List<RequestEvent> events = new ArrayList<>();
    private final boolean isOfEarlierForm;
    private boolean isEarlier;
    private int decisions;

    public Casework() {
        this(false);
    }

    /** @param isOfEarlierForm whether requests are recorded by a program whose events did not tell why they are made */
    Casework(boolean isOfEarlierForm) {
        this.isOfEarlierForm = isOfEarlierForm;
        EmbeddedEventStore store = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine() {
                    @Override
                    public void appendEvents(List<? extends EventMessage<?>> batch) {
                        List<? extends EventMessage<?>> stored =
                                batch.stream().map(Casework.this::stored).toList();
                        stored.forEach(event -> events.add((RequestEvent) event.getPayload()));
                        super.appendEvents(stored);
                    }
                })
                .build();
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

    /** All that was recorded, oldest first. */
    public List<RequestEvent> events() {
        return events;
    }

    void record(RequestCommand command) {
        send(command, RECORDER);
    }

    /** By another officer each time, since nobody changes alone what they recorded. */
    void decide(RequestCommand command) {
        send(command, "approver-" + ++decisions);
    }

    private EventMessage<?> stored(EventMessage<?> message) {
        if (!isEarlier || !(message instanceof DomainEventMessage<?> event)) {
            return message;
        }
        return new GenericDomainEventMessage<>(
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                untold(event.getPayload()),
                event.getMetaData(),
                event.getIdentifier(),
                event.getTimestamp());
    }

    private static Object untold(Object event) {
        EventTypes types = EventTypes.current();
        EventTypes.EventType<?> type = Objects.requireNonNull(types.typeOf(event.getClass()));
        String told = new String(types.encode(event), UTF_8);
        return types.decode(
                type.name(),
                type.version(),
                told.replaceAll("\"why\":\\{[^}]*}", "\"why\":null")
                        .replace("\"historic\":true", "\"historic\":false")
                        .getBytes(UTF_8));
    }

    private void send(RequestCommand command, String actor) {
        isEarlier = isOfEarlierForm && command instanceof RecordRequest;
        AtomicReference<CommandResultMessage<?>> result = new AtomicReference<>();
        bus.dispatch(
                new GenericCommandMessage<>(command, Map.of(MatchingRequest.ACTOR, actor)),
                (message, answer) -> result.set(answer));
        CommandResultMessage<?> answer = result.get();
        if (answer == null || answer.isExceptional()) {
            throw new AssertionError("refused: " + command, answer == null ? null : answer.exceptionResult());
        }
    }
}
