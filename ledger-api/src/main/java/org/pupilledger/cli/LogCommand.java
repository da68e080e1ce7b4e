package org.pupilledger.cli;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.node.LedgerInspection;
import org.pupilledger.terminal.WrongUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done with the log as a whole. */
@Command(
        name = "log",
        description = "Export the log, change the keys that sign it, or bring old files of it up to date.",
        mixinStandardHelpOptions = true,
        subcommands = {LogExportCommand.class, RotateKeyCommand.class, RetireKeyCommand.class, CatchUpCommand.class})
final class LogCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    /** The key file, looked at before anything is written; opening the ledger looks again. */
    static Path keyFileToChange(LedgerInspection ledger) {
        if (ledger.isServed()) {
            throw new WrongUse("The ledger is being served. Keys are changed while nothing else works on it: stop the"
                    + " server, run this again, and start the server.");
        }
        return ledger.files().keyFile();
    }

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Name a subcommand of log.");
    }
}
