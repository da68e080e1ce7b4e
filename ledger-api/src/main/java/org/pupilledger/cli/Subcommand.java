package org.pupilledger.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.node.LedgerInspection;
import org.pupilledger.node.LedgerNode;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the subcommands share: help, where they print, and the ledger that they work on. */
@Command(mixinStandardHelpOptions = true, exitCodeListHeading = "Exit codes:%n")
abstract class Subcommand implements Callable<Integer> {
    /** How long a command waits for what was recorded to be in the figures. */
    static final Duration AT_MOST = Duration.ofMinutes(5);

    @Spec
    private @Nullable CommandSpec spec;

    /** What is done with an open ledger; gives the exit code. */
    interface Work<L> {
        int on(L ledger) throws Exception;
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    /** For results. */
    final PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /** For messages. */
    final PrintWriter err() {
        return spec().commandLine().getErr();
    }

    final LedgerCommand ledger() {
        return (LedgerCommand) spec().root().userObject();
    }

    /** Works on a ledger that there must be. */
    final int opened(Work<LedgerNode> work) throws Exception {
        try (ConfigurableApplicationContext context = ledger().openLedger()) {
            return work.on(context.getBean(LedgerNode.class));
        }
    }

    /** Prints from a ledger once all that was recorded is in its projections, or says that it is not. */
    final int printed(String where, Work<LedgerNode> work) throws Exception {
        try (ConfigurableApplicationContext context = ledger().openLedgerToPrint()) {
            LedgerNode node = context.getBean(LedgerNode.class);
            awaitAll(node, where);
            int exitCode = work.on(node);
            out().flush();
            return exitCode;
        }
    }

    final void awaitAll(LedgerNode node, String where) {
        if (!node.waiting().awaitAllProjected(AT_MOST)) {
            err().println("Not everything recorded is in the " + where + " yet.");
        }
    }

    /** Looks at a ledger, also at one that a server would refuse. */
    final <T extends @Nullable Object> T inspected(Function<LedgerInspection, T> look) {
        try (ConfigurableApplicationContext context = ledger().inspectLedger()) {
            return look.apply(context.getBean(LedgerInspection.class));
        }
    }
}
