package org.pupilledger.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.Superuser;
import org.pupilledger.failure.Damaged;
import org.pupilledger.figures.Histories;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.organisation.Organisation;
import org.pupilledger.register.Register;
import org.pupilledger.register.Timelines;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestState;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls start first
class TimelinesTest {
    private static final int LIMIT = 50;
    private static final int TRIES = 25;
    private static final EventTypes TYPES = EventTypes.current();

    private TestLedger ledger;
    private Timelines timelines;
    private TestRequests requests;
    private Connection superuser;
    private int references = 1_000_000;

    @BeforeAll
    void start() throws SQLException {
        Database database = TestDatabase.migrated();
        ledger = new TestLedger(database);
        ledger.start();
        ledger.registerOrganisations();
        timelines = of(ledger);
        requests = new TestRequests(ledger.organisations());
        superuser = Superuser.of(database).connect();
    }

    @AfterAll
    void close() throws SQLException {
        superuser.close();
        ledger.close();
    }

    private static Timelines of(TestLedger ledger) {
        return ledger.registers().timelines();
    }

    /** Recorded, approved, matched and corrected. */
    private String request() {
        RecordRequest request = requests.live(TestLedger.DWP, "2026-05-04", 7, "2026-" + ++references);
        ledger.commands().send(request, TestLedger.RECORDER);
        ledger.commands().send(requests.approve(request.id()), TestLedger.APPROVER);
        ledger.commands().send(requests.match(request.id(), 2), TestLedger.RECORDER);
        ledger.commands().send(requests.correct(request.id(), new Change(Field.MATCHED, 2L, 3L)), TestLedger.APPROVER);
        ledger.awaitFolded();
        return request.id().toString();
    }

    private Timeline find(String id) {
        return timelines.find(MatchingRequest.TYPE, id, -1, LIMIT).orElseThrow();
    }

    @Test
    void tellsWhoRecordedWhatInOrder() {
        Timeline timeline = find(request());

        assertThat(timeline.sequence()).isEqualTo(3);
        assertThat(timeline.next()).isNull();
        assertThat(timeline.events())
                .extracting(TimelineEvent::sequence, TimelineEvent::type, TimelineEvent::actor, TimelineEvent::role)
                .containsExactly(
                        row(0, "matching-request.received", "6d1c7c5e-0d43-4a0e-9f5c-6f4f0f2f7a01", "RECORDER"),
                        row(1, "matching-request.decided", "0b9d3a52-7a63-4f0c-8a0e-3c5d5f1e9b02", "APPROVER"),
                        row(2, "matching-request.matched", "6d1c7c5e-0d43-4a0e-9f5c-6f4f0f2f7a01", "RECORDER"),
                        row(3, "matching-request.corrected", "0b9d3a52-7a63-4f0c-8a0e-3c5d5f1e9b02", "APPROVER"));
        assertThat(timeline.events())
                .extracting(TimelineEvent::position)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(TimelineView.of(timeline, null).items())
                .extracting(TimelineView.Item::on)
                .containsExactly("2026-05-04", "2026-05", "2026-05", null);
    }

    private static Tuple row(long sequence, String type, String actor, String role) {
        return tuple(sequence, type, actor, role);
    }

    @Test
    void foldedItIsTheRequestAsItReadsBack() {
        Register register = new Register(ledger.jdbc(), () -> Long.MAX_VALUE);
        Random random = new Random(272);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            for (List<RequestEvent> events : Histories.random(random)) {
                String id = UUID.randomUUID().toString();
                ids.add(id);
                for (int sequence = 0; sequence < events.size(); sequence++) {
                    append(id, sequence, events.get(sequence));
                }
            }
        }
        ledger.awaitFolded();

