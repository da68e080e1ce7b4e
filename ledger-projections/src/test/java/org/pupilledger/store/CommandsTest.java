package org.pupilledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.pupilledger.TestLedger.APPROVER;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;
import static org.pupilledger.TestLedger.RECORDER;
import static org.pupilledger.TestLedger.anotherApprover;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.cluster.Database;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Status;
import org.pupilledger.failure.NotYet;
import org.pupilledger.ledger.IntroduceKey;
import org.pupilledger.ledger.KeyRefused;
import org.pupilledger.ledger.OpenLedger;
import org.pupilledger.ledger.RetireKey;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.Organisation;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.refusal.Refused;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.MatchingRequest.Recorded;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.RequestCommand;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestCommand.RecordStage;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.Stage;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.values.RequestId;

/** Two stores on one database, as two servers would be. Nothing is sequenced here; commands do not need it. */
@Timeout(60)
class CommandsTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static Database database;
    private static ExecutorService threads;

    private TestLedger here;
    private TestLedger elsewhere;
    private TestRequests requests;
    private String reference;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.migrated();
        threads = Executors.newCachedThreadPool();
        try (TestLedger ledger = new TestLedger(database)) {
            ledger.registerOrganisations();
        }
    }

    @AfterAll
    static void end() {
        threads.shutdownNow();
    }

    @BeforeEach
    void open() {
        here = new TestLedger(database);
        elsewhere = new TestLedger(database);
        requests = new TestRequests(here.organisations());
        reference = newReference();
    }

    @AfterEach
    void close() {
        elsewhere.close();
        here.close();
    }

    private static String newReference() {
        return "2026-%07d".formatted(COUNT.incrementAndGet());
    }

    @Test
    void anEventIsStoredAsCanonicalJsonUnderItsOwnNameWithItsAuthorAndNothingElse() {
        RecordRequest command = live();

        here.commands().send(command, RECORDER);

        Map<String, @Nullable Object> row =
                here.jdbc().queryForMap("""
                        select e.*, pg_typeof(payload)::text as payload_type, pg_typeof(metadata)::text as metadata_type,
                            e.xid::text::bigint % (1::bigint << 32) = e.xmin::text::bigint as xid_is_its_transaction
                        from event e where aggregate_id = ?
                        """, command.id().toString());
        assertThat(row)
                .containsEntry("sequence", 0L)
                .containsEntry("aggregate_type", "matching-request")
                .containsEntry("type", "matching-request.received")
                .containsEntry("revision", "2")
                .containsEntry("payload", EventTypes.current().encode(new RequestEvent.Received(command.ask())))
                .containsEntry("payload_type", "bytea")
                .containsEntry("metadata_type", "bytea")
                .containsEntry("xid_is_its_transaction", true);
        Map<String, String> metadata = metadata((byte[]) Objects.requireNonNull(row.get("metadata")));
        assertThat(metadata)
                .containsOnlyKeys("actor", "role", "commandId", "salt")
                .containsEntry("actor", RECORDER.actor())
                .containsEntry("role", "RECORDER");
        assertThat(Base64.getDecoder().decode(metadata.get("salt"))).hasSize(32);
    }

    @Test
    void eventsOfOneCommandHaveOneTransactionAndASaltEach() {
        RecordRequest asked = requests.historic(DWP, "2018-04", 185, reference);
        RecordRequest command = new RecordRequest(
                asked.id(),
                asked.ask(),
                new Stage.Decision(Outcome.APPROVED, null, null, null),
                null,
                (Stage.Match) requests.match(asked.id(), 1).stage(),
                null,
                asked.occasion());

        Recorded recorded = here.commands().send(command, RECORDER);

        assertThat(recorded.sequence()).isEqualTo(2);
        List<Stored> events = here.jdbc()
                .query(
                        "select sequence, xid::text, metadata from event where aggregate_id = ? order by global_index",
                        (row, number) -> new Stored(row.getLong(1), row.getString(2), metadata(row.getBytes(3))),
                        asked.id().toString());
        assertThat(events).extracting(Stored::sequence).containsExactly(0L, 1L, 2L);
        assertThat(events)
                .extracting(Stored::xid)
                .containsOnly(events.getFirst().xid());
        assertThat(events).extracting(event -> event.metadata().get("salt")).doesNotHaveDuplicates();
        assertThat(events)
                .extracting(event -> event.metadata().get("commandId"))
                .containsOnly(events.getFirst().metadata().get("commandId"));
    }

    private record Stored(long sequence, String xid, Map<String, String> metadata) {}

    @Test
    void aReferenceThatIsTakenIsRefusedAndNothingIsStored() {
        here.commands().send(live(), RECORDER);
        long stored = rows();

        assertThatThrownBy(() ->
                        post(here, requests.live(HOME_OFFICE, "2026-04", 3, newReference(), reference), call("k")))
                .isInstanceOf(Refused.DuplicateReference.class);

        assertThat(rows()).isEqualTo(stored);
    }

    @Test
    void ofConcurrentRequestsWithOneReferenceExactlyOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            reference = newReference();
            long stored = here.number("select count(*) from event");
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Boolean>> outcomes = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                Commands commands = (caller % 2 == 0 ? here : elsewhere).commands();
                outcomes.add(threads.submit(() -> {
                    start.await();
                    try {
                        commands.send(requests.live(DWP, "2026-04", 1, newReferenceAnd(reference)), RECORDER);
                        return true;
                    } catch (Refused.DuplicateReference e) {
                        return false;
                    }
                }));
            }
            start.countDown();
            int won = 0;
            for (Future<Boolean> outcome : outcomes) {
                won += outcome.get() ? 1 : 0;
            }
            assertThat(won).isOne();
            assertThat(here.number("select count(*) from event")).isEqualTo(stored + 1);
        }
    }

    private static String[] newReferenceAnd(String shared) {
        return new String[] {newReference(), shared};
    }

    @Test
    void theSameKeyWithTheSameBodyGetsTheFirstAnswerAgain() {
        RecordRequest command = live();

        Answer first = post(here, command, call("key"));
        Answer second = post(elsewhere, live(), call("key"));

        assertThat(first)
                .isEqualTo(new Answer(
                        201, "/requests/" + command.id(), "\"0\"", "0", "recorded".getBytes(StandardCharsets.UTF_8)));
        assertThat(second).isEqualTo(first);
        assertThat(events(command.id())).isOne();
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        post(here, live(), call("key", "body"));
        long stored = rows();

        assertThatThrownBy(() -> post(here, requests.live(DWP, "2026-04", 3, newReference()), call("key", "other")))
                .isInstanceOf(Refused.KeyReused.class);
        assertThat(rows()).isEqualTo(stored);
    }

    @Test
    void anotherCallerOrTargetMayUseTheSameKey() {
        IdempotencyKeys.Call call = call("key");
        post(here, live(), call);
        for (IdempotencyKeys.Call other : List.of(
                new IdempotencyKeys.Call(APPROVER.actor(), call.target(), call.keyHash(), call.bodyHash()),
                new IdempotencyKeys.Call(call.actor(), "POST /other", call.keyHash(), call.bodyHash()))) {
            RecordRequest command = requests.live(DWP, "2026-04", 3, newReference());
            post(here, command, other);
            assertThat(events(command.id())).isOne();
        }
    }

    @Test
    void aConcurrentRepeatWaitsForTheFirst() throws Exception {
        CountDownLatch isInside = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        RecordRequest command = live();
        Future<Answer> first = threads.submit(() -> here.commands()
                .answer(() -> command, RECORDER, call("key"), (Recorded recorded) -> {
                    isInside.countDown();
                    await(mayEnd);
                    return answer(command.id(), recorded);
                }));
        isInside.await();

        Future<Answer> second = threads.submit(() -> post(elsewhere, live(), call("key")));
        assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        mayEnd.countDown();
        assertThat(second.get()).isEqualTo(first.get());
        assertThat(events(command.id())).isOne();
    }

    @Test
    void aConcurrentRepeatOfACallThatFailsTakesItsPlace() throws Exception {
        CountDownLatch isInside = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Future<Answer> first =
                threads.submit(() -> here.commands().answer(this::live, RECORDER, call("key"), (Recorded recorded) -> {
                    isInside.countDown();
                    await(mayEnd);
                    throw new IllegalStateException("the answer cannot be made");
                }));
        isInside.await();
        RecordRequest command = live();
        Future<Answer> second = threads.submit(() -> post(elsewhere, command, call("key")));

        mayEnd.countDown();

        assertThatThrownBy(first::get).hasRootCauseMessage("the answer cannot be made");
        assertThat(second.get().location()).isEqualTo("/requests/" + command.id());
        assertThat(events(command.id())).isOne();
    }

    @Test
    void aRefusedCommandLeavesItsKeyFree() {
        here.commands().send(live(), RECORDER);
        assertThatThrownBy(() -> post(here, live(), call("key", "body")))
                .isInstanceOf(Refused.DuplicateReference.class);

        RecordRequest better = requests.live(DWP, "2026-04", 3, newReference());
        Answer answer = post(here, better, call("key", "better body"));

        assertThat(answer.location()).isEqualTo("/requests/" + better.id());
    }

    @Test
    void oldKeysAreForgottenAndYoungOnesKept() {
        post(here, live(), call("young"));
        post(here, requests.live(DWP, "2026-04", 3, newReference()), call("old"));
        here.jdbc()
                .update(
                        "update idempotency_key set created_at = now() - interval '32 days' where key_mac = ?",
                        keyMac("old"));

        assertThat(here.store().idempotencyKeys().forgetOld()).isOne();
        assertThat(here.number("select count(*) from idempotency_key where key_mac = ?", (Object) keyMac("young")))
                .isOne();
    }

    @Test
    void ofAKeyOnlyAMacIsStored() {
        post(here, live(), call("key"));

        assertThat(here.number("select count(*) from idempotency_key where key_mac = ?", (Object)
                        call("key").keyHash()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 200",
                "location = '/requests/another'",
                "etag = null",
                "ledger_sequence = '9'",
                "body = 'other'",
                "body = null",
                "body_hash = sha256('other')",
                "mac = null",
                "mac = sha256('other')"
            })
    void anAnswerThatSomebodyChangedIsToldToNobody(String change) {
        RecordRequest command = live();
        post(here, command, call("key"));
        here.jdbc().update("update idempotency_key set " + change + " where key_mac = ?", keyMac("key"));

        assertThatThrownBy(() -> post(here, command, call("key"))).isInstanceOf(IdempotencyKeys.Forged.class);
        assertThat(here.commands().failure()).as("health").contains("idempotency_key");
    }

    @Test
    void anAnswerIsNotThatOfAnotherCall() {
        RecordRequest command = live();
        post(here, command, call("key"));
        IdempotencyKeys.Call other = new IdempotencyKeys.Call(
                APPROVER.actor(),
                "POST /other",
                call("key").keyHash(),
                call("key").bodyHash());
        here.jdbc()
                .update(
                        "update idempotency_key set actor = ?, target = ? where key_mac = ?",
                        other.actor(),
                        other.target(),
                        keyMac("key"));

        assertThatThrownBy(() -> post(here, command, other)).isInstanceOf(IdempotencyKeys.Forged.class);
    }

    @Test
    void whatWasAnsweredUnderARetiredKeyIsAnsweredAgain() {
        RecordRequest command = live();
        Answer answer = post(here, command, call("key"));
        byte[] newer = new byte[Authenticity.KEY_BYTES];
        IdempotencyKeys changed = new IdempotencyKeys(here.jdbc(), new Authenticity(List.of(newer, TestLedger.KEY)));

        assertThat(changed.find(call("key"))).isEqualTo(answer);
        assertThat(changed.begin(call("key"))).isEqualTo(answer);
        assertThat(new IdempotencyKeys(here.jdbc(), new Authenticity(List.of(newer))).find(call("key")))
                .as("the retired one is not at hand")
                .isNull();
    }

    /** As whoever has the password may. */
    @Test
    void aLockThatSomebodyKeepsIsWaitedForAMomentOnly() throws Exception {
        try (Connection other = here.store().dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table reference_claim in access exclusive mode");

            assertThatThrownBy(() -> here.commands().send(live(), RECORDER))
                    .isInstanceOfSatisfying(
                            NotYet.class, early -> assertThat(early.what()).isEqualTo(NotYet.What.RECORDED))
                    .hasMessageContaining("lock");
            assertThat(here.commands().failure()).as("health").contains("lock");
            other.rollback();
        }
        here.commands().send(live(), RECORDER);
        assertThat(here.commands().failure()).isNull();
    }

    private byte[] keyMac(String key) {
        return TestLedger.AUTHENTICITY.mac("idempotency-key", call(key).keyHash());
    }

    @Test
    void aCorrectionReleasesTheReferencesItTakesAwayAndClaimsThoseItAdds() {
        RequestId id = recorded();
        String kept = newReference();
        String added = newReference();
        here.commands()
                .send(
                        requests.correct(id, references(List.of(reference), List.of(reference, kept))),
                        anotherApprover());

        here.commands()
                .send(
                        requests.correct(id, references(List.of(kept, reference), List.of(added, kept))),
                        anotherApprover());

        assertThat(here.jdbc()
                        .queryForList(
                                "select reference from reference_claim where request = ?", String.class, id.toString()))
                .containsExactlyInAnyOrder(kept, added);
        here.commands().send(live(), RECORDER);
        for (String taken : List.of(kept, added)) {
            assertThatThrownBy(() -> here.commands().send(requests.live(DWP, "2026-04", 3, taken), RECORDER))
                    .isInstanceOf(Refused.DuplicateReference.class);
        }
    }

    @Test
    void aCorrectionToAReferenceThatIsTakenChangesNothing() {
        RequestId id = recorded();
        String taken = newReference();
        here.commands().send(requests.live(DWP, "2026-04", 3, taken), RECORDER);
        long stored = rows();

        assertThatThrownBy(() -> here.commands()
                        .send(requests.correct(id, references(List.of(reference), List.of(taken))), anotherApprover()))
                .isInstanceOf(Refused.DuplicateReference.class);

        assertThat(rows()).isEqualTo(stored);
        String free = newReference();
        Recorded next = here.commands()
                .send(requests.correct(id, references(List.of(reference), List.of(free))), anotherApprover());
        assertThat(next.sequence()).isOne();
    }

    @Test
    void anAnnulmentFreesReferencesAndContent() {
        RecordRequest first = requests.historic(DWP, "2018-04", 185, reference);
        here.commands().send(first, RECORDER);
        String claims = "select (select count(*) from reference_claim where request = ?)"
                + " + (select count(*) from content_claim where request = ?)";
        assertThat(here.number(claims, first.id().toString(), first.id().toString()))
                .isEqualTo(2);

        here.commands().send(requests.annul(first.id()), anotherApprover());

        assertThat(here.number(claims, first.id().toString(), first.id().toString()))
                .isZero();
        RecordRequest again = requests.historic(DWP, "2018-04", 185, reference);
        here.commands().send(again, RECORDER);
        assertThat(here.number(claims, again.id().toString(), again.id().toString()))
                .isEqualTo(2);
    }

    @Test
    void anAppendThatConflictsIsTriedAgainOnTheTrueState() {
        RequestId id = recorded();
        elsewhere.commands().send(requests.approve(id), APPROVER);

        Recorded recorded = here.commands().send(requests.correct(id, submitted(185, 186)), anotherApprover());

        assertThat(recorded.sequence()).isEqualTo(2);
        assertThat(recorded.state().status()).isEqualTo(Status.APPROVED);
        assertThat(events(id)).isEqualTo(3);
    }

    @Test
    void aRefusalIsDecidedOnTheTrueState() {
        RequestId id = recorded();
        elsewhere.commands().send(requests.approve(id), APPROVER);

        // what is remembered here is not approved yet
        assertThat(here.commands().send(requests.match(id, 20), RECORDER).sequence())
                .isEqualTo(2);
        elsewhere.commands().send(requests.correct(id, submitted(185, 186)), anotherApprover());
        assertThat(here.commands()
                        .send(requests.correct(id, submitted(186, 187)), anotherApprover())
                        .sequence())
                .isEqualTo(4);
    }

    @Test
    void anOldVersionIsRefusedOnTheTrueStateAndTheNewestAccepted() {
        RequestId id = recorded();
        elsewhere.commands().send(requests.approve(id), APPROVER);

        assertThatThrownBy(() -> here.commands().send(ifMatch(requests.match(id, 20), 0), RECORDER))
                .isInstanceOf(Refused.StaleVersion.class);
        elsewhere.commands().send(requests.correct(id, submitted(185, 186)), anotherApprover());
        assertThat(here.commands()
                        .send(ifMatch(requests.match(id, 20), 2), RECORDER)
                        .sequence())
                .isEqualTo(3);
    }

    @Test
    void theSameAgainIsSaidOfTheTrueStateOnly() {
        RequestId id = recorded();
        here.commands().send(requests.approve(id), APPROVER);
        elsewhere
                .commands()
                .send(requests.correct(id, new Change(Field.DECISION_ON, "2026-05", "2026-06")), anotherApprover());

        assertThatThrownBy(() -> here.commands().send(requests.approve(id), APPROVER))
                .isInstanceOf(Refused.Conflict.class);
    }

    @Test
    void theSameAgainUnderAKeyIsSaidOfTheTrueStateOnly() {
        RequestId id = recorded();
        here.commands().send(requests.approve(id), APPROVER);
        elsewhere
                .commands()
                .send(requests.correct(id, new Change(Field.DECISION_ON, "2026-05", "2026-06")), anotherApprover());

        assertThatThrownBy(() -> post(here, requests.approve(id), call("key"))).isInstanceOf(Refused.Conflict.class);
    }

    @Test
    void theSameAgainIsNoEvent() {
        RequestId id = recorded();
        here.commands().send(requests.approve(id), APPROVER);

        assertThat(here.commands().send(requests.approve(id), APPROVER).isChanged())
                .isFalse();
        assertThat(elsewhere.commands().send(requests.approve(id), APPROVER).sequence())
                .isOne();
        assertThat(events(id)).isEqualTo(2);
    }

    @Test
    void twoServersThatApproveAtOnceLeaveOneEvent() throws Exception {
        for (int round = 0; round < 20; round++) {
            reference = newReference();
            RequestId id = recorded();
            elsewhere.commands().send(requests.correct(id, submitted(185, 186)), anotherApprover());
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Recorded>> both = new ArrayList<>();
            for (TestLedger ledger : List.of(here, elsewhere)) {
                both.add(threads.submit(() -> {
                    start.await();
                    return ledger.commands().send(requests.approve(id), APPROVER);
                }));
            }
            start.countDown();
            List<Boolean> changed =
                    List.of(both.get(0).get().isChanged(), both.get(1).get().isChanged());
            assertThat(changed).containsExactlyInAnyOrder(true, false);
            assertThat(events(id)).isEqualTo(3);
        }
    }

    @Test
    void aCommitThatFailsLeavesNothingBehind() {
        long stored = rows();
        RecordRequest command = live();

        assertThatThrownBy(() -> postOnALostConnection(command, call("key"))).isInstanceOf(RuntimeException.class);

        assertThat(rows()).isEqualTo(stored);
        assertThatThrownBy(() -> here.commands().send(requests.approve(command.id()), APPROVER))
                .isInstanceOf(Refused.Unknown.class);
        post(here, command, call("key"));
        assertThat(events(command.id())).isOne();
    }

    @Test
    void afterACommitThatFailedTheNextCommandDecidesOnWhatIsStored() {
        RequestId id = recorded();

        assertThatThrownBy(() -> postOnALostConnection(requests.approve(id), call("key")))
                .isInstanceOf(RuntimeException.class);

        assertThat(events(id)).isOne();
        assertThatThrownBy(() -> here.commands().send(requests.match(id, 20), RECORDER))
                .isInstanceOf(Refused.RuleBroken.class);
        assertThat(here.commands().send(requests.approve(id), APPROVER).sequence())
                .isOne();
    }

    @Test
    void whatNobodyRecordedIsUnknown() {
        assertThatThrownBy(() -> here.commands().send(requests.approve(TestRequests.newId()), APPROVER))
                .isInstanceOf(Refused.Unknown.class);
    }

    @Test
    void requestsOfAFileAreRecordedAllOrNone() {
        String[] free = {newReference(), newReference()};
        List<Commands.BulkRequest> good = List.of(bulk(free[0]), bulk(free[1]));
        here.commands().send(good, RECORDER);
        assertThat(good)
                .allSatisfy(
                        request -> assertThat(events(request.command().id())).isOne());

        long stored = rows();
        List<Commands.BulkRequest> withOneTaken = List.of(bulk(newReference()), bulk(free[1]));
        assertThatThrownBy(() -> here.commands().send(withOneTaken, RECORDER))
                .isInstanceOf(Refused.DuplicateReference.class);
        assertThat(rows()).isEqualTo(stored);
    }

    @Test
    void aFileWithARequestThatBreaksARuleIsRefusedWhole() {
        RecordRequest future = requests.historic(DWP, "2099-01", 1, newReference());
        Commands.BulkRequest broken = new Commands.BulkRequest(future, ContentClaims.digest(future), 0);
        long stored = rows();

        assertThatThrownBy(() -> here.commands().send(List.of(bulk(newReference()), broken), RECORDER))
                .isInstanceOf(Refused.RuleBroken.class);

        assertThat(rows()).isEqualTo(stored);
    }

    @Test
    void filesWithTheSameLinesInAnotherOrderDoNotBlockEachOther() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<String> references = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                references.add(newReference());
            }
            CountDownLatch start = new CountDownLatch(1);
            List<Callable<Boolean>> files = List.of(
                    () -> isRecorded(here, references, start),
                    () -> isRecorded(elsewhere, references.reversed(), start));
            List<Future<Boolean>> outcomes = files.stream().map(threads::submit).toList();
            start.countDown();
            assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get())).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void requestsThatWantEachOthersReferenceDoNotBlockEachOther() throws Exception {
        for (int round = 0; round < 5; round++) {
            String one = newReference();
            String other = newReference();
            RecordRequest first = requests.live(DWP, "2026-04", 1, one);
            RecordRequest second = requests.live(DWP, "2026-04", 1, other);
            here.commands().send(first, RECORDER);
            elsewhere.commands().send(second, RECORDER);
            CountDownLatch start = new CountDownLatch(1);
            List<Callable<Boolean>> swaps = List.of(
                    () -> isReplaced(here, first.id(), one, other, start),
                    () -> isReplaced(elsewhere, second.id(), other, one, start));
            List<Future<Boolean>> outcomes = swaps.stream().map(threads::submit).toList();
            start.countDown();
            assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get())).containsOnly(false);
        }
    }

    private boolean isReplaced(TestLedger ledger, RequestId id, String was, String now, CountDownLatch start)
            throws Exception {
        start.await();
        try {
            ledger.commands().send(requests.correct(id, references(List.of(was), List.of(now))), anotherApprover());
            return true;
        } catch (Refused.DuplicateReference e) {
            return false;
        }
    }

    private boolean isRecorded(TestLedger ledger, List<String> references, CountDownLatch start) throws Exception {
        List<Commands.BulkRequest> file = references.stream().map(this::bulk).toList();
        start.await();
        try {
            ledger.commands().send(file, RECORDER);
            return true;
        } catch (Refused.DuplicateReference e) {
            return false;
        }
    }

    @Test
    void appendedEventsAreCounted() {
        RequestId id = recorded();
        here.commands().send(requests.approve(id), APPROVER);
        here.commands().send(requests.approve(id), APPROVER);
        here.commands().send(List.of(bulk(newReference()), bulk(newReference())), RECORDER);
        assertThatThrownBy(() -> here.commands().send(live(), RECORDER)).isInstanceOf(Refused.class);

        assertThat(here.commands().appended()).isEqualTo(4);
    }

    @Test
    void anOrganisationIsChangedOnTheTrueState() {
        OrganisationCode code = new OrganisationCode("HMRC");
        PutOrganisation first = put(code, "Revenue");
        PutOrganisation second = put(code, "Revenue and Customs");

        assertThat(here.commands().send(first, APPROVER)).isEqualTo(new Organisation.Recorded(true, 0));
        assertThat(here.commands().send(first, APPROVER)).isEqualTo(new Organisation.Recorded(false, 0));
        assertThat(elsewhere.commands().send(second, APPROVER)).isEqualTo(new Organisation.Recorded(false, 1));
        assertThat(here.commands().send(first, APPROVER)).isEqualTo(new Organisation.Recorded(false, 2));
        assertThat(here.organisations().find(code)).contains(first.profile());
    }

    private static PutOrganisation put(OrganisationCode code, String name) {
        return new PutOrganisation(code, new OrganisationProfile(name, Category.OTHER_GOVERNMENT, null), null);
    }

    @Test
    void twoServersThatAddTheSameOrganisationAtOnceBothSucceed() throws Exception {
        for (int round = 0; round < 20; round++) {
            OrganisationCode code = new OrganisationCode("POLICE_" + round);
            PutOrganisation put = put(code, "Police");
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Organisation.Recorded>> isNew = new ArrayList<>();
            for (TestLedger ledger : List.of(here, elsewhere)) {
                isNew.add(threads.submit(() -> {
                    start.await();
                    return ledger.commands().send(put, APPROVER);
                }));
            }
            start.countDown();
            assertThat(List.of(isNew.get(0).get().isNew(), isNew.get(1).get().isNew()))
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void noFailureQuotesWhatWasToBeStored() {
        RequestId id = recorded();
        byte[] salt = new byte[32];

        assertThatThrownBy(
                        () -> here.jdbc().update("""
                                insert into event (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type,
                                    revision, payload, metadata) values ('e', ?, 0, 't', 'r', 't', '1', ?, ?)
                                """, id.toString(), "payload".getBytes(StandardCharsets.UTF_8), salt))
                .rootCause()
                .hasMessageContaining("event_aggregate_id_sequence_key")
                .hasMessageNotContaining(id.toString());
        List<Object[]> batch =
                List.of(new Object[] {"x-" + id, "actor-" + id}, new Object[] {"y-" + id, "actor-" + id});
        assertThatThrownBy(() -> here.jdbc().batchUpdate("insert into actor (name, id) values (?, ?)", batch))
                .satisfies(failure -> assertThat(messages(failure)).doesNotContain(id.toString()));
    }

    /** Of a failure, its causes, and what drivers hang beside them. */
    private static String messages(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void theLedgerIsOpenedOnce() {
        LocalDate first = here.commands().send(new OpenLedger(LocalDate.of(2026, 1, 1)), APPROVER);

        assertThat(elsewhere.commands().send(new OpenLedger(LocalDate.of(2027, 1, 1)), APPROVER))
                .isEqualTo(first)
                .isEqualTo("2026-01-01");
    }

    @Test
    void aKeyIsIntroducedAndRetiredOnce() {
        String name = "name-of-a-log+00000000+";
        here.commands().send(new OpenLedger(LocalDate.of(2026, 1, 1)), APPROVER);

        assertThat(here.commands().send(new IntroduceKey(name + "first"), APPROVER))
                .isTrue();
        assertThat(elsewhere.commands().send(new IntroduceKey(name + "first"), APPROVER))
                .isFalse();
        assertThatThrownBy(() -> elsewhere.commands().send(new RetireKey(name + "first"), APPROVER))
                .isInstanceOf(KeyRefused.class);
        assertThat(elsewhere.commands().send(new IntroduceKey(name + "second"), APPROVER))
                .isTrue();
        assertThat(here.commands().send(new RetireKey(name + "first"), APPROVER))
                .isTrue();
        assertThat(here.commands().send(new RetireKey(name + "first"), APPROVER))
                .isFalse();
        assertThatThrownBy(() -> here.commands().send(new IntroduceKey(name + "first"), APPROVER))
                .isInstanceOf(KeyRefused.class);
    }

    /** What the aggregate, Axon and the database made of an event on its way is what its salt vouches for. */
    @Test
    void everyRowThatACommandAppendedIsGenuine() {
        RequestId id = recorded();
        here.commands().send(requests.approve(id), APPROVER);
        elsewhere.commands().send(requests.match(id, 20), RECORDER);
        here.commands().send(List.of(bulk("GENUINE-1"), bulk("GENUINE-2")), RECORDER);
        here.commands().send(new OpenLedger(LocalDate.of(2026, 1, 1)), APPROVER);

        List<StoredEvent> rows = storedEvents();
        assertThat(rows).hasSizeGreaterThan(6).allSatisfy(row -> {
            assertThat(TestLedger.AUTHENTICITY.isGenuine(row)).isTrue();
            assertThat(Instant.parse(row.recordedAt())).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
            assertThat(new String(row.metadata(), StandardCharsets.US_ASCII))
                    .matches(
                            "\\{\"actor\":\"[^\"]+\",\"commandId\":\"[^\"]+\",\"role\":\"[^\"]+\",\"salt\":\"[^\"]{44}\"}");
        });
        assertThat(rows.stream()
                        .map(row -> new String(row.metadata(), StandardCharsets.US_ASCII).replaceAll(".*salt", "")))
                .as("salts")
                .doesNotHaveDuplicates();
        assertThat(rows.stream().map(StoredEvent::aggregateType).distinct())
                .contains("ledger", "matching-request", "organisation");
    }

    private List<StoredEvent> storedEvents() {
        return here.jdbc()
                .query(
                        "select * from event order by global_index",
                        (row, number) -> new StoredEvent(
                                row.getString("aggregate_type"),
                                row.getString("aggregate_id"),
                                row.getLong("sequence"),
                                row.getString("event_id"),
                                row.getString("recorded_at"),
                                row.getString("type"),
                                Integer.parseInt(row.getString("revision")),
                                row.getBytes("payload"),
                                row.getBytes("metadata")));
    }

    @Test
    void aStoreOpenedAnewReadsWhatAnotherWrote() {
        RequestId id = recorded();
        here.commands().send(requests.approve(id), APPROVER);
        Commands commands = new Commands(
                new LedgerStore(here.store().dataSource(), TestLedger.AUTHENTICITY, TestLedger.AUTHENTICITY, false),
                () -> {},
                () -> null);

        assertThat(commands.send(requests.match(id, 20), RECORDER).sequence()).isEqualTo(2);
    }

    private RecordRequest live() {
        return requests.live(DWP, "2026-04-17", 185, reference);
    }

    private RequestId recorded() {
        RecordRequest command = live();
        here.commands().send(command, RECORDER);
        return command.id();
    }

    private Commands.BulkRequest bulk(String lineReference) {
        RecordRequest command = requests.historic(DWP, "2018-04", 185, lineReference);
        return new Commands.BulkRequest(command, ContentClaims.digest(command), 0);
    }

    private static Change references(List<String> was, List<String> now) {
        return new Change(Field.REFERENCES, was, now);
    }

    private static Change submitted(long was, long now) {
        return new Change(Field.SUBMITTED_INDIVIDUALS, was, now);
    }

    private RecordStage ifMatch(RecordStage command, long sequence) {
        Occasion any = command.occasion();
        return new RecordStage(
                command.id(),
                command.stage(),
                new Occasion(any.today(), any.inception(), any.organisations(), any.agreements(), Set.of(sequence)));
    }

    private IdempotencyKeys.Call call(String key) {
        return call(key, "body");
    }

    private IdempotencyKeys.Call call(String key, String body) {
        // a reference is new in each test, so keys are too
        return new IdempotencyKeys.Call(RECORDER.actor(), "POST /requests", sha256(reference + key), sha256(body));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives a command under a key. */
    private static Answer post(TestLedger ledger, RequestCommand command, IdempotencyKeys.Call call) {
        return ledger.commands()
                .answer(() -> command, RECORDER, call, (Recorded recorded) -> answer(command.id(), recorded));
    }

    /** Gives a command under a key; the database ends the connection before it can be committed. */
    private Answer postOnALostConnection(RequestCommand command, IdempotencyKeys.Call call) {
        return here.commands().answer(() -> command, APPROVER, call, (Recorded recorded) -> {
            Integer backend = here.store().jdbc().queryForObject("select pg_backend_pid()", Integer.class);
            elsewhere.store().jdbc().queryForList("select pg_terminate_backend(?, 5000)", backend);
            return answer(command.id(), recorded);
        });
    }

    private static Answer answer(RequestId id, Recorded recorded) {
        String sequence = Long.toString(recorded.sequence());
        return new Answer(
                201, "/requests/" + id, '"' + sequence + '"', sequence, "recorded".getBytes(StandardCharsets.UTF_8));
    }

    private long events(RequestId id) {
        return here.number("select count(*) from event where aggregate_id = ?", id.toString());
    }

    /** Everything that a command may store. */
    private long rows() {
        return here.number("""
                select (select count(*) from event) + (select count(*) from idempotency_key)
                    + (select count(*) from reference_claim) + (select count(*) from content_claim)
                """);
    }

    private static Map<String, String> metadata(byte[] stored) {
        Map<String, String> metadata = new HashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(CanonicalReader.treeOf(stored)))
                .forEach((name, value) -> metadata.put((String) name, (String) value));
        return metadata;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
