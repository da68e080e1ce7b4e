package org.pupilledger.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.privacy.Commitment;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.RequestCommand;
import org.pupilledger.request.RequestCommand.CorrectRequest;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestCommand.RecordStage;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.Stage;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RequestId;
import org.pupilledger.values.Submitted;

/** What callers of a benchmark do: the lives of requests. A life is four commands: received, approved, matched, disclosed. */
final class Casework {
    private static final int COMMANDS_PER_LIFE = 4;
    private static final EventTypes TYPES = EventTypes.current();
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);
    private static final BusinessDate ON = BusinessDate.of(TODAY);
    private static final OrganisationCode DWP = new OrganisationCode("DWP");
    private static final OrganisationProfile PROFILE =
            new OrganisationProfile("Department for Work and Pensions", Category.OTHER_GOVERNMENT, null);
    static final Occasion OCCASION =
            new Occasion(TODAY, TODAY, code -> Optional.of(PROFILE), reference -> Optional.empty(), null);
    static final Author RECORDER = new Author(new UUID(1, 1).toString(), "RECORDER");
    static final Author APPROVER = new Author(new UUID(1, 2).toString(), "APPROVER");

    private final SecureRandom random = new SecureRandom();
    private final AtomicLong references = new AtomicLong();

    /** Something that is done four commands at a time. */
    @FunctionalInterface
    interface Life {
        void live() throws Exception;
    }

    static double measure(int callers, int lives, Life afterwards, Life life) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(callers)) {
            long started = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                running.add(executor.submit(() -> {
                    for (int i = 0; i < lives; i++) {
                        life.live();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            afterwards.live();
            return callers * lives * COMMANDS_PER_LIFE / ((System.nanoTime() - started) / 1e9);
        }
    }

    private RecordRequest received() {
        return new RecordRequest(
                new RequestId(UUID.randomUUID()),
                ask(references.incrementAndGet(), DWP, ON),
                null,
                null,
                null,
                null,
                OCCASION);
    }

    private static Ask ask(long number, OrganisationCode organisation, BusinessDate received) {
        return new Ask(
                List.of(new Reference(String.format(Locale.ROOT, "2026-%07d", number))),
                organisation,
                received,
                Purpose.BENEFIT_FRAUD,
                Gateway.DWP_FUNC,
                LawfulBasis.PUBLIC_TASK,
                null,
                new Submitted(
                        Individuals.of(12),
                        List.of(Item.NAME, Item.DATE_OF_BIRTH),
                        Individuals.notStated(),
                        Individuals.notStated(),
                        Individuals.notStated()),
                List.of(Item.SCHOOL),
                null);
    }

    private static List<Stage> stages() {
        return List.of(decision(ON), match(ON), disclosure(ON));
    }

    private static Stage.Decision decision(BusinessDate on) {
        return new Stage.Decision(Outcome.APPROVED, on, null, null);
    }

    private static Stage.Match match(BusinessDate on) {
        return new Stage.Match(on, Individuals.of(3), Individuals.of(1));
    }

    private static Stage.Disclosure disclosure(BusinessDate on) {
        return new Stage.Disclosure(on, Individuals.of(4), Individuals.of(2), List.of(Item.SCHOOL));
    }

    /** What a life leaves behind, for who writes it without commands. */
    static List<RequestEvent> events(long number, OrganisationCode organisation, BusinessDate received) {
        return events(ask(number, organisation, received), received);
    }

    private static List<RequestEvent> events(Ask ask, BusinessDate on) {
        return List.of(
                new RequestEvent.Received(ask),
                new RequestEvent.Decided(ask.header(), ask.outcome(), decision(on)),
                new RequestEvent.Matched(ask.header(), Outcome.APPROVED, Individuals.of(12), match(on)),
                new RequestEvent.Disclosed(ask.header(), disclosure(on)));
    }

    /** One more person matched in a life that {@link #events} left behind. */
    static void correct(Commands commands, RequestId request) {
        commands.send(
                new CorrectRequest(request, List.of(new Change(Field.MATCHED, 3L, 4L)), Cause.RECOUNT, null, OCCASION),
                APPROVER);
    }

    void ledgerLife(Commands commands) {
        RecordRequest received = received();
        commands.send(received, RECORDER);
        for (Stage stage : stages()) {
            commands.send(new RecordStage(received.id(), stage, OCCASION), APPROVER);
        }
    }

    void axonLife(StockAxon axon) {
        RecordRequest received = received();
        axon.send(received, RECORDER);
        for (Stage stage : stages()) {
            RequestCommand command = new RecordStage(received.id(), stage, OCCASION);
            axon.send(command, APPROVER);
        }
    }

    void plainLife(HikariDataSource pool) throws SQLException {
        RecordRequest received = received();
        Ask ask = received.ask();
        int sequence = 0;
        for (RequestEvent event : events(ask, ON)) {
            insert(
                    pool,
                    received.id().toString(),
                    sequence,
                    event,
                    sequence == 0 ? ask.references().getFirst().value() : null);
            sequence++;
        }
    }

    /** The row that Axon writes, and the claim of its reference, as one transaction. */
    private void insert(HikariDataSource pool, String id, long sequence, RequestEvent event, @Nullable String reference)
            throws SQLException {
        byte[] salt = new byte[Commitment.SALT_BYTES];
        random.nextBytes(salt);
        EventTypes.EventType<?> type = Objects.requireNonNull(TYPES.typeOf(event.getClass()));
        byte[] metadata = CanonicalWriter.bytesOf(Map.of(
                "actor",
                RECORDER.actor(),
                "role",
                RECORDER.role(),
                "commandId",
                UUID.randomUUID().toString(),
                "salt",
                Base64.getEncoder().encodeToString(salt)));
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            if (reference != null) {
                try (PreparedStatement claim =
                        connection.prepareStatement("insert into reference_claim (reference, request) values (?, ?)")) {
                    claim.setString(1, reference);
                    claim.setString(2, id);
                    claim.executeUpdate();
                }
            }
            try (PreparedStatement append = connection.prepareStatement("""
                    insert into event (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision,
                        payload, metadata) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)) {
                append.setString(1, UUID.randomUUID().toString());
                append.setString(2, id);
                append.setLong(3, sequence);
                append.setString(4, "matching-request");
                append.setString(5, Instant.now().toString());
                append.setString(6, type.name());
                append.setString(7, Integer.toString(type.version()));
                append.setBytes(8, TYPES.encode(event));
                append.setBytes(9, metadata);
                append.executeUpdate();
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }
}
