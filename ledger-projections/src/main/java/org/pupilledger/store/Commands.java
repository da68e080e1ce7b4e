package org.pupilledger.store;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Agreement;
import org.pupilledger.agreement.AgreementCommand;
import org.pupilledger.coverage.Coverage;
import org.pupilledger.coverage.CoverageCommand;
import org.pupilledger.failure.NotYet;
import org.pupilledger.ledger.IntroduceKey;
import org.pupilledger.ledger.KeyRefused;
import org.pupilledger.ledger.OpenLedger;
import org.pupilledger.ledger.RetireKey;
import org.pupilledger.organisation.Organisation;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.refusal.Refused;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.MatchingRequest.Recorded;
import org.pupilledger.request.RequestCommand;
import org.pupilledger.spans.PeriodTotal;
import org.pupilledger.spans.PeriodTotalCommand;
import org.pupilledger.statement.Statement;
import org.pupilledger.statement.StatementCommand;
import org.pupilledger.tlog.NotStored;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * The way in for every command. One command is one transaction: its events, the claims they make and the answer to its
 * idempotency key are committed together or not at all.
 */
public final class Commands {
    private static final int MAX_TRIES = 3;
    private static final String CALL = "idempotent-call";
    private static final String WAS_CACHED = "was-cached";

    private final LedgerStore store;
    private final CommandBus bus;
    private final IdempotencyKeys keys;
    private final ContentClaims contents;
    private final Runnable onCommit;
    private volatile @Nullable String failure;
    private final Supplier<@Nullable String> unsealable;

    /**
     * @param onCommit   called after each commit that may have appended something
     * @param unsealable why what is recorded now could not be sealed; null where it will be
     */
    public Commands(LedgerStore store, Runnable onCommit, Supplier<@Nullable String> unsealable) {
        this.store = store;
        this.bus = store.commands();
        this.keys = store.idempotencyKeys();
        this.contents = new ContentClaims(store.jdbc());
        this.onCommit = onCommit;
        this.unsealable = unsealable;
        bus.registerHandlerInterceptor(this::answerOnce);
        bus.registerHandlerInterceptor(this::claimContent);
        bus.registerHandlerInterceptor(Commands::doubtMemory);
        bus.subscribe(Bulk.class.getName(), message -> record((Bulk) message.getPayload(), message));
    }

    /** A call under an idempotency key, and how its answer is made from what the command returned. */
    private record AnsweredCall(IdempotencyKeys.Call call, Function<Object, Answer> answer) {}

    /**
     * Gives a command and answers it; under a key, only once.
     *
     * @param command what is asked; looked at only where the call was not answered before
     * @param call    null where the caller gave no key
     * @param answer  made inside the transaction from what the command returned
     * @throws Refused                nothing was recorded
     * @throws Refused.KeyReused      the key was used for another body
     * @throws IdempotencyKeys.Forged somebody changed what is remembered under the key
     * @throws Refused.Unknown        there is no such thing
     * @throws NotStored              the database did not keep what was recorded, so nothing was
     * @throws NotYet                 nothing was recorded, though what was answered before still is
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the bus returns what the handler returns
    public <R> Answer answer(
            Supplier<?> command, Author author, IdempotencyKeys.@Nullable Call call, Function<R, Answer> answer) {
        if (call == null) {
            return answer.apply((R) send(command.get(), author, null));
        }
        return answered(() -> {
            Answer earlier = keys.find(call);
            return earlier != null
                    ? earlier
                    : (Answer) send(command.get(), author, new AnsweredCall(call, result -> answer.apply((R) result)));
        });
    }

    /**
     * Does something that is no command and records no event, and answers it; under a key, only once.
     *
     * @param call   null where the caller gave no key
     * @param action done only where the call was not answered before; what it throws is not remembered
     * @throws Refused.KeyReused      the key was used for another body
     * @throws IdempotencyKeys.Forged somebody changed what is remembered under the key
     */
    public Answer once(IdempotencyKeys.@Nullable Call call, Supplier<Answer> action) {
        if (call == null) {
            return action.get();
        }
        return answered(() -> store.transactions().fetchInTransaction(() -> {
            Answer earlier = keys.begin(call);
            if (earlier != null) {
                return earlier;
            }
            Answer answer = action.get();
            keys.complete(call, answer);
            return answer;
        }));
    }

    private Answer answered(Supplier<Answer> answer) {
        try {
            return answer.get();
        } catch (IdempotencyKeys.Forged e) {
            failure = e.getMessage();
            throw e;
        } catch (DataAccessException e) {
            throw hindered(e);
        }
    }

    /** Says of an error of the database what no caller can do anything about; other failures stay what they are. */
    private RuntimeException hindered(RuntimeException failed) {
        String why = Hindrances.of(failed);
        if (why == null) {
            return failed;
        }
        failure = why;
        return new NotYet(NotYet.What.RECORDED, why, failed);
    }

    public Recorded send(RequestCommand command, Author author) {
        return (Recorded) send(command, author, null);
    }

    public Organisation.Recorded send(PutOrganisation command, Author author) {
        return (Organisation.Recorded) send(command, author, null);
    }

    /** @throws Refused.Unknown there is no such agreement */
    public Agreement.Recorded send(AgreementCommand command, Author author) {
        return (Agreement.Recorded) send(command, author, null);
    }

    public PeriodTotal.Recorded send(PeriodTotalCommand command, Author author) {
        return (PeriodTotal.Recorded) send(command, author, null);
    }

    public Coverage.Recorded send(CoverageCommand command, Author author) {
        return (Coverage.Recorded) send(command, author, null);
    }

