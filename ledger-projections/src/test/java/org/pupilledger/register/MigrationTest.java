package org.pupilledger.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;
import static org.pupilledger.TestLedger.RECORDER;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Map;
import java.util.Objects;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.cluster.Database;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Tally;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.store.Migrations;
import org.pupilledger.totals.FiguresReader;
import org.pupilledger.totals.TotalsProjection;
import org.pupilledger.values.Why;

/** A schema that grows keeps what was recorded; what is derived is derived anew where it must be. */
@Timeout(60)
class MigrationTest {
    /** Of the request: two organisations were registered before. */
    private static final long POSITION = 2;

    /** Columns of the totals before copies. */
    private static final int MEASURES_THEN = 42;

    /** A ledger of an older program: a request is recorded and sealed, and one statement each says what it folded. */
    private static RecordRequest recordedBefore(Database database, String... folded) throws SQLException {
        // this program seals in the old one's place, and its sequencer writes a MAC
        alterSequencer(database, "add column mac bytea");
        RecordRequest request = recorded(database, folded);
        alterSequencer(database, "drop column mac");
        return request;
    }

    private static void alterSequencer(Database database, String how) throws SQLException {
        try (Connection owner = database.owner().connect();
                Statement statement = owner.createStatement()) {
            statement.execute("alter table sequencer " + how);
        }
    }

    private static RecordRequest recorded(Database database, String... folded) {
        try (TestLedger before = new TestLedger(database)) {
            before.sequencer().start();
            before.registerOrganisations();
            RecordRequest request = new TestRequests(before.organisations()).live(DWP, "2026-05", 12, "2026-0000001");
            before.commands().send(request, RECORDER);
            before.awaitSealed();
            for (String statement : folded) {
                before.jdbc().update(statement.replace("<request>", "'" + request.id() + "'"));
            }
            before.jdbc().update("update projection set position = ?", POSITION);
            for (String processor : new String[] {"totals", "register"}) {
                before.projected()
                        .transactions()
                        .executeInTransaction(() -> before.projected()
                                .tokens("test")
                                .initializeTokenSegments(processor, 1, new GlobalSequenceTrackingToken(POSITION)));
            }
            return request;
        }
    }

    @Test
    void aRegisterFromBeforeAgreementsIsFoldedAnew() throws SQLException {
        Database database = TestDatabase.migratedTo("3");
        RecordRequest request = recordedBefore(database, """
                insert into request (id, organisation, received, received_month, status, sequence, first_position, position)
                values (<request>, 'DWP', '2026-05', '2026-05', 'RECEIVED', 0, 2, 2)
                """);

        Migrations.run(database);

        try (TestLedger after = new TestLedger(database)) {
            after.start();
            after.awaitFolded();
            assertThat(after.number("select count(*) from request")).isEqualTo(1);
            assertThat(after.number(
                            "select individuals_submitted from request where id = ?",
                            request.id().toString()))
                    .isEqualTo(12);
            assertThat(new Register(after.jdbc(), () -> Long.MAX_VALUE)
                            .request(request.id().toString()))
                    .hasValueSatisfying(found -> assertThat(found.state().ask()).isEqualTo(request.ask()));
            assertThat(new Register(after.jdbc(), () -> Long.MAX_VALUE).profiles())
                    .containsKey(DWP);
        }
    }

    @Test
    void whatWasFoldedBeforeThereWereCopiesGoesOnToServe() throws SQLException {
        Database database = TestDatabase.migratedTo("5");
        String zeros = ", 0".repeat(MEASURES_THEN - 1);
        RecordRequest request = recordedBefore(
                database,
                "insert into monthly_total values ('2026-05', 'DWP', 7" + zeros + ")",
                "insert into total_organisation values ('DWP', 'OTHER_GOVERNMENT')",
                "insert into organisation values ('DWP', 'Work and Pensions', 'OTHER_GOVERNMENT', null, 0, 0)",
                """
                insert into request (id, organisation, received, received_month, status, sequence, first_position, position)
                values (<request>, 'DWP', '2026-05', '2026-05', 'RECEIVED', 0, 2, 2)
                """,
                "insert into request_reference values ('2026-0000001', <request>)",
                "insert into registered values ('an agreement', 'agreement', 1)");

        Migrations.run(database);
        // as though what was folded had meant the same
        try (Connection owner = database.owner().connect();
                Statement statement = owner.createStatement()) {
            statement.execute("update projection set version = " + TotalsProjection.VERSION + " where name = 'totals'");
        }

        try (TestLedger after = new TestLedger(database)) {
            after.start();
            after.commands()
                    .send(new TestRequests(after.organisations()).live(DWP, "2026-05", 5, "2026-0000002"), RECORDER);
            after.awaitFolded();

            Map<Delta.Key, Tally> months = new FiguresReader(after.jdbc(), after.entries(), Clock.systemUTC())
                    .current()
                    .totals()
                    .months();
            YearMonth may = YearMonth.parse("2026-05");
            assertThat(Objects.requireNonNull(months.get(new Delta.Key(may, DWP, Why.UNTOLD)))
                            .get(Measure.REQUESTS_RECEIVED))
                    .as("folded before it was told why")
                    .isEqualTo(7);
            assertThat(Objects.requireNonNull(
                            months.get(new Delta.Key(may, DWP, request.ask().why()))))
                    .isEqualTo(new Tally()
                            .add(Measure.REQUESTS_RECEIVED, 1)
                            .add(Measure.REQUESTS_OPEN, 1)
                            .add(Measure.INDIVIDUALS_SUBMITTED, 5));
            Register register = new Register(after.jdbc(), () -> Long.MAX_VALUE);
            assertThat(register.organisation(DWP))
                    .hasValueSatisfying(
                            found -> assertThat(found.profile().name()).isEqualTo("Work and Pensions"));
            assertThat(register.organisation(HOME_OFFICE)).as("was not folded").isEmpty();
            assertThat(register.requests(Filters.filter("2026-0000001", null, null), 10, -1)
                            .items())
                    .extracting(Register.Registered::id)
                    .containsExactly(request.id().toString());
            assertThat(after.number("select sum(copy) + count(*) from registered"))
                    .isEqualTo(1);
            assertThat(after.number("select version from projection where name = 'register'"))
                    .as("its fold was at fault, so the next server rebuilds it")
                    .isLessThan(RegisterProjection.VERSION);
        }
    }
}
