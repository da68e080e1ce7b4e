package org.pupilledger.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What is done with the log as a whole. */
@Command(
        name = "log",
        description = "Export the log, change the keys that sign it, or bring old files of it up to date.",
        mixinStandardHelpOptions = true,
        subcommands = {LogExportCommand.class, RotateKeyCommand.class, RetireKeyCommand.class, CatchUpCommand.class})
final class LogCommand implements Runnable {
    @ParentCommand
    private @Nullable LedgerCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    LedgerCommand ledger() {
        return Objects.requireNonNull(parent);
    }

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Name a subcommand of log.");
    }
}
