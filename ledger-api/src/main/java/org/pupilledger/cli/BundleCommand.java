package org.pupilledger.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pupilledger.bundle.Variant;
import org.pupilledger.failure.NotYet;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.past.NamedEdition;
import org.pupilledger.publishing.BundleWriter;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.WrongUse;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the audit bundle of an edition, the same bytes as the server hands out. */
@Command(
        name = "bundle",
        description = {
            "Write the audit bundle of a released edition: one file that proves itself, for the command verify or any other"
                    + " verifier.",
            "By default it holds all entries, for auditors. With --public it holds those that everybody may read, and the"
                    + " hashes of the others; only where ledger.public-entries is released."
        },
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {
            "0:written",
            "1:it cannot be public yet, and nothing is written",
            "2:wrong use, or the ledger cannot be read"
        })
final class BundleCommand extends Subcommand {
    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    private static final class Which {
        @Option(
                names = "--edition",
                required = true,
                paramLabel = "QUARTER[.REVISION]",
                description = "as in 2023-Q3, for its newest release, or 2023-Q3.2")
        private String edition = "";

        @Option(names = "--full", required = true, description = "the whole ledger, as the command backup writes it")
        private boolean isFull;
    }

    @Option(names = "--public", description = "only what everybody may read")
    private boolean isPublic;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the file, which must not exist yet")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (which.isFull) {
            if (isPublic) {
                throw new WrongUse("--public: a full bundle is never public.");
            }
            return BackupCommand.write(this, out, false);
        }
        NamedEdition named = NamedEdition.parse(which.edition)
                .orElseThrow(() -> new WrongUse(
                        "--edition: an edition is written 2023-Q3, a revision of it 2023-Q3.2; none is before 1970."));
        if (Files.exists(out)) {
            throw existsAlready();
        }
        try (ConfigurableApplicationContext context = ledger().openLedgerToPrint()) {
            LedgerNode node = context.getBean(LedgerNode.class);
            if (isPublic && !isOpen(context)) {
                throw new WrongUse("--public: ledger.public-entries is not released, so no entry is public.");
            }
            node.waiting().awaitAllProjected(AT_MOST);
            NamedEdition.Found found = named.find(node.publications().editions())
                    .orElseThrow(() -> new WrongUse("--edition: no such edition or revision is released."));
            int number = found.revision().number();
            BundleWriter bundles = node.publications().bundles();
            BundleWriter.Prepared prepared =
                    bundles.prepare(found.edition(), number, isPublic ? Variant.PUBLIC : Variant.AUDIT);
            write(bundles, prepared);
            out().println("bundle: " + prepared.head().variant() + ", edition " + named.quarter() + " revision "
                    + number
                    + ", " + prepared.head().entries() + " entries, "
                    + prepared.head().origin());
            return 0;
        } catch (NotYet e) {
            if (e.what() != NotYet.What.PUBLIC) {
                throw e;
            }
            err().println(e.getMessage());
            return ExitCode.FINDING;
        }
    }

    private static boolean isOpen(ConfigurableApplicationContext context) {
        return "released".equalsIgnoreCase(context.getEnvironment().getProperty("ledger.public-entries"));
    }

    /** Whole, or not at all. */
    private void write(BundleWriter bundles, BundleWriter.Prepared prepared) throws IOException {
        Path directory = out.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new WrongUse("--out: the file's directory does not exist.");
        }
        try {
            if (prepared.head().variant() == Variant.AUDIT) {
                // what is not released is for nobody else on this machine
                PrivateFiles.create(out.toAbsolutePath(), to -> bundles.write(prepared, to));
            } else {
                PrivateFiles.createShared(out.toAbsolutePath(), half -> bundles.write(prepared, half));
            }
        } catch (FileAlreadyExistsException e) {
            throw existsAlready();
        }
    }

    private static WrongUse existsAlready() {
        return new WrongUse("--out: the file exists already, and is left as it is.");
    }
}
