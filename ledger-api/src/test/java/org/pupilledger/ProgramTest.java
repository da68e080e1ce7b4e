package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.Program.Result;

/** Commands that tests run in their own process say and do there what they do in a process of their own. */
@ExtendWith(SharedServer.class)
class ProgramTest {
    private final String beside;

    @TempDir
    Path files;

    ProgramTest(TestServer server) {
        this.beside = "--ledger.data-directory=" + server.directory();
    }

    @Test
    void sayTheSameInAProcessOfTheirOwn() throws IOException {
        String refused = Files.writeString(files.resolve("lines.csv"), Sample.HEADER + "\nzzyzx\n")
                .toString();
        List<Integer> exitCodes = new ArrayList<>();
        for (List<String> arguments : List.of(
                List.of("--help"),
                List.of("figures", "--by", "quarter", "--csv", beside),
                List.of("import", "--quiet", refused, beside),
                List.of("verify", "--key", "zzyzx", beside))) {
            Result here = Program.run(arguments);

            assertThat(here).as("%s", arguments).isEqualTo(Program.runAlone(List.of(), arguments));
            exitCodes.add(here.exitCode());
        }
        assertThat(exitCodes).containsExactly(0, 0, 1, 2);
    }
}
