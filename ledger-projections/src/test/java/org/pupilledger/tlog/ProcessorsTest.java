package org.pupilledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.TestLedger.APPROVER;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;
import static org.pupilledger.TestLedger.RECORDER;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Await;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.codes.Status;
import org.pupilledger.entries.Entry;
import org.pupilledger.register.Filters;
import org.pupilledger.register.Register;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestCommand.RecordRequest;

@Timeout(120)
class ProcessorsTest {
    private TestLedger ledger;
    private TestRequests requests;

    @BeforeEach
    void open() {
        ledger = TestLedger.started();
        requests = new TestRequests(ledger.organisations());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void totalsAndRegisterFollowWhatIsCommitted() {
        RecordRequest request = recorded("2026-0000001");
        ledger.commands().send(requests.approve(request.id()), APPROVER);
        ledger.commands().send(requests.match(request.id(), 20), RECORDER);
        ledger.commands()
                .send(requests.correct(request.id(), new Change(Field.ORGANISATION, "DWP", "HOME_OFFICE")), APPROVER);
        ledger.awaitFolded();

        assertThat(ledger.number("select individuals_matched from monthly_total where organisation = 'HOME_OFFICE'"))
                .isEqualTo(20);
        assertThat(ledger.number(
                        "select coalesce(sum(individuals_submitted), 0) from monthly_total where organisation = 'DWP'"))
                .isZero();
        assertThat(register().request(request.id().toString())).hasValueSatisfying(registered -> {
            assertThat(registered.sequence()).isEqualTo(3);
            assertThat(registered.position()).isEqualTo(5);
            assertThat(registered.state().status()).isEqualTo(Status.MATCHED);
        });
        assertThat(register()
                        .requests(Filters.filter("2026-0000001", HOME_OFFICE, Status.MATCHED), 10, -1)
                        .items())
                .extracting(Register.Registered::id)
                .containsExactly(request.id().toString());
        assertThat(ledger.processors().failures()).isEmpty();
    }

    @Test
    void anEventThatCannotBeReadStopsEveryProjectionBeforeIt() {
        staysBefore(() -> appendUnreadable("no-such-event"));
    }

    @Test
    void anEntryThatNobodySequencedIsNeverSealedAndStopsTheSequencer() {
        recorded("2026-0000001");
        ledger.awaitFolded();
        long before = ledger.processors().position();
        String folded = tables();

        ledger.jdbc().update("""
                insert into ledger_entry (position, global_index, xid, leaf_bytes, leaf_hash)
                select max(position) + 1, -1, '1', '{}', sha256('{}') from ledger_entry
                """);
        recorded("2026-0000002");
        Await.until("it stops", () -> ledger.sequencer().failure() != null);

        assertThat(ledger.sequencer().failure())
                .isEqualTo("the tree has " + (before + 1) + " leaves, but the newest position is " + (before + 1));
        assertThat(ledger.entries().head()).isEqualTo(before);
        assertThat(tables()).isEqualTo(folded);
    }

    private void staysBefore(Runnable poison) {
        recorded("2026-0000001");
        ledger.awaitFolded();
        long before = ledger.processors().position();
        String folded = tables();

        poison.run();
        recorded("2026-0000002");
        Await.until("the event has a position", () -> ledger.entries().head() == before + 2);

        for (int look = 0; look < 20; look++) {
            Await.until("both are named", () -> ledger.processors().failures().size() == 2);
            Await.pause(50);
            assertThat(ledger.processors().failures().values())
                    .allSatisfy(reason -> assertThat(reason)
                            .contains("stuck after position " + before)
                            .doesNotContain("no-such-event"));
            assertThat(ledger.processors().positions())
                    .containsOnlyKeys("totals", "register")
                    .containsValue(before);
        }
        assertThat(tables()).isEqualTo(folded);
        assertThat(ledger.sequencer().failure()).isNull();
    }

    @Test
    void aRestartDoesNotGetPastAnEventThatCannotBeRead() {
        ledger.awaitFolded();
        long before = ledger.processors().position();
        appendUnreadable("no-such-event");
        Await.until("it stops", () -> ledger.processors().failures().size() == 2);
        ledger.processors().close();

        Recorder recorder = new Recorder("totals");
        recorder.failsAt = before + 1;
        try (Processors restarted = ledger.processors(List.of(recorder))) {
            restarted.start();
            Await.until(
                    "it stops again",
                    () -> restarted.failures().values().stream()
                            .anyMatch(reason -> reason.contains("stuck after position " + before)));
            assertThat(recorder.folded).isEmpty();
        }
    }

    @Test
    void aProjectionGoesOnOnceItCanFoldAndFoldsEachEntryOnce() {
        Recorder recorder = recorderAt(-1);
        recorder.failsAt = 30;
        try (Processors processors = ledger.processors(List.of(recorder))) {
            processors.start();
            for (int i = 0; i < 100; i++) {
                recorded("2026-%07d".formatted(i));
            }
            Await.until("it stops", () -> !processors.failures().isEmpty());
            assertThat(recorder.position()).isLessThan(30);
            Await.pause(200);
            assertThat(processors.failures()).containsOnlyKeys("recorder");

            recorder.failsAt = -1;
            Await.until("it goes on", () -> recorder.position() == 101);
            Await.until("nothing is wrong any more", () -> processors.failures().isEmpty());
        }
        assertThat(recorder.committed()).containsExactlyElementsOf(positions(102));
    }

    @Test
    void aRestartNeitherLosesNorRepeats() {
        Recorder recorder = recorderAt(-1);
        for (int round = 0; round < 5; round++) {
            try (Processors processors = ledger.processors(List.of(recorder))) {
                processors.start();
                for (int i = 0; i < 40; i++) {
                    recorded("2026-%07d".formatted(round * 40 + i));
                }
            }
        }
        try (Processors processors = ledger.processors(List.of(recorder))) {
            processors.start();
            Await.until("all folded in", () -> recorder.position() == 201);
        }
        assertThat(recorder.committed()).containsExactlyElementsOf(positions(202));
    }

    @Test
    void aPositionThatDisagreesWithTheTokenStopsTheProjection() {
        recorded("2026-0000001");
        ledger.awaitFolded();
        ledger.processors().close();
        ledger.jdbc().update("update projection set position = position - 1 where name = 'totals'");
        recorded("2026-0000002");

        Recorder recorder = new Recorder("totals");
        try (Processors processors = ledger.processors(List.of(recorder))) {
            processors.start();
            Await.until(
                    "it stops",
                    () -> processors.failures().getOrDefault("totals", "").contains("stuck"));
            Await.pause(500);
            assertThat(processors.failures()).containsKey("totals");
            assertThat(recorder.folded).isEmpty();
        }
    }

    @Test
    void aLedgerThatNobodyFoldsIsNamed() {
        ledger.processors().close();

        assertThat(ledger.processors().failures()).containsOnlyKeys("totals", "register");
    }

    @Test
    void noClassReadsThroughTheTokenThatLosesEvents() throws Exception {
        byte[] name = "GapAwareTrackingToken".getBytes(StandardCharsets.UTF_8);
        String searched = new String(name, StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(Path.of("target", "classes"))) {
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(classes)
                    .hasSizeGreaterThan(50)
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(searched));
        }
    }

