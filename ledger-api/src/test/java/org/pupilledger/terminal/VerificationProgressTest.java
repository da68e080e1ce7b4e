package org.pupilledger.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.verification.VerificationState;

/** A long verification shows how far it is, and is not lost when it is interrupted. */
@Timeout(60)
class VerificationProgressTest {
    private static final String STATE = """
            {"format":"pupil-ledger-verification/1","entries":0,"shift":0,"events":0,"agreed":0,"tree":[],"breaks":[]}""";

    @TempDir
    Path files;

    private VerificationState state() throws IOException {
        return VerificationState.load(Files.writeString(files.resolve("some"), STATE));
    }

    @Test
    void anInterruptionKeepsTheStateAndSaysNothingMore() throws Exception {
        Path file = files.resolve("kept");
        VerificationProgress progress = new VerificationProgress(null, file);
        assertThat(progress.kept()).isEmpty();
        VerificationState state = state();
        Thread verification = Thread.ofPlatform().daemon().start(() -> {
            for (long done = 0; ; done++) {
                progress.at(done, Long.MAX_VALUE, () -> state);
            }
        });

        progress.interrupt();

        assertThat(file).hasContent(STATE);
        assertThat(new VerificationProgress(null, file).kept()).isPresent();
        assertThat(verification.isAlive()).as("until the program ends").isTrue();

        progress.forget();
        assertThat(file).doesNotExist();
    }

    @Test
    void nothingIsWaitedForAtTheEnd() {
        VerificationProgress progress = new VerificationProgress(null, files.resolve("kept"));
        progress.end();
        progress.interrupt();
        assertThat(files.resolve("kept")).doesNotExist();
    }

    @Test
    void aDamagedStateIsNotGuessedAt() throws IOException {
        Path file = Files.writeString(files.resolve("kept"), "{}");
        assertThatThrownBy(() -> new VerificationProgress(null, file).kept())
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("holds no state");
    }

    @Test
    void progressIsShownOnceASecond() throws Exception {
        StringWriter err = new StringWriter();
        VerificationProgress progress = new VerificationProgress(new PrintWriter(err), null);
        VerificationState state = state();
        for (int done = 1; done <= 25; done++) {
            progress.at(done, 50, () -> state);
            Thread.sleep(100);
        }
        progress.end();
        assertThat(err.toString()).matches("(?s)(\r\\d+ % of 50 entries, \\d+ entries/s ){2}\n");
    }
}
