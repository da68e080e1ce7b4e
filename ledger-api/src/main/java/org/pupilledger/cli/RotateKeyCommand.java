package org.pupilledger.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupilledger.keys.LogKey;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.ledger.KeyRefused;
import org.pupilledger.node.LedgerInspection;
import org.pupilledger.node.LedgerNode;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Introduces the next key, the first step of a change. */
@Command(
        name = "rotate-key",
        description = {
            "Introduce the next key: from then on each checkpoint has two signature lines.",
            "The key is made beside the key file, with .next behind its name, unless there is one. The server must not run."
                    + " Running this again changes nothing."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = LedgerCommand.WRONG_USE,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:both keys sign, and are printed, the older one first", "2:wrong use, or nothing was changed"
        })
final class RotateKeyCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable LogCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        LedgerCommand ledger = Objects.requireNonNull(parent).ledger();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        makeNext(ledger, spec.commandLine().getErr());
        try (ConfigurableApplicationContext context = ledger.openLedger()) {
            context.getBean(LedgerNode.class).keyRotation().introduceNext().forEach(out::println);
            return 0;
        } catch (KeyRefused e) {
            throw new WrongUse(KeyRefusals.sentence(e));
        }
    }

    /** Before the ledger is opened, which loads the keys that are there. */
    private static void makeNext(LedgerCommand ledger, PrintWriter err) {
        try (ConfigurableApplicationContext context = ledger.inspectLedger()) {
            LedgerInspection inspection = context.getBean(LedgerInspection.class);
            KeyRefusals.refuseWhileServed(inspection);
            Path keyFile = inspection.files().keyFile();
            Path next = LogKeys.next(keyFile);
            if (!Files.exists(keyFile)) {
                throw new WrongUse("There is no key yet in " + keyFile + ". Start the server once, which makes one.");
            }
            if (!Files.exists(next)) {
                LogKey.create(next);
                err.println("The next key is in " + next + ". Keep a copy of it where that of the first one is.");
            }
        }
    }
}
