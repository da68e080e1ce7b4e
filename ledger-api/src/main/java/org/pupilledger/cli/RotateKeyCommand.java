package org.pupilledger.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pupilledger.keys.LogKey;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.node.LedgerInspection;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.WrongUse;
import picocli.CommandLine.Command;

/** Introduces the next key, the first step of a change. */
@Command(
        name = "rotate-key",
        description = {
            "Introduce the next key: from then on each checkpoint has two signature lines.",
            "The key is made beside the key file, with .next behind its name, unless there is one. The server must not run."
                    + " Running this again changes nothing."
        },
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {"0:both keys sign, and are printed, the older one first", "2:wrong use, or nothing was changed"
        })
final class RotateKeyCommand extends Subcommand {
    @Override
    public Integer call() throws Exception {
        // before the ledger is opened, which loads the keys that are there
        inspected(RotateKeyCommand::makeNext)
                .ifPresent(next -> err().println(
                                "The next key is in " + next + ". Keep a copy of it where that of the first one is."));
        return opened(node -> {
            node.keyRotation().introduceNext().forEach(out()::println);
            return 0;
        });
    }

    /** Where there is none yet. */
    private static Optional<Path> makeNext(LedgerInspection ledger) {
        Path keyFile = LogCommand.keyFileToChange(ledger);
        Path next = LogKeys.next(keyFile);
        if (!Files.exists(keyFile)) {
            throw new WrongUse("There is no key yet in " + keyFile + ". Start the server once, which makes one.");
        }
        if (Files.exists(next)) {
            return Optional.empty();
        }
        LogKey.create(next);
        return Optional.of(next);
    }
}
