package org.pupilledger.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.pupilledger.files.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a cluster: {@code passwords.json} and {@code data}, PostgreSQL's own directory with roles and database. It is
 * built under another name, and the rename is the mark that it is complete.
 */
final class NewCluster {

    private static final Logger log = LoggerFactory.getLogger(NewCluster.class);

    static final String DATABASE = "ledger";
    static final String SUPERUSER = "postgres";
    static final String OWNER = "ledger_owner";
    static final String APP = "ledger_app";

    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
    private static final Duration ROLES_LIMIT = Duration.ofMinutes(1);
    private static final String HALF = "cluster.half-";

    private NewCluster() {}

    static void create(Programs programs, Path cluster, Durability durability) throws IOException {
        Path parent = cluster.resolveSibling("");
        Path half = Files.createTempDirectory(parent, HALF, PrivateFiles.DIRECTORY_MODE);
        Passwords passwords = Passwords.generate(new SecureRandom());
        passwords.write(half.resolve("passwords.json"));
        initialise(programs, half, passwords, durability);
        createRoles(programs, half.resolve("data"), passwords);
        PrivateFiles.force(half);
        PrivateFiles.moveInto(half, cluster);
    }

    /** What a killed start left half-made. Its initdb may still be writing there; then a later start deletes it. */
    static void deleteLeftovers(Path parent) throws IOException {
        for (Path leftover : PrivateFiles.list(parent, HALF)) {
            try {
                PrivateFiles.deleteTree(leftover);
            } catch (IOException | UncheckedIOException e) {
                // a start that was killed may still be writing there
                log.info("{} is left to a later start: {}", leftover, e.toString());
            }
        }
    }

    static String createDatabase(String name) {
        return String.format(Locale.ROOT, "create database %s owner %s", name, OWNER);
    }

    /** By default everybody may connect and make temporary tables. */
    static List<String> restrictDatabase(String name) {
        return List.of(
                String.format(Locale.ROOT, "revoke all on database %s from public", name),
                String.format(Locale.ROOT, "grant connect on database %s to %s", name, APP));
    }

    private static void initialise(Programs programs, Path half, Passwords passwords, Durability durability)
            throws IOException {
        Path passwordFile = half.resolve("superuser");
        PrivateFiles.replace(passwordFile, passwords.superuser().getBytes(UTF_8));
        List<String> arguments = List.of(
                "--pgdata=" + half.resolve("data"),
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth-host=scram-sha-256",
                "--auth-local=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                durability.initdbOption());
        programs.run("initdb", INITDB_LIMIT, "", arguments).requireSuccess();
        Files.delete(passwordFile);
    }

    /**
     * In single-user mode, one statement a line on standard input: no password on a command line, no port, no server
     * to leave behind.
     */
    private static void createRoles(Programs programs, Path data, Passwords passwords) throws IOException {
        List<String> arguments = List.of(
                "--single",
                "-D",
                data.toString(),
                "-c",
                "exit_on_error=on",
                "-c",
                "log_min_error_statement=panic",
                SUPERUSER);
        String sql = String.join(
                "\n",
                String.format(Locale.ROOT, "create role %s login password '%s'", OWNER, passwords.owner()),
                String.format(Locale.ROOT, "create role %s login password '%s'", APP, passwords.app()),
                // An error's text may quote what a person typed, so the sessions' errors go to the caller only.
                String.format(Locale.ROOT, "alter role %s set log_min_messages = 'log'", OWNER),
                String.format(Locale.ROOT, "alter role %s set log_min_messages = 'log'", APP),
                createDatabase(DATABASE),
                String.join("\n", restrictDatabase(DATABASE)),
                "");
        programs.run("postgres", ROLES_LIMIT, sql, arguments).requireSuccess();
    }
}
