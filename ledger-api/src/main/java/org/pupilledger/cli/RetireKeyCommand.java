package org.pupilledger.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.ledger.KeyRefused;
import org.pupilledger.node.LedgerInspection;
import org.pupilledger.node.LedgerNode;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Retires the key in the key file, the second step of a change. */
@Command(
        name = "retire-key",
        description = {
            "Retire the key in the key file for ever; the next one, which log rotate-key introduced, takes its place.",
            "The retired one is kept with .retired behind its name. The server must not run. What was interrupted goes on"
                    + " when this is run again."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = LedgerCommand.WRONG_USE,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:only the next key signs, and is printed", "2:wrong use, or nothing was changed"})
final class RetireKeyCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable LogCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        LedgerCommand ledger = Objects.requireNonNull(parent).ledger();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path keyFile = checkedKeyFile(ledger);
        try (ConfigurableApplicationContext context = ledger.openLedger()) {
            context.getBean(LedgerNode.class).keyRotation().retireFirst().forEach(out::println);
            spec.commandLine()
                    .getErr()
                    .println("The key is retired, and kept beside " + keyFile + " with .retired behind its name.");
            return 0;
        } catch (KeyRefused e) {
            throw new WrongUse(KeyRefusals.sentence(e));
        }
    }

    private static Path checkedKeyFile(LedgerCommand ledger) {
        try (ConfigurableApplicationContext context = ledger.inspectLedger()) {
            LedgerInspection inspection = context.getBean(LedgerInspection.class);
            KeyRefusals.refuseWhileServed(inspection);
            Path keyFile = inspection.files().keyFile();
            if (!Files.exists(LogKeys.next(keyFile))) {
                throw new WrongUse("There is no next key in " + LogKeys.next(keyFile)
                        + ", so nothing is retired. Run log rotate-key first.");
            }
            return keyFile;
        }
    }
}
