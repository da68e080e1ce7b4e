package org.pupilledger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.pupilledger.terminal.WrongUse;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import picocli.CommandLine;

class PasswordCommandTest {
    private static final String PREFIX = "{bcrypt}";

    private final StringWriter out = new StringWriter();

    private int run(String input) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
        try {
            return new CommandLine(new PasswordCommand())
                    .setOut(new PrintWriter(out))
                    .setExecutionExceptionHandler((failure, command, parsed) -> failure instanceof WrongUse ? 2 : 1)
                    .execute();
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void printsWhatTheSettingTakes() {
        assertThat(run("Sw0rdfish \u00fc\n")).isZero();

        String printed = out.toString().strip();
        assertThat(printed).matches("\\{bcrypt\\}\\$2a\\$12\\$[./A-Za-z0-9]{53}");
        assertThat(new BCryptPasswordEncoder().matches("Sw0rdfish \u00fc", printed.substring(PREFIX.length())))
                .isTrue();
    }

    @Test
    void refusesWhatIsNoPassword() {
        assertThat(run("")).isEqualTo(2);
        assertThat(run("\n")).isEqualTo(2);
        assertThat(run("x".repeat(73))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }
}
