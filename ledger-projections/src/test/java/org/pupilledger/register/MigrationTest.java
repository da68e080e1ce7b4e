package org.pupilledger.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.RECORDER;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Await;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.cluster.Database;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.store.Migrations;
import org.pupilledger.tlog.Entry;
import org.pupilledger.tlog.Processors;
import org.pupilledger.tlog.Projection;
import org.pupilledger.totals.TotalsProjection;
import org.springframework.jdbc.core.JdbcTemplate;

/** A schema that grows keeps what was recorded; what is derived is derived anew where it must be. */
@Timeout(60)
class MigrationTest {
    /** What the register wrote before it knew agreements, in short. */
    private record OldRegister(JdbcTemplate jdbc) implements Projection {
        @Override
        public String name() {
            return RegisterProjection.NAME;
        }

        @Override
        public void fold(List<Entry> entries) {
            for (Entry entry : entries) {
                jdbc.update("""
                        insert into request
                            (id, organisation, received, received_month, status, sequence, first_position, position)
                        values (?, 'DWP', '2026-05', '2026-05', 'RECEIVED', 0, ?, ?)
                        """, entry.leaf().aggregateId(), entry.position(), entry.position());
            }
        }
    }

    @Test
    void aRegisterFromBeforeAgreementsIsFoldedAnew() {
        Database database = TestDatabase.migratedTo("3");
        RecordRequest request;
        try (TestLedger before = new TestLedger(database);
                Processors old = before.processors(
                        List.of(new TotalsProjection(before.jdbc()), new OldRegister(before.jdbc())))) {
            before.sequencer().start();
            old.start();
            before.registerOrganisations();
            request = new TestRequests(before.organisations()).live(DWP, "2026-05", 12, "2026-0000001");
            before.commands().send(request, RECORDER);
            Await.until("all is folded in", () -> old.position() >= 2);
        }

        Migrations.run(database);

        try (TestLedger after = new TestLedger(database)) {
            after.start();
            after.awaitFolded();
            assertThat(after.number("select count(*) from request")).isEqualTo(1);
            assertThat(after.number(
                            "select individuals_submitted from request where id = ?",
                            request.id().toString()))
                    .isEqualTo(12);
            assertThat(new Register(after.jdbc()).request(request.id().toString()))
                    .hasValueSatisfying(found -> assertThat(found.state().ask()).isEqualTo(request.ask()));
            assertThat(new Register(after.jdbc()).profiles()).containsKey(DWP);
        }
    }
}