        assertThat(ids).hasSizeGreaterThan(TRIES);
        for (String id : ids) {
            Timeline timeline = find(id);
            RequestState folded = null;
            List<FieldChange> changes = new ArrayList<>();
            for (TimelineEvent event : timeline.events()) {
                folded = RequestState.after(folded, (RequestEvent) event.event(), event.sequence());
                changes.addAll(event.particulars().changes());
            }
            Register.Registered read = register.request(id).orElseThrow();
            assertThat(folded).isEqualTo(read.state());
            assertThat(timeline.sequence()).isEqualTo(read.sequence());
            assertThat(timeline.events().getLast().position()).isEqualTo(read.position());
            assertThat(changes)
                    .isEqualTo(read.state().corrections().stream()
                            .map(RequestState.Correction::change)
                            .map(change -> new FieldChange(change.field().path(), change.was(), change.now()))
                            .toList());
        }
    }

    private void append(String id, long sequence, RequestEvent event) {
        String type = Objects.requireNonNull(TYPES.typeOf(event.getClass())).name();
        ledger.append(MatchingRequest.TYPE, id, sequence, "2026-06-01T09:00:00Z", type, TYPES.encode(event));
    }

    @Test
    void pagesJoinUp() {
        String id = request();
        List<TimelineEvent> paged = new ArrayList<>();
        int pages = 0;
        Long after = -1L;
        while (after != null) {
            Timeline page = timelines.find(MatchingRequest.TYPE, id, after, 2).orElseThrow();
            assertThat(page.sequence()).isEqualTo(3);
            paged.addAll(page.events());
            after = page.next();
            pages++;
        }

        assertThat(pages).isEqualTo(2);
        assertThat(paged).isEqualTo(find(id).events());
        assertThat(timelines.find(MatchingRequest.TYPE, id, 3, 2).orElseThrow())
                .isEqualTo(new Timeline(id, 3, List.of(), null));
    }

    @Test
    void whatIsNotThereOrOfAnotherTypeHasNone() {
        String id = request();

        assertThat(timelines.find(MatchingRequest.TYPE, UUID.randomUUID().toString(), -1, LIMIT))
                .isEmpty();
        assertThat(timelines.find("statement", id, -1, LIMIT)).isEmpty();
        assertThat(timelines.find("statement", id, 9, LIMIT)).isEmpty();
        assertThat(timelines.find(Organisation.TYPE, "DWP", -1, LIMIT)).isPresent();
    }

    @Test
    void whatIsNotSealedIsNotTold() {
        try (TestLedger still = new TestLedger(TestDatabase.migrated())) {
            still.registerOrganisations();
            assertThat(of(still).find(Organisation.TYPE, "DWP", -1, LIMIT)).isEmpty();

            still.start();
            still.awaitSealed();
            assertThat(of(still).find(Organisation.TYPE, "DWP", -1, LIMIT)).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update event set metadata = convert_to(replace(convert_from(metadata, 'UTF8'), 'APPROVER', 'RECORDER'), 'UTF8')",
                "update event set metadata = convert_to(replace(convert_from(metadata, 'UTF8'), '0b9d3a52', '6d1c7c5e'), 'UTF8')",
                "update event set metadata = '\\x7b7d'",
                "update event set payload = convert_to(replace(convert_from(payload, 'UTF8'), '2026', '2025'), 'UTF8')",
                "update event set recorded_at = '2026-01-01T00:00:00Z'",
                "update event set type = 'matching-request.closed'",
                "update event set aggregate_type = 'statement'",
                "update event set revision = 'x'",
                "update event set sequence = 17",
                "delete from event"
            })
    void whatWasChangedIsNotTold(String statement) throws SQLException {
        String id = request();
        tamper(statement + " where aggregate_id = '" + id + "' and sequence = 1");

        assertThatThrownBy(() -> find(id)).isInstanceOf(Damaged.class);
    }

    @Test
    void theLeafIsBelievedOnlyAsItWasSealed() throws SQLException {
        String id = request();
        StoredEvent event = ledger.jdbc()
                .queryForObject(
                        "select * from event where aggregate_id = ? and sequence = 2",
                        (row, number) -> new StoredEvent(
                                row.getString("aggregate_type"),
                                id,
                                2,
                                row.getString("event_id"),
                                row.getString("recorded_at"),
                                row.getString("type"),
                                row.getInt("revision"),
                                new String(row.getBytes("payload"), StandardCharsets.UTF_8)
                                        .replace("\"matched\":2", "\"matched\":1")
                                        .getBytes(StandardCharsets.UTF_8),
                                row.getBytes("metadata")),
                        id);
        byte[] leaf = Leaf.bytesOf(Objects.requireNonNull(event));
        asNobodyShould();
        try (PreparedStatement payload = superuser.prepareStatement(
                        "update event set payload = ? where aggregate_id = ? and sequence = 2");
                PreparedStatement entry = superuser.prepareStatement("update ledger_entry set leaf_bytes = ?,"
                        + " leaf_hash = ? where global_index ="
                        + " (select global_index from event where aggregate_id = ? and sequence = 2)")) {
            payload.setBytes(1, event.payload());
            payload.setString(2, id);
            entry.setBytes(1, leaf);
            entry.setBytes(2, TreeHash.ofLeaf(leaf));
            entry.setString(3, id);
            assertThat(payload.executeUpdate() + entry.executeUpdate()).isEqualTo(2);
        }

        assertThatThrownBy(() -> find(id)).isInstanceOf(Damaged.class).hasMessageEndingWith("is not what was sealed");
    }

    /** Triggers are off from now on. */
    private void asNobodyShould() throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute("set session_replication_role = replica");
        }
    }

    private void tamper(String sql) throws SQLException {
        asNobodyShould();
        try (Statement statement = superuser.createStatement()) {
            statement.execute(sql);
            assertThat(statement.getUpdateCount()).isEqualTo(1);
        }
    }
}
