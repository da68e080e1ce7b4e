package org.pupilledger.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
    static final String SEQUENCER = "ledger_sequencer";

    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
    private static final Duration ROLES_LIMIT = Duration.ofMinutes(1);
    private static final String HALF = "cluster.half-";

    /** Nothing that a shell still expands between double quotes. */
    private static final Predicate<String> SAFE_FOR_SHELL =
            Pattern.compile("[^$`\"\\\\\\p{Cntrl}]*").asMatchPredicate();

    private NewCluster() {}

    static void create(Programs programs, Path cluster, Durability durability) throws IOException {
        Path parent = cluster.resolveSibling("");
        Path half = Files.createTempDirectory(parent, HALF, PrivateFiles.DIRECTORY_MODE);
        Passwords passwords = Passwords.generate(new SecureRandom());
        passwords.write(passwordFile(half));
        initialise(programs, half, passwords, durability);
        createRoles(programs, half.resolve("data"), passwords);
        PrivateFiles.force(half);
        PrivateFiles.moveInto(half, cluster);
    }

    /** The passwords of a cluster, whose server does not run; makes the sequencer's role where an older program did not. */
    static Passwords passwords(Programs programs, Path cluster) throws IOException {
        Passwords passwords = Passwords.read(passwordFile(cluster));
        if (passwords.sequencer() != null) {
            return passwords;
        }
        Passwords complete = passwords.withSequencer(new SecureRandom());
        // may have been done before, with a password that was not written down
        String make = "do 'begin if not exists (select from pg_roles where rolname = ''" + SEQUENCER
                + "'') then create role " + SEQUENCER + "; end if; end'";
        String usable = "alter role " + SEQUENCER + " login password '" + complete.sequencer() + "'";
        runAlone(
                programs,
                cluster.resolve("data"),
                List.of(make, usable, quietLog(SEQUENCER), mayConnect(DATABASE, SEQUENCER)));
        complete.write(passwordFile(cluster));
        return complete;
    }

    private static Path passwordFile(Path cluster) {
        return cluster.resolve("passwords.json");
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
        return "create database " + name + " owner " + OWNER;
    }

    /** By default everybody may connect and make temporary tables. */
    static List<String> restrictDatabase(String name) {
        return List.of(
                "revoke all on database " + name + " from public", mayConnect(name, APP), mayConnect(name, SEQUENCER));
    }

    private static String createRole(String role, @Nullable String password) {
        return "create role " + role + " login password '" + password + "'";
    }

    private static String mayConnect(String database, String role) {
        return "grant connect on database " + database + " to " + role;
    }

    /** An error's text may quote what a person typed, so the sessions' errors go to the caller only. */
    private static String quietLog(String role) {
        return "alter role " + role + " set log_min_messages = 'log'";
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
                // as the server says, for the superuser's password too
                "--set=scram_iterations=1",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                durability.initdbOption());
        if (SAFE_FOR_SHELL.test(programs.directory().toString())) {
            programs.run("initdb", INITDB_LIMIT, "", arguments).requireSuccess();
        } else {
            initialiseFromElsewhere(arguments);
        }
        Files.delete(passwordFile);
    }

    /** It has a shell start its neighbours by their whole path, with nothing but double quotes around. */
    private static void initialiseFromElsewhere(List<String> arguments) throws IOException {
        Path elsewhere = Files.createTempDirectory("ledger-initdb", PrivateFiles.DIRECTORY_MODE);
        try {
            Binaries.unpackedBelow(elsewhere)
                    .run("initdb", INITDB_LIMIT, "", arguments)
                    .requireSuccess();
        } finally {
            PrivateFiles.deleteTree(elsewhere);
        }
    }

    private static void createRoles(Programs programs, Path data, Passwords passwords) throws IOException {
        List<String> statements = new ArrayList<>(List.of(
                createRole(OWNER, passwords.owner()),
                createRole(APP, passwords.app()),
                createRole(SEQUENCER, passwords.sequencer()),
                quietLog(OWNER),
                quietLog(APP),
                quietLog(SEQUENCER),
                createDatabase(DATABASE)));
        statements.addAll(restrictDatabase(DATABASE));
        runAlone(programs, data, statements);
    }

    /**
     * Makes the roles what they were made as: each may give itself another password, and settings that every session of it
     * begins with, such as a limit of time in which nothing can be done.
     */
    static List<String> resetRoles(Passwords passwords) {
        List<String> statements = new ArrayList<>();
        Map.of(OWNER, passwords.owner(), APP, passwords.app(), SEQUENCER, Objects.requireNonNull(passwords.sequencer()))
                .forEach((role, password) -> {
                    statements.add("alter role " + role + " in database " + DATABASE + " reset all");
                    statements.add("alter role " + role + " reset all");
                    statements.add(quietLog(role));
                    statements.add("alter role " + role + " password '" + password + "'");
                });
        return statements;
    }

    /**
     * In single-user mode, one statement a line on standard input: no password on a command line, no port, no server
     * to leave behind.
     */
    private static void runAlone(Programs programs, Path data, List<String> statements) throws IOException {
        List<String> arguments = List.of(
                "--single",
                "-D",
                data.toString(),
                "-c",
                "exit_on_error=on",
                "-c",
                "log_min_error_statement=panic",
                SUPERUSER);
        programs.run("postgres", ROLES_LIMIT, String.join("\n", statements) + "\n", arguments)
                .requireSuccess();
    }
}