    public Edition.Recorded send(EditionCommand command, Author author) {
        return (Edition.Recorded) send(command, author, null);
    }

    public Statement.Recorded send(StatementCommand command, Author author) {
        return (Statement.Recorded) send(command, author, null);
    }

    /** Returns the ledger's first day. */
    public LocalDate send(OpenLedger command, Author author) {
        return (LocalDate) send(command, author, null);
    }

    /**
     * Introduces a key that signs checkpoints, and says whether this was recorded: not where it is active already.
     *
     * @throws KeyRefused nothing was recorded
     */
    public boolean send(IntroduceKey command, Author author) {
        return (Boolean) send(command, author, null);
    }

    /** The same of one that is retired: not where it is not active. */
    public boolean send(RetireKey command, Author author) {
        return (Boolean) send(command, author, null);
    }

    /**
     * Records requests that were found good, all in one transaction.
     *
     * @throws Refused.DuplicateReference a reference or content was claimed meanwhile; nothing was recorded
     */
    public void send(List<BulkRequest> requests, Author author) {
        send(new Bulk(List.copyOf(requests)), author, null);
    }

    /** Why what was asked for last could not be kept by the database, or answered from it; null where it was. */
    public @Nullable String failure() {
        return failure;
    }

    /** Events that this program has appended. */
    public long appended() {
        return store.appended();
    }

    /**
     * A request of a file.
     *
     * @param digest     SHA-256 of its content
     * @param occurrence 0 where it has references, else its number among equal lines of the file
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record BulkRequest(RequestCommand.RecordRequest command, byte[] digest, int occurrence) {}

    private record Bulk(List<BulkRequest> requests) {}

    private Object send(Object command, Author author, @Nullable AnsweredCall call) {
        String why = unsealable.get();
        if (why != null) {
            throw new NotYet(NotYet.What.RECORDED, why);
        }
        Map<String, Object> metadata =
                new HashMap<>(Map.of(MatchingRequest.ACTOR, author.actor(), LedgerStore.ROLE, author.role()));
        if (call != null) {
            metadata.put(CALL, call);
        }
        String target = command instanceof RequestCommand request ? request.id().toString() : "";
        for (int attempt = 1; ; attempt++) {
            boolean wasCached = store.cache().containsKey(target);
            try {
                metadata.put(WAS_CACHED, wasCached);
                Object result = dispatch(new GenericCommandMessage<>(command, MetaData.from(metadata)));
                failure = null;
                onCommit.run();
                return result;
            } catch (NotStored e) {
                store.cache().remove(target);
                failure = e.getMessage();
                Pools.renew(store.dataSource());
                throw e;
            } catch (NotYet e) {
                store.cache().remove(target);
                failure = e.what() == NotYet.What.TIMED ? e.getMessage() : failure;
                throw e;
            } catch (Refused | FromMemory e) {
                if (!wasCached) {
                    throw e;
                }
                // worth saying only of what is stored now, and another program may have written
                store.cache().remove(target);
            } catch (ConcurrencyException | AggregateStreamCreationException | PessimisticLockingFailureException e) {
                store.cache().remove(target);
                if (attempt == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** "Told already", but only as far as this program remembers. */
    private static final class FromMemory extends RuntimeException {
        FromMemory() {
            super("told already", null, false, false);
        }
    }

    private static @Nullable Object doubtMemory(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        Object result = chain.proceed();
        if (result instanceof Recorded recorded
                && !recorded.isChanged()
                && Boolean.TRUE.equals(work.getMessage().getMetaData().get(WAS_CACHED))) {
            throw new FromMemory();
        }
        return result;
    }

    private Object dispatch(CommandMessage<?> message) {
        AtomicReference<CommandResultMessage<?>> result = new AtomicReference<>();
        bus.dispatch(message, (command, answer) -> result.set(answer));
        CommandResultMessage<?> answer = Objects.requireNonNull(result.get(), "the bus answers in the same thread");
        if (!answer.isExceptional()) {
            return answer.getPayload();
        }
        throw hindered(Hindrances.unchecked(answer.exceptionResult()));
    }

    private @Nullable Object answerOnce(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        if (!(work.getMessage().getMetaData().get(CALL) instanceof AnsweredCall(var call, var answer))) {
            return chain.proceed();
        }
        Answer earlier = keys.begin(call);
        if (earlier != null) {
            return earlier;
        }
        Answer first = answer.apply(chain.proceed());
        keys.complete(call, first);
        return first;
    }

    /** So that importing the same content later finds it recorded already. */
    private @Nullable Object claimContent(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        Object result = chain.proceed();
        if (work.getMessage().getPayload() instanceof RequestCommand.RecordRequest command
                && !command.ask().references().isEmpty()
                && command.ask().historic() != null) {
            contents.claimIfFree(ContentClaims.digest(command), command.id().toString());
        }
        return result;
    }

    private @Nullable Object record(Bulk bulk, CommandMessage<?> message) throws Exception {
        contents.claim(bulk.requests());
        for (BulkRequest request : bulk.requests()) {
            CommandMessage<?> one = new GenericCommandMessage<>(request.command(), message.getMetaData());
            AtomicReference<Exception> refused = new AtomicReference<>();
            store.requests().newInstance(MatchingRequest::blank, aggregate -> {
                try {
                    aggregate.handle(one);
                } catch (Exception e) {
                    refused.set(e);
                }
            });
            if (refused.get() != null) {
                throw refused.get();
            }
        }
        return bulk.requests().size();
    }
}
