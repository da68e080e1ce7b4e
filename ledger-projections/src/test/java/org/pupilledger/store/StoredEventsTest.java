package org.pupilledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupilledger.TestLedger.RECORDER;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.Superuser;
import org.pupilledger.failure.NotYet;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.publishing.PublishedFiles;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.tlog.NotStored;
import org.pupilledger.vault.Actors;

/** A database that says yes and does something else is not believed. */
@Timeout(60)
class StoredEventsTest {
    /** Takes away or changes a row, as a trigger's function of whoever may do anything. */
    private static final String FUNCTION = """
            create schema evil;
            grant usage on schema evil to public;
            create function evil.none() returns trigger language plpgsql as 'begin return null; end';
            create function evil.payload() returns trigger language plpgsql as
                $$begin new.payload = replace(convert_from(new.payload, 'UTF8'), 'Evil', 'Good')::bytea; return new; end$$;
            create function evil.xid() returns trigger language plpgsql as
                $$begin new.xid = '3'; return new; end$$;
            create function evil.sequence() returns trigger language plpgsql as
                $$begin new.sequence = new.sequence + 1; return new; end$$;
            create function evil.twice() returns trigger language plpgsql as
                $$begin new.event_id = gen_random_uuid(); return new; end$$;
            create function evil.gone() returns trigger language plpgsql security definer
                set session_replication_role = replica as
                $$begin delete from public.event where global_index = new.global_index; return null; end$$;
            create function evil.request() returns trigger language plpgsql as
                $$begin new.request = 'another'; return new; end$$;
            """;

    private static Database database;
    private static TestLedger ledger;
    private static Connection superuser;

    @BeforeAll
    static void open() throws SQLException {
        database = TestDatabase.migrated();
        ledger = new TestLedger(database);
        superuser = Superuser.of(database).connect();
        superuser.setAutoCommit(false);
        execute(FUNCTION);
        ledger.registerOrganisations();
    }

