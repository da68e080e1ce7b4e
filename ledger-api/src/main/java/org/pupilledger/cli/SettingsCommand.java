package org.pupilledger.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Looks whether the server would start with the settings, and says which they are. */
@Command(
        name = "settings",
        description = {
            "Check the settings as the server does when it starts, and print those that it would start with.",
            "Nothing is made or opened. Passwords are not shown."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = LedgerCommand.WRONG_USE,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:they can be used", "2:they cannot, and why"})
final class SettingsCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable LedgerCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Objects.requireNonNull(parent).checkedSettings().forEach(out::println);
        return 0;
    }
}
