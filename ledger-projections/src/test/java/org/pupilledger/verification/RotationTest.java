package org.pupilledger.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Await;
import org.pupilledger.benchmark.GenuineEvents;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.keys.LogKey;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.NoteSigner;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealer;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;

/** A log whose keys changed: who knows one of them can verify all of it. */
@Timeout(60)
class RotationTest {
    @Test
    void anyKeyThatSignedVouchesForTheOthersBeforeAndAfter() throws Exception {
        try (SmallLedger ledger = new SmallLedger()) {
            ledger.append(300);
            ledger.seal();
            VerifierKey first = ledger.log().firstKey();
            LogKey.create(LogKeys.next(ledger.files().keyFile()));
            LogIdentity both = LogIdentity.open(ledger.files(), false, null);
            VerifierKey second = both.keys().verifierKeys(both.origin()).getLast();

            append(ledger, 2, new LedgerEvent.KeyIntroduced(second.toString()));
            seal(ledger, both, 301);
            append(ledger, 3, new LedgerEvent.KeyRetired(first.toString()));
            seal(ledger, both, 302);
            ledger.append(10);
            seal(ledger, both, 312);

            // the public checkpoint is still that of before
            LogReader reader = new LogReader(ledger.pool());
            assertThat(reader.ofPublic().orElseThrow().size()).isEqualTo(300);
            assertThat(reader.shownKeys()).containsExactlyInAnyOrder(first, second);
            assertThat(reader.signingKeys()).containsExactly(second);
            assertThat(LogKeys.finishChange(ledger.files().keyFile(), reader.signingKeys()))
                    .isTrue();
            assertThat(LogIdentity.open(ledger.files(), false, null).firstKey()).isEqualTo(second);
            assertThat(LogKeys.finishChange(ledger.files().keyFile(), reader.signingKeys()))
                    .as("again")
                    .isFalse();

            for (VerifierKey pinned : List.of(first, second)) {
                LogVerifier verifier = new LogVerifier(both.origin(), List.of(pinned));
                Report report = new DatabaseVerification(
                                ledger.pool(), verifier, ledger.journal(), EventKeys.of(both.keys()))
                        .holding(List.of(ledger.note(300), ledger.note(301), ledger.note(312)))
                        .run((done, of, state) -> {});
                assertThat(report).as("%s", pinned).isEqualTo(new Report(312, 312, 0, true, List.of()));
            }
            assertThat(Files.exists(ledger.files().keyFile())).isTrue();
        }
    }

    /** A busy machine seals the opening of a ledger by itself, and the key is the next entry. */
    @Test
    void theFirstKeyIsShownForTheTimeBeforeItIsIntroduced() throws Exception {
        try (SmallLedger ledger = new SmallLedger()) {
            ledger.append(1);
            seal(ledger, ledger.log(), 1);
            LogReader reader = new LogReader(ledger.pool());
            assertThat(reader.ofPublic().orElseThrow().size()).isEqualTo(1);
            assertThat(reader.shownKeys()).as("there is no key to show").isEmpty();

            ledger.append(1);
            seal(ledger, ledger.log(), 2);

            // the public checkpoint is still that of one entry
            assertThat(reader.ofPublic().orElseThrow().size()).isEqualTo(1);
            assertThat(reader.shownKeys()).containsExactly(ledger.log().firstKey());
        }
    }

