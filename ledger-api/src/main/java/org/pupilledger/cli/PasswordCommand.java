package org.pupilledger.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.pupilledger.terminal.WrongUse;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import picocli.CommandLine.Command;

/** Makes the encoded password of a user. */
@Command(
        name = "password",
        description = {
            "Print a password as ledger.security.users.<name>.password takes it.",
            "The password is asked for, twice and without showing it; where there is no terminal, it is the first line of"
                    + " standard input. It is never an argument, which others on this machine could see."
        },
        exitCodeList = {"0:printed", "2:there is no password, or it cannot be used"})
final class PasswordCommand extends Subcommand {
    private static final int STRENGTH = 12;

    /** Bcrypt looks at no more. */
    private static final int MAX_BYTES = 72;

    @Override
    public Integer call() {
        String password = read();
        if (password.isEmpty()) {
            throw new WrongUse("The password is empty.");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new WrongUse("The password is longer than " + MAX_BYTES + " bytes.");
        }
        out().println("{bcrypt}" + new BCryptPasswordEncoder(STRENGTH).encode(password));
        return 0;
    }

    @SuppressWarnings("SystemConsoleNull") // it does again, from 25 on, where there is no terminal
    private static String read() {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] first = console.readPassword("Password: ");
            char[] again = console.readPassword("Again: ");
            if (first == null || !Arrays.equals(first, again)) {
                throw new WrongUse("The two are not the same.");
            }
            return String.valueOf(first);
        }
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new WrongUse("Standard input cannot be read.");
        }
    }
}
