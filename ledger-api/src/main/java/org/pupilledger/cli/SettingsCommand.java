package org.pupilledger.cli;

import org.pupilledger.terminal.ExitCode;
import picocli.CommandLine.Command;

/** Looks whether the server would start with the settings, and says which they are. */
@Command(
        name = "settings",
        description = {
            "Check the settings as the server does when it starts, and print those that it would start with.",
            "Nothing is made or opened. Passwords are not shown."
        },
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {"0:they can be used", "2:they cannot, and why"})
final class SettingsCommand extends Subcommand {
    @Override
    public Integer call() {
        ledger().checkedSettings().forEach(out()::println);
        return 0;
    }
}