    /** Whoever put the retired key away cannot tell who appended what under it; all that came later is told. */
    @Test
    void eventsUnderARetiredKeyThatIsNotAtHandAreNotCheckedAndLaterOnesAre() throws Exception {
        try (SmallLedger ledger = new SmallLedger()) {
            ledger.append(30);
            ledger.seal();
            LogKey.create(LogKeys.next(ledger.files().keyFile()));
            LogIdentity both = LogIdentity.open(ledger.files(), false, null);
            VerifierKey first = ledger.log().firstKey();
            VerifierKey second = both.keys().verifierKeys(both.origin()).getLast();
            append(ledger, 2, new LedgerEvent.KeyIntroduced(second.toString()));
            seal(ledger, both, 31);
            append(ledger, 3, new LedgerEvent.KeyRetired(first.toString()));
            seal(ledger, both, 32);
            LogKeys.finishChange(ledger.files().keyFile(), List.of(second));
            EventKeys all = EventKeys.of(LogKeys.loadAll(ledger.files().keyFile()));
            Path retired = ledger.files().keyFile().resolveSibling("key.pem.retired");
            assertThat(Files.readAllBytes(retired)).isNotEmpty();
            Files.delete(retired);
            EventKeys left = EventKeys.of(LogKeys.loadAll(ledger.files().keyFile()));
            try (Connection connection = ledger.pool().getConnection();
                    GenuineEvents rows = new GenuineEvents(connection, left.authenticity())) {
                rows.add("pear", "later", 0, "grown", 1, "{}".getBytes(StandardCharsets.US_ASCII));
            }
            seal(ledger, both, 33);

            assertThat(verified(ledger, all)).isEqualTo(new Report(33, 33, 0, true, List.of()));
            assertThat(verified(ledger, left))
                    .as("up to and with the retirement")
                    .isEqualTo(new Report(33, 33, 0, true, 32, List.of(), List.of()));

            // by whoever has the retired key only, on a program that still believes it
            ledger.append(2);
            seal(ledger, both, 35);
            assertThat(verified(ledger, left).breaks())
                    .extracting(found -> found.kind() + " " + found.position())
                    .containsExactly("FORGED 33", "FORGED 34");
        }
    }

    private static Report verified(SmallLedger ledger, EventKeys keys) {
        return new DatabaseVerification(ledger.pool(), ledger.verifier(), ledger.journal(), keys)
                .run((done, of, state) -> {});
    }

    @Test
    void aKeyThatNoCheckpointVouchesForSignsNothing() throws Exception {
        try (SmallLedger ledger = new SmallLedger();
                SmallLedger attacker = new SmallLedger()) {
            ledger.append(300);
            ledger.seal();
            VerifierKey own = attacker.log().firstKey();
            append(ledger, 2, new LedgerEvent.KeyIntroduced(own.toString()));
            ledger.sequence();
            // the right tree, the right origin, but a key that nobody who was trusted before has signed for
            attacker.tamper("select 1");
            GrowingTree tree = new GrowingTree((level, number, hashes) -> {});
            ledger.jdbc()
                    .queryForList("select leaf_hash from ledger_entry order by position", byte[].class)
                    .forEach(tree::append);
            Checkpoint checkpoint = new Checkpoint(own.name(), tree.size(), tree.root(), List.of());
            byte[] note = new SignedNote(
                            checkpoint.text(),
                            List.of(new NoteSigner(
                                            own,
                                            LogKey.load(attacker.files().keyFile())
                                                    .privateKey())
                                    .sign(checkpoint.text())))
                    .bytes();
            ledger.jdbc().update("insert into checkpoint (size, note) values (?, ?)", tree.size(), note);

            Report report = ledger.verification(null).run((done, of, state) -> {});

            assertThat(report.breaks()).extracting(Break::kind).containsExactly(Kind.FORGED);
            assertThat(report.breaks().getFirst().position()).isEqualTo(300);
        }
    }

    private static void append(SmallLedger ledger, long sequence, LedgerEvent event) throws SQLException {
        try (Connection connection = ledger.pool().getConnection();
                GenuineEvents rows = new GenuineEvents(connection, ledger.authenticity())) {
            rows.add("ledger", "ledger", sequence, event);
        }
    }

    private static void seal(SmallLedger ledger, LogIdentity log, long size) throws SQLException {
        try (Sealer sealer = new Sealer(
                        ledger.sequencingPool(),
                        log,
                        log.keys().authenticity(),
                        ledger.files(),
                        Clock.systemUTC(),
                        Duration.ofDays(1));
                Sequencer sequencer =
                        new Sequencer(ledger.sequencingPool(), log.keys().authenticity(), sealer)) {
            sealer.open();
            sequencer.start();
            Await.until("all are sealed", () -> sequencer.sealed() >= size - 1);
        }
    }
}