    private RecordRequest recorded(String reference) {
        RecordRequest request = requests.live(DWP, "2026-04-17", 185, reference);
        ledger.commands().send(request, RECORDER);
        return request;
    }

    private Register register() {
        return new Register(ledger.jdbc(), () -> Long.MAX_VALUE);
    }

    /** An event that another version of the program might have written. */
    private void appendUnreadable(String type) {
        ledger.append("matching-request", "2026-04-17T09:00:00Z", type, "{}".getBytes(StandardCharsets.US_ASCII));
        ledger.sequencer().wake();
    }

    private String tables() {
        return ledger.jdbc().queryForList("select * from monthly_total order by period, organisation")
                + " "
                + ledger.jdbc().queryForList("select * from request order by id");
    }

    private static List<Long> positions(long count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private Recorder recorderAt(long position) {
        ledger.jdbc().update("insert into projection values ('recorder', ?)", position);
        return new Recorder("recorder");
    }

    /** Remembers what it folded, in memory and, with the transaction, in the database. */
    private final class Recorder implements Projection {
        private final String name;
        private final List<Long> folded = new CopyOnWriteArrayList<>();
        private volatile long failsAt = -1;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public Kept kept() {
            return new Kept(name, 1, List.of());
        }

        @Override
        public void fold(Copy copy, List<Entry> entries) {
            for (Entry entry : entries) {
                if (entry.position() == failsAt) {
                    throw new IllegalStateException("cannot fold");
                }
                // a repeat would break the primary key, a rolled back batch leaves nothing
                ledger.projected()
                        .jdbc()
                        .update(
                                "insert into request_reference values (?, 'recorder')",
                                Long.toString(entry.position()));
            }
            entries.forEach(entry -> folded.add(entry.position()));
        }

        long position() {
            return ledger.number("select position from projection where name = ?", name);
        }

        List<Long> committed() {
            return ledger.jdbc().query("""
                            select reference::bigint from request_reference where request = 'recorder' order by 1
                            """, (row, number) -> row.getLong(1));
        }
    }
}
