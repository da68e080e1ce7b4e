package org.pupilledger.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.WrongUse;
import picocli.CommandLine.Command;

/** Retires the key in the key file, the second step of a change. */
@Command(
        name = "retire-key",
        description = {
            "Retire the key in the key file for ever; the next one, which log rotate-key introduced, takes its place.",
            "The retired one is kept with .retired behind its name. The server must not run. What was interrupted goes on"
                    + " when this is run again."
        },
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {"0:only the next key signs, and is printed", "2:wrong use, or nothing was changed"})
final class RetireKeyCommand extends Subcommand {
    @Override
    public Integer call() throws Exception {
        Path keyFile = inspected(ledger -> {
            Path current = LogCommand.keyFileToChange(ledger);
            if (!Files.exists(LogKeys.next(current))) {
                throw new WrongUse("There is no next key in " + LogKeys.next(current)
                        + ", so nothing is retired. Run log rotate-key first.");
            }
            return current;
        });
        return opened(node -> {
            node.keyRotation().retireFirst().forEach(out()::println);
            err().println("The key is retired, and kept beside " + keyFile + " with .retired behind its name.");
            return 0;
        });
    }
}