    @AfterAll
    static void close() throws SQLException {
        superuser.close();
        ledger.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute(sql);
            superuser.commit();
        }
    }

    private static PutOrganisation organisation() {
        String code =
                "EVIL_" + UUID.randomUUID().toString().replaceAll("[^a-f]", "").toUpperCase(Locale.ROOT);
        return new PutOrganisation(
                new OrganisationCode(code.substring(0, Math.min(14, code.length()))),
                new OrganisationProfile("Evil Office", Category.POLICE, null),
                null);
    }

    @Test
    void whatIsKeptIsBelievedHoweverOften() throws SQLException {
        long before = events();

        for (int i = 0; i < 20; i++) {
            ledger.commands().send(organisation(), RECORDER);
        }

        assertThat(events()).isEqualTo(before + 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create trigger t before insert on event for each row execute function evil.none()",
                "create trigger t before insert on event for each row execute function evil.payload()",
                "create trigger t before insert on event for each row execute function evil.xid()",
                "create trigger t before insert on event for each row execute function evil.sequence()",
                "create trigger t before insert on event for each row execute function evil.twice()",
                "create trigger t after insert on event for each row execute function evil.gone()",
                "create constraint trigger t after insert on event deferrable initially deferred for each row"
                        + " execute function evil.gone()",
                "create rule r as on insert to event do instead nothing",
                "create rule r as on insert to event do instead update projection set position = position",
                "create trigger t before insert on event for each row when (new.sequence = 0) execute function evil.none()"
            })
    void anEventThatTheDatabaseDoesNotKeepIsRefused(String attack) throws SQLException {
        long before = events();
        execute(attack);
        try {
            assertThatThrownBy(() -> ledger.commands().send(organisation(), RECORDER))
                    .isInstanceOf(NotStored.class)
                    .hasMessageContaining("event");
            assertThat(events()).isEqualTo(before);
            assertThat(ledger.commands().failure()).contains("did not keep");
        } finally {
            execute("drop trigger if exists t on event; drop rule if exists r on event;"
                    + " drop policy if exists p on event; alter table event disable row level security");
        }

        ledger.commands().send(organisation(), RECORDER);

        assertThat(events()).isEqualTo(before + 1);
        assertThat(ledger.commands().failure()).isNull();
    }

    /** Who may read only some rows is told so, instead of taking these for all. */
    @ParameterizedTest
    @ValueSource(
            strings = {"for insert with check (true)", "to ledger_app using (true) with check (true)", "using (false)"})
    void whereAPolicyHidesRowsNothingIsRecorded(String policy) throws SQLException {
        long before = events();
        execute("alter table event enable row level security; create policy p on event " + policy);
        try {
            assertThatThrownBy(() -> ledger.commands().send(organisation(), RECORDER))
                    .isInstanceOfSatisfying(
                            NotYet.class, early -> assertThat(early.what()).isEqualTo(NotYet.What.RECORDED));
            assertThat(ledger.commands().failure()).contains("verify");
        } finally {
            execute("drop policy if exists p on event; alter table event disable row level security");
        }
        assertThat(events()).isEqualTo(before);
    }

    private static long events() throws SQLException {
        try (Statement statement = superuser.createStatement();
                var row = statement.executeQuery("select count(*) from event")) {
            row.next();
            return row.getLong(1);
        } finally {
            superuser.commit();
        }
    }

    @Test
    void anAnswerThatIsNotRememberedIsNotGiven() throws SQLException {
        refused("idempotency_key", "none", "insert", () -> once("begun"));
        refused("idempotency_key", "none", "update", () -> once("completed"));
    }

    private static void once(String key) {
        byte[] hash = new byte[32];
        System.arraycopy(key.getBytes(StandardCharsets.US_ASCII), 0, hash, 0, key.length());
        ledger.commands()
                .once(
                        new IdempotencyKeys.Call("somebody", "POST /nowhere", hash, new byte[32]),
                        () -> new Answer(200, null, null, null, new byte[0]));
    }

    @Test
    void aNameThatIsNotStoredStandsForNobody() throws SQLException {
        refused("actor", "none", "insert", () -> new Actors(ledger.jdbc(), UUID::randomUUID).idOf("new here"));
    }

    @Test
    void aFileThatIsNotStoredIsNotPublished() throws SQLException {
        refused("published_file", "none", "insert", () -> new PublishedFiles(ledger.jdbc()).put(new byte[] {1}));
    }

    @Test
    void aContentThatIsNotClaimedIsNotRecorded() throws SQLException {
        RecordRequest command = new TestRequests(ledger.organisations()).historic(TestLedger.DWP, "2018-04", 185);
        for (String function : List.of("none", "request")) {
            refused(
                    "content_claim",
                    function,
                    "insert",
                    () -> ledger.commands()
                            .send(
                                    List.of(new Commands.BulkRequest(command, ContentClaims.digest(command), 1)),
                                    RECORDER));
        }
        refused(
                "content_claim",
                "none",
                "insert",
                () -> new ContentClaims(ledger.jdbc()).claimIfFree(new byte[32], "a request"));
    }

    @Test
    void aReferenceThatIsNotClaimedIsNotRecorded() throws SQLException {
        TestRequests requests = new TestRequests(ledger.organisations());
        for (String function : List.of("none", "request")) {
            refused(
                    "reference_claim",
                    function,
                    "insert",
                    () -> ledger.commands()
                            .send(requests.live(TestLedger.DWP, "2026-04-17", 185, "2026-0000001"), RECORDER));
        }
    }

    private static void refused(String table, String function, String operation, Runnable action) throws SQLException {
        execute("create trigger t before " + operation + " on " + table + " for each row execute function evil."
                + function + "()");
        try {
            assertThatThrownBy(action::run).isInstanceOf(NotStored.class).hasMessageContaining(table);
        } finally {
            execute("drop trigger t on " + table);
        }
    }
}
