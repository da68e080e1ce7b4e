package org.pupilledger.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.verdict.Break.Kind;

/** So many entries that a tile of the second level is full. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LargeTreeTest {
    private static final long ENTRIES = 66_000;

    private SmallLedger ledger;
    private final List<VerificationState> states = new ArrayList<>();

    @BeforeAll
    void build() throws SQLException {
        ledger = new SmallLedger();
        ledger.append(40_000);
        ledger.seal();
        ledger.append(ENTRIES - 40_000);
        ledger.seal();
    }

    @AfterAll
    void close() throws SQLException {
        ledger.close();
    }

    private void assertOnly(Report report, Kind kind, long position) {
        assertThat(report.breaks().stream().map(it -> it.kind() + " at " + it.position()))
                .as("%s", report)
                .containsExactly(kind + " at " + position);
    }

    @Test
    @Order(1)
    void nothingIsFoundWhereNothingWasDone() {
        Report report = ledger.verification().run((done, of, state) -> states.add(state.get()));

        assertThat(report).isEqualTo(new Report(ENTRIES, ENTRIES, 0, true, List.of()));
        assertThat(states).hasSizeGreaterThan(5);
    }

    /** Nor of hashing: both would take room on disk that grows with the ledger. */
    @Test
    @Order(1)
    void rowsComeInOrderWithoutSorting() throws SQLException {
        try (Snapshot snapshot = Snapshot.take(ledger.pool())) {
            String plan = String.join(
                    "\n", snapshot.rows("explain " + EntryRows.BY_POSITION.replace("?", "0"), row -> row.getString(1)));

            assertThat(plan).contains("Index Scan").doesNotContain("Sort", "Hash", "Seq Scan");
        }
    }

    @Test
    @Order(2)
    void aRunGoesOnFromAnywhere() {
        for (VerificationState state : states) {
            Report report = ledger.verification().resuming(state).run((done, of, next) -> {});
            assertThat(report).isEqualTo(new Report(ENTRIES, ENTRIES, 0, true, List.of()));
        }
    }

    @Test
    @Order(3)
    void aTileAboveOthersIsComparedWithThem() throws SQLException {
        String flip = "update tile set hashes = set_byte(hashes, 100, get_byte(hashes, 100) # 1) where level = 1";
        ledger.tamper(flip);
        assertOnly(ledger.verify(), Kind.CHANGED, 0);
        ledger.tamper(flip);

        ledger.tamper("update tile set level = 2 where level = 1");
        assertOnly(ledger.verify(), Kind.CHANGED, 0);
        ledger.tamper("update tile set level = 1 where level = 2");

        ledger.tamper(
                "create table away as select * from tile where level = 1",
                "grant all on away to public",
                "delete from tile where level = 1");
        assertOnly(ledger.verify(), Kind.MISSING, 0);
        ledger.tamper("insert into tile select * from away");
        assertThat(ledger.verify().breaks()).isEmpty();
    }

    @Test
    @Order(4)
    void entriesFarApartThatChangedPlacesAreFound() throws SQLException {
        String swap =
                "update ledger_entry set position = case position when 70 then -1 when 65700 then -2 else position end"
                        + " where position in (70, 65700)";
        ledger.tamper(
                "alter table ledger_entry drop constraint ledger_entry_position_check",
                swap,
                "update ledger_entry set position = case position when -1 then 65700 else 70 end where position < 0");

        Report report = ledger.verify();

        assertThat(report.breaks().stream().map(it -> it.kind() + " at " + it.position()))
                .containsExactly("REORDERED at 70", "REORDERED at 65700");
    }
}
